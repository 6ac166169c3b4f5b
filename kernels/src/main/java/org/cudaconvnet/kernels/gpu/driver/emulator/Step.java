package org.cudaconvnet.kernels.gpu.driver.emulator;

/** One step of a decoded kernel; most instructions are one step. */
abstract class Step {
    /** No guard: every active thread takes part. */
    static final int UNGUARDED = -1;

    /**
     * Where a step comes from and who takes part in it.
     *
     * @param line  of the PTX
     * @param guard register of the predicate, or {@link #UNGUARDED}
     */
    record Site(int line, int guard, boolean negated) {
        Site unguarded() {
            return new Site(line, UNGUARDED, false);
        }
    }

    final Site site;
    final int guard;
    /** How many instructions of the PTX it stands for, in the count of lane instructions. */
    final int instructions;

    Step(Site site) {
        this(site, 1);
    }

    Step(Site site, int instructions) {
        this.site = site;
        this.guard = site.guard;
        this.instructions = instructions;
    }

    /** Does it for the threads whose mask is not 0, or for all if {@code mask} is null. */
    abstract void execute(Block block, int[] mask);
}
