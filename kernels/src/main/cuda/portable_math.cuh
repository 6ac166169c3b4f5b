// exp, log, pow, division, sine and cosine from binary32 arithmetic alone: the twin, bit for bit, of org.cudaconvnet.kernels.PortableMath.
// Its text is the definition and explains the steps and coefficients.
#pragma once

#include "device.cuh"

namespace portable {

// Adding ROUND rounds to an integer, which then stands in the low bits of the sum.
constexpr float ROUND = 0x1.8p23f;
constexpr unsigned int ROUND_BITS = 0x4b400000;
constexpr unsigned int NAN_BITS = 0x7fc00000;
constexpr unsigned int INFINITY_BITS = 0x7f800000;
constexpr float TWO_OVER_PI = 0x1.45f306p-1f;
constexpr float HALF_PI_HIGH = 0x1.921fb6p0f;
constexpr float HALF_PI_MIDDLE = -0x1.777a5cp-25f;
constexpr float HALF_PI_LOW = -0x1.ee59dap-50f;
constexpr float LARGEST_ANGLE = 0x1p15f;
constexpr float LN2_HIGH = 0x1.62e430p-1f;
constexpr float LN2_LOW = -0x1.05c610p-29f;
constexpr float SMALLEST_NORMAL = 0x1p-126f;
constexpr float SUBNORMAL_SCALE = 0x1p23f;
constexpr unsigned int SQRT_HALF_BITS = 0x3f3504f3;

static __device__ __forceinline__ float notANumber() {
    return __uint_as_float(NAN_BITS);
}

static __device__ __forceinline__ float infinity() {
    return __uint_as_float(INFINITY_BITS);
}

static __device__ __forceinline__ float divide(float a, float b) {
    return __fdiv_rn(a, b);
}

// p * 2^n, where n stands in the low bits of shifted; two factors, so that subnormal results round once.
static __device__ __forceinline__ float timesPowerOf2(float p, float shifted) {
    unsigned int n = __float_as_uint(shifted) - ROUND_BITS;
    unsigned int half = (unsigned int) ((int) n >> 1);
    return p * __uint_as_float((half + 127) << 23) * __uint_as_float((n - half + 127) << 23);
}

static __device__ __forceinline__ float exp(float x) {
    float bounded = x > 89.0f ? 89.0f : x;
    bounded = bounded < -104.0f ? -104.0f : bounded;
    float shifted = __fmaf_rn(bounded, 0x1.715476p0f, ROUND);
    float n = shifted - ROUND;
    float r = __fmaf_rn(n, -LN2_LOW, __fmaf_rn(n, -LN2_HIGH, bounded));
    float q = __fmaf_rn(0x1.6a4508p-10f, r, 0x1.1239aap-7f);
    q = __fmaf_rn(q, r, 0x1.5558b8p-5f);
    q = __fmaf_rn(q, r, 0x1.555492p-3f);
    q = __fmaf_rn(q, r, 0x1.fffffcp-2f);
    float p = __fmaf_rn(r * r, q, r) + 1.0f;
    return x != x ? notANumber() : timesPowerOf2(p, shifted);
}

// x = 2^e * m with m from sqrt(1/2) to sqrt(2); of zero, negative numbers, infinity and NaN the parts have no meaning.
struct Parts {
    float e, m;
};

static __device__ __forceinline__ Parts parts(float x) {
    unsigned int bits = __float_as_uint(x < SMALLEST_NORMAL ? x * SUBNORMAL_SCALE : x);
    unsigned int octave = (unsigned int) ((int) (bits - SQRT_HALF_BITS) >> 23);
    float e = __uint_as_float(octave + ROUND_BITS) - (x < SMALLEST_NORMAL ? ROUND + 23.0f : ROUND);
    return {e, __uint_as_float(bits - (octave << 23))};
}

static __device__ __forceinline__ float log(float x) {
    Parts scaled = parts(x);
    float e = scaled.e;
    float f = scaled.m - 1.0f;
    float z = f * f;
    float q = __fmaf_rn(0x1.147e06p-4f, f, -0x1.de16d4p-4f);
    q = __fmaf_rn(q, f, 0x1.e6c68cp-4f);
    q = __fmaf_rn(q, f, -0x1.fc2668p-4f);
    q = __fmaf_rn(q, f, 0x1.233b26p-3f);
    q = __fmaf_rn(q, f, -0x1.555c4cp-3f);
    q = __fmaf_rn(q, f, 0x1.99a47ap-3f);
    q = __fmaf_rn(q, f, -0x1.000006p-2f);
    q = __fmaf_rn(q, f, 0x1.555548p-2f);
    float low = __fmaf_rn(e, LN2_LOW, f * z * q);
    low = __fmaf_rn(-0.5f, z, low);
    float result = __fmaf_rn(e, LN2_HIGH, f + low);
    result = x == infinity() ? x : result;
    result = x == 0.0f ? -infinity() : result;
    return x >= 0.0f ? result : notANumber();
}

static __device__ __forceinline__ float pow(float x, float y) {
    Parts scaled = parts(x);
    float e = scaled.e;
    float m = scaled.m;
    // s = (m - 1) / (m + 1); every ...Low is what the rounding of its partner lost.
    float f = m - 1.0f;
    float d = m + 1.0f;
    float dLow = m - (d - 1.0f);
    float s = __fdiv_rn(f, d);
    float sLow = __fdiv_rn(__fmaf_rn(-s, dLow, __fmaf_rn(-s, d, f)), d);
    float z = s * s;
    float zLow = __fmaf_rn(s + s, sLow, __fmaf_rn(s, s, -z));
    float q = z * __fmaf_rn(__fmaf_rn(0x1.dfa302p-4f, z, 0x1.24527ap-3f), z, 0x1.999a00p-3f);
    float t = 0x1.555556p-2f + q;
    float tLow = q - (t - 0x1.555556p-2f) + -0x1.555556p-27f;
    float c = z * t;
    float cLow = __fmaf_rn(z, t, -c) + __fmaf_rn(z, tLow, zLow * t);
    float tail = s * c;
    float tailLow = __fmaf_rn(s, c, -tail) + __fmaf_rn(s, cLow, sLow * c);
    float h = s + tail;
    float hLow = tail - (h - s) + (sLow + tailLow);
    // times 2 / ln(2)
    float a = h * 0x1.715476p1f;
    float aLow = __fmaf_rn(h, 0x1.715476p1f, -a) + __fmaf_rn(h, 0x1.4ae0c0p-25f, hLow * 0x1.715476p1f);
    float log2 = e + a;
    float log2Low = a - (log2 - e) + aLow;
    log2 = x == infinity() ? x : log2;
    log2 = x == 0.0f ? -infinity() : log2;
    float exponent = y * log2;
    float exponentLow = __fmaf_rn(y, log2Low, __fmaf_rn(y, log2, -exponent));
    float bounded = exponent > 200.0f ? 200.0f : exponent;
    bounded = bounded < -200.0f ? -200.0f : bounded;
    exponentLow = bounded == exponent ? exponentLow : 0.0f;
    float shifted = bounded + ROUND;
    float r = bounded - (shifted - ROUND) + exponentLow;
    float p = __fmaf_rn(0x1.4172bap-13f, r, 0x1.5f0978p-10f);
    p = __fmaf_rn(p, r, 0x1.3b2ddap-7f);
    p = __fmaf_rn(p, r, 0x1.c6af7ap-5f);
    p = __fmaf_rn(p, r, 0x1.ebfbdcp-3f);
    p = __fmaf_rn(p, r, 0x1.62e430p-1f);
    p = __fmaf_rn(p, r, 1.0f);
    float result = x >= 0.0f ? timesPowerOf2(p, shifted) : notANumber();
    return exponent != exponent ? notANumber() : result;
}

// sin(x + quarters * pi / 2).
static __device__ __forceinline__ float sine(float x, unsigned int quarters) {
    float shifted = __fmaf_rn(x, TWO_OVER_PI, ROUND);
    float n = shifted - ROUND;
    float r = __fmaf_rn(n, -HALF_PI_LOW, __fmaf_rn(n, -HALF_PI_MIDDLE, __fmaf_rn(n, -HALF_PI_HIGH, x)));
    unsigned int quadrant = __float_as_uint(shifted) + quarters;
    float z = r * r;
    float sin = __fmaf_rn(r * z, __fmaf_rn(__fmaf_rn(-0x1.9954p-13f, z, 0x1.110778p-7f), z, -0x1.555546p-3f), r);
    float cos = __fmaf_rn(z * z, __fmaf_rn(__fmaf_rn(0x1.99e90cp-16f, z, -0x1.6c0c2ap-10f), z, 0x1.55554ap-5f),
                          __fmaf_rn(-0.5f, z, 1.0f));
    float magnitude = (quadrant & 1) == 0 ? sin : cos;
    float result = __uint_as_float(__float_as_uint(magnitude) ^ (quadrant & 2) << 30);
    return fabsf(x) <= LARGEST_ANGLE ? result : notANumber();
}

static __device__ __forceinline__ float sin(float x) {
    return sine(x, 0);
}

static __device__ __forceinline__ float cos(float x) {
    return sine(x, 1);
}

}
