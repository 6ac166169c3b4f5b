package org.cudaconvnet.kernels;

/**
 * exp, log, pow, tanh, sin and cos whose bits are the same on every executor.
 *
 * <p>They stand where the 2012 kernels used the hardware's approximate exp2, log2 and their compositions (spec:
 * kernels-reproduction-notes.md section 3; design: section 2). Every step is a binary32 fma, multiplication, addition, correctly
 * rounded division, comparison with select, or integer operation on the bit pattern, in the order written here; there is no
 * branch, so that vector lanes and GPU threads take the same steps. This text is the definition.
 *
 * <p>Coefficients: minimax fits of the stated expressions (iteratively reweighted least squares on Chebyshev points in extended
 * precision), rounded to binary32 from the lowest order upwards, each followed by a new fit of the higher ones.
 *
 * <p>Largest errors against the real value, in units in the last place of the result (subnormal results included), over all
 * 2^32 arguments: exp 1.013, log 0.807, tanh 1.332, sin 1.560, cos 1.562 (measured by {@link org.cudaconvnet.kernels.bench.MathAccuracy});
 * pow over 2 * 10^7 sampled pairs: 0.91.
 * NaN results are always the pattern 0x7fc00000.
 */
public final class PortableMath {
    /** Adding 1.5 * 2^23 rounds to an integer, which then stands in the low bits of the sum. */
    static final float ROUND = 0x1.8p23f;
    static final int ROUND_BITS = 0x4b400000;
    static final float LOG2_E = 0x1.715476p0f;
    static final float LN2_HIGH = 0x1.62e430p-1f;
    static final float LN2_LOW = -0x1.05c610p-29f;
    /** exp overflows above the first and is zero below the second. */
    static final float EXP_LARGEST = 89;
    static final float EXP_SMALLEST = -104;
    /** (exp(r) - 1 - r) / r^2 for |r| up to ln(2) / 2, ascending powers; relative error of exp 2^-28.2. */
    static final float[] EXP = {0x1.fffffcp-2f, 0x1.555492p-3f, 0x1.5558b8p-5f, 0x1.1239aap-7f, 0x1.6a4508p-10f};

    static final float SMALLEST_NORMAL = 0x1p-126f;
    static final float SUBNORMAL_SCALE = 0x1p23f;
    static final int SQRT_HALF_BITS = 0x3f3504f3;
    /** (log(1 + f) - f + f^2 / 2) / f^3 for 1 + f from sqrt(1/2) to sqrt(2), ascending powers; relative error of log 2^-30.2. */
    static final float[] LOG = {0x1.555548p-2f, -0x1.000006p-2f, 0x1.99a47ap-3f, -0x1.555c4cp-3f, 0x1.233b26p-3f,
        -0x1.fc2668p-4f, 0x1.e6c68cp-4f, -0x1.de16d4p-4f, 0x1.147e06p-4f};

    static final float THIRD_HIGH = 0x1.555556p-2f;
    static final float THIRD_LOW = -0x1.555556p-27f;
    /** 2 / ln(2). */
    static final float TWO_LOG2_E_HIGH = 0x1.715476p1f;
    static final float TWO_LOG2_E_LOW = 0x1.4ae0c0p-25f;
    /** (atanh(s) / s - 1 - s^2 / 3) / s^4 for |s| up to 0.1716, ascending powers of s^2; relative error of atanh 2^-36.7. */
    static final float[] ATANH = {0x1.999a00p-3f, 0x1.24527ap-3f, 0x1.dfa302p-4f};
    /** (2^r - 1) / r for |r| up to 1/2, ascending powers; relative error of 2^r 2^-28.3. */
    static final float[] EXP2 = {0x1.62e430p-1f, 0x1.ebfbdcp-3f, 0x1.c6af7ap-5f, 0x1.3b2ddap-7f, 0x1.5f0978p-10f, 0x1.4172bap-13f};
    /** A power of 2 with this exponent is infinite, with its negative zero. */
    static final float EXP2_BOUND = 200;

    static final float TANH_BOUND = 0.625f;
    /** (tanh(x) - x) / x^3 for |x| up to 0.625, ascending powers of x^2; relative error of tanh 2^-32.3. */
    static final float[] TANH = {-0x1.555554p-2f, 0x1.11107ap-3f, -0x1.b9f188p-5f, 0x1.63a550p-6f, -0x1.0c5ed0p-7f, 0x1.1a2816p-9f};

    static final float TWO_OVER_PI = 0x1.45f306p-1f;
    /** pi / 2 in three parts. */
    static final float HALF_PI_HIGH = 0x1.921fb6p0f;
    static final float HALF_PI_MIDDLE = -0x1.777a5cp-25f;
    static final float HALF_PI_LOW = -0x1.ee59dap-50f;
    /** (sin(r) - r) / r^3 for |r| up to pi / 4, ascending powers of r^2; relative error of sin 2^-27.9. */
    static final float[] SIN = {-0x1.555546p-3f, 0x1.110778p-7f, -0x1.9954p-13f};
    /** (cos(r) - 1 + r^2 / 2) / r^4 for |r| up to pi / 4, ascending powers of r^2; relative error of cos 2^-33. */
    static final float[] COS = {0x1.55554ap-5f, -0x1.6c0c2ap-10f, 0x1.99e90cp-16f};
    /** Of sin and cos: beyond it the three parts of pi / 2 do not suffice. */
    public static final float LARGEST_ANGLE = 0x1p15f;

    private PortableMath() {
    }

    /** e^x: r = x - n * ln(2), a polynomial in r, times 2^n. */
    public static float exp(float x) {
        float bounded = x > EXP_LARGEST ? EXP_LARGEST : x;
        bounded = bounded < EXP_SMALLEST ? EXP_SMALLEST : bounded;
        float shifted = Math.fma(bounded, LOG2_E, ROUND);
        float n = shifted - ROUND;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, bounded));
        float q = Math.fma(EXP[4], r, EXP[3]);
        q = Math.fma(q, r, EXP[2]);
        q = Math.fma(q, r, EXP[1]);
        q = Math.fma(q, r, EXP[0]);
        float p = Math.fma(r * r, q, r) + 1;
        return x != x ? Float.NaN : timesPowerOf2(p, shifted);
    }

    /** Natural logarithm: x = 2^e * (1 + f), then e * ln(2) + f - f^2 / 2 + f^3 * polynomial. Negative x gives NaN, zero -infinity. */
    public static float log(float x) {
        float scaled = x < SMALLEST_NORMAL ? x * SUBNORMAL_SCALE : x;
        int bits = Float.floatToRawIntBits(scaled);
        int octave = bits - SQRT_HALF_BITS >> 23;
        float e = Float.intBitsToFloat(octave + ROUND_BITS) - (x < SMALLEST_NORMAL ? ROUND + 23 : ROUND);
        float f = Float.intBitsToFloat(bits - (octave << 23)) - 1;
        float z = f * f;
        float q = Math.fma(LOG[8], f, LOG[7]);
        q = Math.fma(q, f, LOG[6]);
        q = Math.fma(q, f, LOG[5]);
        q = Math.fma(q, f, LOG[4]);
        q = Math.fma(q, f, LOG[3]);
        q = Math.fma(q, f, LOG[2]);
        q = Math.fma(q, f, LOG[1]);
        q = Math.fma(q, f, LOG[0]);
        float low = Math.fma(e, LN2_LOW, f * z * q);
        low = Math.fma(-0.5f, z, low);
        float result = Math.fma(e, LN2_HIGH, f + low);
        result = x == Float.POSITIVE_INFINITY ? x : result;
        result = x == 0 ? Float.NEGATIVE_INFINITY : result;
        return x >= 0 ? result : Float.NaN;
    }

    /**
     * x^y as 2^(y * log2(x)) with the logarithm and its product in two binary32 parts. What the formula gives at its ends holds:
     * negative x gives NaN, 0 to a negative power infinity, and 0 * infinity in the exponent (0^0, 1^infinity, infinity^0) NaN.
     */
    public static float pow(float x, float y) {
        float scaled = x < SMALLEST_NORMAL ? x * SUBNORMAL_SCALE : x;
        int bits = Float.floatToRawIntBits(scaled);
        int octave = bits - SQRT_HALF_BITS >> 23;
        float e = Float.intBitsToFloat(octave + ROUND_BITS) - (x < SMALLEST_NORMAL ? ROUND + 23 : ROUND);
        float m = Float.intBitsToFloat(bits - (octave << 23));
        // s = (m - 1) / (m + 1); every ...Low is what the rounding of its partner lost
        float f = m - 1;
        float d = m + 1;
        float dLow = m - (d - 1);
        float s = f / d;
        float sLow = Math.fma(-s, dLow, Math.fma(-s, d, f)) / d;
        float z = s * s;
        float zLow = Math.fma(s + s, sLow, Math.fma(s, s, -z));
        float q = z * Math.fma(Math.fma(ATANH[2], z, ATANH[1]), z, ATANH[0]);
        float t = THIRD_HIGH + q;
        float tLow = q - (t - THIRD_HIGH) + THIRD_LOW;
        float c = z * t;
        float cLow = Math.fma(z, t, -c) + Math.fma(z, tLow, zLow * t);
        float tail = s * c;
        float tailLow = Math.fma(s, c, -tail) + Math.fma(s, cLow, sLow * c);
        float h = s + tail;
        float hLow = tail - (h - s) + (sLow + tailLow);
        float a = h * TWO_LOG2_E_HIGH;
        float aLow = Math.fma(h, TWO_LOG2_E_HIGH, -a) + Math.fma(h, TWO_LOG2_E_LOW, hLow * TWO_LOG2_E_HIGH);
        float log2 = e + a;
        float log2Low = a - (log2 - e) + aLow;
        log2 = x == Float.POSITIVE_INFINITY ? x : log2;
        log2 = x == 0 ? Float.NEGATIVE_INFINITY : log2;
        float exponent = y * log2;
        float exponentLow = Math.fma(y, log2Low, Math.fma(y, log2, -exponent));
        float bounded = exponent > EXP2_BOUND ? EXP2_BOUND : exponent;
        bounded = bounded < -EXP2_BOUND ? -EXP2_BOUND : bounded;
        exponentLow = bounded == exponent ? exponentLow : 0;
        float shifted = bounded + ROUND;
        float r = bounded - (shifted - ROUND) + exponentLow;
        float p = Math.fma(EXP2[5], r, EXP2[4]);
        p = Math.fma(p, r, EXP2[3]);
        p = Math.fma(p, r, EXP2[2]);
        p = Math.fma(p, r, EXP2[1]);
        p = Math.fma(p, r, EXP2[0]);
        p = Math.fma(p, r, 1);
        float result = x >= 0 ? timesPowerOf2(p, shifted) : Float.NaN;
        return exponent != exponent ? Float.NaN : result;
    }

    /** Hyperbolic tangent: a polynomial below 0.625, above 1 - 2 / (e^(2|x|) + 1). */
    public static float tanh(float x) {
        float a = Math.abs(x);
        float z = a * a;
        float q = Math.fma(TANH[5], z, TANH[4]);
        q = Math.fma(q, z, TANH[3]);
        q = Math.fma(q, z, TANH[2]);
        q = Math.fma(q, z, TANH[1]);
        q = Math.fma(q, z, TANH[0]);
        float below = Math.fma(a * z, q, a);
        float above = 1 - 2 / (exp(a + a) + 1);
        float result = Math.copySign(a < TANH_BOUND ? below : above, x);
        return x != x ? Float.NaN : result;
    }

    /** Sine of an angle in radians; NaN if its magnitude is above 2^15. Of -0 it is +0. */
    public static float sin(float x) {
        return sine(x, 0);
    }

    /** Cosine of an angle in radians; NaN if its magnitude is above 2^15. */
    public static float cos(float x) {
        return sine(x, 1);
    }

    /** sin(x + quarters * pi / 2): x = n * pi / 2 + r, then by the last bits of n plus quarters one of sin(r), cos(r), -sin(r), -cos(r). */
    private static float sine(float x, int quarters) {
        float shifted = Math.fma(x, TWO_OVER_PI, ROUND);
        float n = shifted - ROUND;
        float r = Math.fma(n, -HALF_PI_LOW, Math.fma(n, -HALF_PI_MIDDLE, Math.fma(n, -HALF_PI_HIGH, x)));
        int quadrant = Float.floatToRawIntBits(shifted) + quarters;
        float z = r * r;
        float sin = Math.fma(r * z, Math.fma(Math.fma(SIN[2], z, SIN[1]), z, SIN[0]), r);
        float cos = Math.fma(z * z, Math.fma(Math.fma(COS[2], z, COS[1]), z, COS[0]), Math.fma(-0.5f, z, 1));
        float magnitude = (quadrant & 1) == 0 ? sin : cos;
        float result = Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) ^ (quadrant & 2) << 30);
        return Math.abs(x) <= LARGEST_ANGLE ? result : Float.NaN;
    }

    /** p * 2^n, where n stands in the low bits of {@code shifted}; two factors, so that subnormal results round once. */
    private static float timesPowerOf2(float p, float shifted) {
        int n = Float.floatToRawIntBits(shifted) - ROUND_BITS;
        int half = n >> 1;
        return p * Float.intBitsToFloat(half + 127 << 23) * Float.intBitsToFloat(n - half + 127 << 23);
    }
}
