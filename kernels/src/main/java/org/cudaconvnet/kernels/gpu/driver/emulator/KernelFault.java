package org.cudaconvnet.kernels.gpu.driver.emulator;

/** A kernel did what no kernel may do; the message names kernel, line of the PTX, block and thread. */
public final class KernelFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What kind of fault it is. */
    public enum Kind {
        OUT_OF_BOUNDS, MISALIGNED, UNINITIALISED_READ, SHARED_RACE, BARRIER_DIVERGENCE, DEADLOCK, INACTIVE_LANE, TRAP, ENDLESS
    }

    private final Kind kind;
    private final int line;

    KernelFault(Kind kind, int line, String message) {
        super(message);
        this.kind = kind;
        this.line = line;
    }

    public Kind kind() {
        return kind;
    }

    /** Line of the PTX, from 1. */
    public int line() {
        return line;
    }
}
