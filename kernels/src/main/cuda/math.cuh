// exp, log, pow and division where the 2012 kernels used approximate instructions (spec: kernels-reproduction-notes.md section 3):
// portable by default, with MATH_2012 the instructions of 2012 in their compositions (spec: kernels-layer-and-matrix.md).
#pragma once

#include "portable_math.cuh"

namespace math {

#ifdef MATH_2012

static __device__ __forceinline__ float exp2(float x) {
    float result;
    asm("ex2.approx.f32 %0, %1;" : "=f"(result) : "f"(x));
    return result;
}

static __device__ __forceinline__ float log2(float x) {
    float result;
    asm("lg2.approx.f32 %0, %1;" : "=f"(result) : "f"(x));
    return result;
}

static __device__ __forceinline__ float divide(float a, float b) {
    float result;
    asm("div.approx.f32 %0, %1, %2;" : "=f"(result) : "f"(a), "f"(b));
    return result;
}

static __device__ __forceinline__ float exp(float x) {
    return exp2(x * 0x1.715476p0f);
}

static __device__ __forceinline__ float log(float x) {
    return log2(x) * 0x1.62e430p-1f;
}

static __device__ __forceinline__ float pow(float x, float y) {
    return exp2(y * log2(x));
}

#else

using portable::divide;
using portable::exp;
using portable::log;
using portable::pow;

#endif

}
