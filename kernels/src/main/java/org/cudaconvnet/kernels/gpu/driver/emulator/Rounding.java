package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Locale;

/** The directed rounding modes; to nearest, ties to even, is what Java does. */
enum Rounding {
    /** Towards zero. */
    RZ,
    /** Towards minus infinity. */
    RM,
    /** Towards plus infinity. */
    RP;

    /** As in opcodes. */
    String ptxName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The rounded number.
     *
     * @param nearest the number rounded to nearest
     * @param residue sign of what rounding to nearest has taken away
     */
    float of(float nearest, int residue) {
        return isDown(nearest, residue) ? Math.nextDown(nearest) : isUp(nearest, residue) ? Math.nextUp(nearest) : nearest;
    }

    /** As {@link #of(float, int)}. */
    double of(double nearest, int residue) {
        return isDown(nearest, residue) ? Math.nextDown(nearest) : isUp(nearest, residue) ? Math.nextUp(nearest) : nearest;
    }

    private boolean isDown(double nearest, int residue) {
        return residue < 0 && (this == RM || this == RZ && nearest > 0);
    }

    private boolean isUp(double nearest, int residue) {
        return residue > 0 && (this == RP || this == RZ && nearest < 0);
    }
}
