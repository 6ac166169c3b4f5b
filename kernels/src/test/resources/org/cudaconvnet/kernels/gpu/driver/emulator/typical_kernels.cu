// Kernels of the kinds that public CUDA code is full of, for nvcc. Each has a twin in Java (TypicalKernelsTest).
#include <cuda_fp16.h>

// Sum of n numbers: shuffles within warps, one number per warp in shared memory, one atomic per block.
extern "C" __global__ void sum_by_shuffles(const float* in, float* sum, int n) {
    __shared__ float warps[32];
    float own = 0;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
        own += in[i];
    }
    for (int distance = 16; distance > 0; distance /= 2) {
        own += __shfl_down_sync(0xffffffff, own, distance);
    }
    if (threadIdx.x % 32 == 0) {
        warps[threadIdx.x / 32] = own;
    }
    __syncthreads();
    if (threadIdx.x < 32) {
        own = threadIdx.x < (blockDim.x + 31) / 32 ? warps[threadIdx.x] : 0;
        for (int distance = 16; distance > 0; distance /= 2) {
            own += __shfl_xor_sync(0xffffffff, own, distance);
        }
        if (threadIdx.x == 0) {
            atomicAdd(sum, own);
        }
    }
}

// Counts of the bytes of n words.
extern "C" __global__ void byte_histogram(const unsigned* in, unsigned* counts, int n) {
    __shared__ unsigned block[256];
    for (int i = threadIdx.x; i < 256; i += blockDim.x) {
        block[i] = 0;
    }
    __syncthreads();
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
        const unsigned char* bytes = reinterpret_cast<const unsigned char*>(in + i);
        for (int byte = 0; byte < 4; byte++) {
            atomicAdd(&block[bytes[byte]], 1u);
        }
    }
    __syncthreads();
    for (int i = threadIdx.x; i < 256; i += blockDim.x) {
        atomicAdd(&counts[i], block[i]);
    }
}

// y = a x + y in half precision, two numbers at a time and the last alone.
extern "C" __global__ void half_axpy(float a, const __half* x, __half* y, int n) {
    int i = 2 * (blockIdx.x * blockDim.x + threadIdx.x);
    if (i + 1 < n) {
        __half2* pair = reinterpret_cast<__half2*>(y + i);
        *pair = __hfma2(__float2half2_rn(a), *reinterpret_cast<const __half2*>(x + i), *pair);
    } else if (i < n) {
        y[i] = __hadd(__hmul(__float2half(a), x[i]), y[i]);
    }
}

// Half precision arithmetic one by one: sum, difference, product, quotient by way of binary32, comparison, largest.
extern "C" __global__ void half_arithmetic(const __half* a, const __half* b, __half* out, int* less) {
    int i = threadIdx.x;
    out[5 * i] = __hadd(a[i], b[i]);
    out[5 * i + 1] = __hsub(a[i], b[i]);
    out[5 * i + 2] = __hmul(a[i], b[i]);
    out[5 * i + 3] = __float2half_rz(__half2float(a[i]) / __half2float(b[i]));
    out[5 * i + 4] = __hneg(__habs(a[i]));
    less[i] = __hlt(a[i], b[i]);
}

// The finaliser of a 64-bit hash, and the upper half of a product.
extern "C" __global__ void hash_64(const unsigned long long* in, unsigned long long* out, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        unsigned long long h = in[i];
        h ^= h >> 33;
        h *= 0xff51afd7ed558ccdULL;
        h ^= h >> 33;
        h *= 0xc4ceb9fe1a85ec53ULL;
        h ^= h >> 33;
        out[2 * i] = h;
        out[2 * i + 1] = __umul64hi(h, in[i]) + __popcll(h) + __clzll(h) + (h % 1000003);
    }
}

// Product of two vectors in double precision, one partial sum per block.
extern "C" __global__ void double_dot(const double* a, const double* b, double* partial, int n) {
    __shared__ double sums[128];
    double own = 0;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
        own = __fma_rn(a[i], b[i], own);
    }
    sums[threadIdx.x] = own;
    for (int half = blockDim.x / 2; half > 0; half /= 2) {
        __syncthreads();
        if (threadIdx.x < half) {
            sums[threadIdx.x] += sums[threadIdx.x + half];
        }
    }
    if (threadIdx.x == 0) {
        partial[blockIdx.x] = sums[0];
    }
}

// Keeps the positive numbers: one vote per warp, one atomic per warp that has some.
extern "C" __global__ void compact_by_votes(const int* in, int* out, unsigned* count, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    int value = i < n ? in[i] : 0;
    unsigned votes = __ballot_sync(0xffffffff, value > 0);
    int lane = threadIdx.x % 32;
    unsigned start = 0;
    if (lane == 0 && votes != 0) {
        start = atomicAdd(count, __popc(votes));
    }
    start = __shfl_sync(0xffffffff, start, 0);
    if (value > 0) {
        out[start + __popc(votes & ((1u << lane) - 1))] = value;
    }
}

// Sums of 128-bit numbers with carries.
extern "C" __global__ void add_128(const unsigned* a, const unsigned* b, unsigned* sum) {
    int i = 4 * threadIdx.x;
    asm("add.cc.u32 %0, %4, %8;\n\taddc.cc.u32 %1, %5, %9;\n\taddc.cc.u32 %2, %6, %10;\n\taddc.u32 %3, %7, %11;"
        : "=r"(sum[i]), "=r"(sum[i + 1]), "=r"(sum[i + 2]), "=r"(sum[i + 3])
        : "r"(a[i]), "r"(a[i + 1]), "r"(a[i + 2]), "r"(a[i + 3]), "r"(b[i]), "r"(b[i + 1]), "r"(b[i + 2]), "r"(b[i + 3]));
}

// Lower and upper bounds of sums and products, a quotient towards zero, an upper bound of a root.
extern "C" __global__ void interval(const float* a, const float* b, float* out) {
    int i = threadIdx.x;
    out[6 * i] = __fadd_rd(a[i], b[i]);
    out[6 * i + 1] = __fadd_ru(a[i], b[i]);
    out[6 * i + 2] = __fmul_rd(a[i], b[i]);
    out[6 * i + 3] = __fmul_ru(a[i], b[i]);
    out[6 * i + 4] = __fdiv_rz(a[i], b[i]);
    out[6 * i + 5] = __fsqrt_ru(fabsf(a[i]));
}

// Warps hand work to each other: half of the block arrives at a barrier, the other half waits there.
extern "C" __global__ void produce_and_consume(const int* in, int* out) {
    __shared__ int box[32];
    if (threadIdx.x < 32) {
        box[threadIdx.x] = in[threadIdx.x] * 2;
        asm volatile("bar.arrive 1, 64;" ::: "memory");
    } else {
        asm volatile("bar.sync 1, 64;" ::: "memory");
        out[threadIdx.x - 32] = box[63 - threadIdx.x];
    }
}

// How many threads of the block have a positive number, whether all, whether one; and time passes.
extern "C" __global__ void block_votes(const int* in, int* out) {
    long long before = clock64();
    int count = __syncthreads_count(in[threadIdx.x] > 0);
    int all = __syncthreads_and(in[threadIdx.x] > 0);
    int one = __syncthreads_or(in[threadIdx.x] > 0);
    out[4 * threadIdx.x] = count;
    out[4 * threadIdx.x + 1] = all;
    out[4 * threadIdx.x + 2] = one;
    out[4 * threadIdx.x + 3] = clock64() > before && clock() != 0;
}
