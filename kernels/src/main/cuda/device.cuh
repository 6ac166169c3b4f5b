// What kernels need from the compiler, the same for clang without any CUDA SDK and for nvcc: thread indices, memory spaces,
// barriers, 16-byte vectors and arithmetic that is rounded where it is written. The names are those of nvcc, which brings
// its own definitions.
#pragma once

#ifdef __clang__

struct uint3;
struct dim3;
#include <__clang_cuda_builtin_vars.h>

#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __constant__ __attribute__((constant))
#define __shared__ __attribute__((shared))
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))

using size_t = decltype(sizeof(0));

// Vector types of the compiler, so that they are loaded and stored by one instruction in every memory space.
typedef float float2 __attribute__((ext_vector_type(2)));
typedef float float4 __attribute__((ext_vector_type(4)));

static __device__ __forceinline__ float2 make_float2(float x, float y) {
    return float2{x, y};
}

static __device__ __forceinline__ float4 make_float4(float x, float y, float z, float w) {
    return float4{x, y, z, w};
}

// Rounded once to nearest even, never contracted with a neighbour.
static __device__ __forceinline__ float __fmaf_rn(float a, float b, float c) {
    return __nvvm_fma_rn_f(a, b, c);
}

static __device__ __forceinline__ float __fadd_rn(float a, float b) {
    return __nvvm_add_rn_f(a, b);
}

static __device__ __forceinline__ float __fmul_rn(float a, float b) {
    return __nvvm_mul_rn_f(a, b);
}

static __device__ __forceinline__ float __fdiv_rn(float a, float b) {
    return __nvvm_div_rn_f(a, b);
}

static __device__ __forceinline__ float __fsqrt_rn(float a) {
    return __nvvm_sqrt_rn_f(a);
}

static __device__ __forceinline__ int __float_as_int(float a) {
    return __builtin_bit_cast(int, a);
}

static __device__ __forceinline__ float __int_as_float(int a) {
    return __builtin_bit_cast(float, a);
}

static __device__ __forceinline__ unsigned int __float_as_uint(float a) {
    return __builtin_bit_cast(unsigned int, a);
}

static __device__ __forceinline__ float __uint_as_float(unsigned int a) {
    return __builtin_bit_cast(float, a);
}

static __device__ __forceinline__ float __uint2float_rn(unsigned int a) {
    return __nvvm_ui2f_rn(a);
}

// Toward zero, the nearest even integer, minus infinity.
static __device__ __forceinline__ int __float2int_rz(float a) {
    return __nvvm_f2i_rz(a);
}

static __device__ __forceinline__ int __float2int_rn(float a) {
    return __nvvm_f2i_rn(a);
}

static __device__ __forceinline__ int __float2int_rd(float a) {
    return __nvvm_f2i_rm(a);
}

static __device__ __forceinline__ float fabsf(float a) {
    return __builtin_fabsf(a);
}

// The number if one is NaN; +0 is greater than -0.
static __device__ __forceinline__ float fmaxf(float a, float b) {
    return __nvvm_fmax_f(a, b);
}

static __device__ __forceinline__ float fminf(float a, float b) {
    return __nvvm_fmin_f(a, b);
}

static __device__ __forceinline__ int min(int a, int b) {
    return a < b ? a : b;
}

static __device__ __forceinline__ int max(int a, int b) {
    return a > b ? a : b;
}

#endif
