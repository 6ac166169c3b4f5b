package org.cudaconvnet.kernels.cpu;

/**
 * The compositions of 2012 (spec: kernels-layer-and-matrix.md, "fast functions as compiled"), with exp2 and log2 computed in binary64 and
 * rounded once, for {@link org.cudaconvnet.kernels.Arithmetic#ROUNDED_2012}. StrictMath, so that every JVM agrees.
 */
final class RoundedElementFunctions implements ElementFunctions {
    private static final float LOG2_E = 0x1.715476p0f;
    private static final float LN_2 = 0x1.62e430p-1f;
    private static final double LN_2_BINARY64 = StrictMath.log(2);

    @Override
    public float exp(float x) {
        return exp2(x * LOG2_E);
    }

    @Override
    public float log(float x) {
        return log2(x) * LN_2;
    }

    @Override
    public float pow(float x, float y) {
        return exp2(y * log2(x));
    }

    private static float exp2(float x) {
        return (float) StrictMath.pow(2, x);
    }

    private static float log2(float x) {
        return (float) (StrictMath.log(x) / LN_2_BINARY64);
    }
}
