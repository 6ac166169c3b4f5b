package org.cudaconvnet.kernels.gpu.driver.emulator;

/** A step that changes where threads go on; {@link BlockRun} does it. */
abstract class ControlStep extends Step {
    /** Barriers of a block, numbered from 0. */
    static final int BARRIERS = 16;

    /** In the place of a register with a number of threads. */
    static final int ALL_THREADS = -1;

    ControlStep(Site site) {
        super(site);
    }

    ControlStep(Site site, int instructions) {
        super(site, instructions);
    }

    @Override
    final void execute(Block block, int[] mask) {
        throw new IllegalStateException("control steps belong to the scheduler");
    }

    /** {@code bra}. */
    static class Branch extends ControlStep {
        final String label;
        int target;

        Branch(Site site, String label) {
            this(site, label, 1);
        }

        private Branch(Site site, String label, int instructions) {
            super(site, instructions);
            this.label = label;
        }
    }

    /** The way to the block that follows in the PTX but not in the order of {@link BlockOrder}; no instruction. */
    static final class FallThrough extends Branch {
        FallThrough(Site site, String label) {
            super(site, label, 0);
        }
    }

    /** {@code brx.idx}. */
    static final class IndexedBranch extends ControlStep {
        final int selector;
        final String[] labels;
        final int[] targets;

        IndexedBranch(Site site, int selector, String[] labels) {
            super(site);
            this.selector = selector;
            this.labels = labels;
            this.targets = new int[labels.length];
        }
    }

    /** {@code ret} or {@code exit} of a kernel. */
    static final class Exit extends ControlStep {
        Exit(Site site) {
            super(site);
        }
    }

    /** {@code trap}. */
    static final class Trap extends ControlStep {
        Trap(Site site) {
            super(site);
        }
    }

    /** A step at which a barrier counts threads. */
    abstract static class Meeting extends ControlStep {
        /** Register with the barrier's number. */
        final int number;
        /** Register with the number of threads for which it opens, or {@link #ALL_THREADS}. */
        final int threads;

        Meeting(Site site, int number, int threads) {
            super(site);
            this.number = number;
            this.threads = threads;
        }
    }

    /** {@code bar.sync} and {@code bar.red}. */
    static final class Barrier extends Meeting {
        /** Null for {@code bar.sync}. */
        final Reduction reduction;
        /** True if nothing is left to do when all threads of the block come at once. */
        final boolean plain;

        /** @param constant true if the number is the same for all threads */
        Barrier(Site site, int number, boolean constant, int threads, Reduction reduction) {
            super(site, number, threads);
            this.reduction = reduction;
            this.plain = constant && threads == ALL_THREADS && reduction == null;
        }
    }

    /**
     * What the threads at a barrier find out about a predicate of all of them.
     *
     * @param mode      popc: for how many it is true; and, or: whether for all, for one
     * @param predicate register
     * @param result    register
     */
    record Reduction(String mode, int predicate, int result) {
    }

    /** {@code bar.arrive}: counts as waiting but goes on. */
    static final class Arrival extends Meeting {
        Arrival(Site site, int number, int threads) {
            super(site, number, threads);
        }
    }
}
