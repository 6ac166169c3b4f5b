package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Set;

/** Reads a clock: lane instructions of the host thread that runs the block, for want of cycles or nanoseconds. */
final class ClockStep extends Step {
    private static final Set<String> NAMES = Set.of("%clock", "%clock_hi", "%clock64", "%globaltimer", "%globaltimer_lo", "%globaltimer_hi");

    private final Register result;
    private final boolean upper;

    ClockStep(Site site, Register result, String name) {
        super(site.unguarded(), 0);
        this.result = result;
        this.upper = name.endsWith("_hi");
    }

    static boolean exists(String name) {
        return NAMES.contains(name);
    }

    static Bank<?> bank(String name) {
        return name.equals("%clock64") || name.equals("%globaltimer") ? Bank.LONG : Bank.INT;
    }

    @Override
    void execute(Block block, int[] mask) {
        Bank.fill(block.registers[result.index()], upper ? block.laneInstructions >>> 32 : block.laneInstructions);
    }
}
