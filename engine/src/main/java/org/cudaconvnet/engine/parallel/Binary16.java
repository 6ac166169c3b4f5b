package org.cudaconvnet.engine.parallel;

/** The 16-bit floating-point format in which layers with the quantiser {@code half} are transferred. */
final class Binary16 {
    /** Half an ulp above the largest finite value; from there on a value becomes infinite. */
    private static final int OVERFLOW = 0x477ff000;
    private static final int SMALLEST_NORMAL = 0x38800000;
    private static final int INFINITY = 0x7f800000;

    private Binary16() {
    }

    /** The nearest value of the format, of two the even one. */
    static float round(float value) {
        int magnitude = Float.floatToRawIntBits(value) & 0x7fffffff;
        if (magnitude >= INFINITY) {
            return value;
        }
        if (magnitude >= OVERFLOW) {
            return Math.copySign(Float.POSITIVE_INFINITY, value);
        }
        if (magnitude < SMALLEST_NORMAL) {
            // Subnormal values of the format are multiples of 2^-24, which is the ulp of 0.5.
            return Math.copySign((Math.abs(value) + 0.5f) - 0.5f, value);
        }
        // 13 of the 23 bits of the fraction go.
        int rounded = (magnitude + 0xfff + (magnitude >>> 13 & 1)) & ~0x1fff;
        return Math.copySign(Float.intBitsToFloat(rounded), value);
    }
}
