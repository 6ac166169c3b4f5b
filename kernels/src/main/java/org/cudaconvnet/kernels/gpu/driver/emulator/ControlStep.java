package org.cudaconvnet.kernels.gpu.driver.emulator;

/** A step that changes where threads go on; {@link BlockRun} does it. */
abstract class ControlStep extends Step {
    /** Barriers of a block, numbered from 0. */
    static final int BARRIERS = 16;

    ControlStep(Site site) {
        super(site);
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
            super(site);
            this.label = label;
        }
    }

    /** The way to the block that follows in the PTX but not in the order of {@link BlockOrder}; no instruction. */
    static final class FallThrough extends Branch {
        FallThrough(Site site, String label) {
            super(site, label);
        }

        @Override
        int instructions() {
            return 0;
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

    /** {@code bar.sync} and {@code bar.red}; {@code threads} is 0 for all threads of the block. */
    static final class Barrier extends ControlStep {
        final int number;
        final int threads;
        /** Null for {@code bar.sync}. */
        final Reduction reduction;

        Barrier(Site site, int number, int threads, Reduction reduction) {
            super(site);
            this.number = number;
            this.threads = threads;
            this.reduction = reduction;
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
    static final class Arrival extends ControlStep {
        final int number;
        final int threads;

        Arrival(Site site, int number, int threads) {
            super(site);
            this.number = number;
            this.threads = threads;
        }
    }
}
