package org.cudaconvnet.kernels.gpu.driver.emulator;

/** Numbers of 16 bits (IEEE 754 binary16): one sign, 5 of the exponent, 10 of the fraction. */
final class Halves {
    /** What the hardware returns for every NaN (PTX ISA, "Half Precision Floating Point Instructions"). */
    static final int NAN = 0x7fff;
    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7c00;
    private static final int FRACTION_BITS = 10;
    private static final int LEAST_EXPONENT = -14;

    private Halves() {
    }

    /** The value of the lower 16 bits; exact. */
    static float value(int half) {
        int exponent = (half & INFINITY) >> FRACTION_BITS;
        int fraction = half & (1 << FRACTION_BITS) - 1;
        float magnitude = exponent == 0 ? Math.scalb((float) fraction, LEAST_EXPONENT - FRACTION_BITS)
                : exponent < 31 ? Math.scalb((float) (fraction + (1 << FRACTION_BITS)), exponent - 1 + LEAST_EXPONENT - FRACTION_BITS)
                : fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        return (half & SIGN) == 0 ? magnitude : -magnitude;
    }

    /** The bits of a number, rounded to nearest, ties to even. */
    static int nearest(double value) {
        return rounded(value, null);
    }

    /** The bits of a number, rounded in that direction; to nearest if {@code mode} is null. */
    static int rounded(double value, Rounding mode) {
        if (Double.isNaN(value)) {
            return NAN;
        }
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        int sign = negative ? SIGN : 0;
        double magnitude = Math.abs(value);
        if (Double.isInfinite(magnitude)) {
            return sign | INFINITY;
        }
        int exponent = Math.max(Math.getExponent(magnitude), LEAST_EXPONENT);
        double units = Math.scalb(magnitude, FRACTION_BITS - exponent);
        boolean up = mode == (negative ? Rounding.RM : Rounding.RP);
        double whole = mode == null ? Math.rint(units) : up ? Math.ceil(units) : Math.floor(units);
        long bits = ((long) (exponent - LEAST_EXPONENT) << FRACTION_BITS) + (long) whole;
        long largest = mode == null || up ? INFINITY : INFINITY - 1;
        return sign | (int) Math.min(bits, largest);
    }
}
