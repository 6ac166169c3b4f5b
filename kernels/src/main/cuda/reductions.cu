// Reductions in the trees of 2012 (spec: kernels-layer-and-matrix.md sections 4 and 5, nvmatrix-ops.md sections 3 and 5), as
// org.cudaconvnet.kernels.Reductions and its CPU twin define them; barriers stand where 2012 relied on warps in lock-step.
//
// A matrix is `height` rows of `width` contiguous elements, `stride` apart. Result i is merged into target[i * targetStep]:
// rn(scaleSum * result) if scaleThis is 0, the target not being read. Plain aggregation has the scales (0, 1).
#include "device.cuh"

struct Sum {
    static __device__ __forceinline__ float base() {
        return 0.0f;
    }

    static __device__ __forceinline__ float combine(float a, float b) {
        return a + b;
    }
};

struct Max {
    static __device__ __forceinline__ float base() {
        return -2e38f;
    }

    static __device__ __forceinline__ float combine(float a, float b) {
        return a > b ? a : b;
    }
};

struct Min {
    static __device__ __forceinline__ float base() {
        return 2e38f;
    }

    static __device__ __forceinline__ float combine(float a, float b) {
        return a > b ? b : a;
    }
};

// How the kernels for columns and for short rows were compiled in 2012: the old value's product is rounded.
static __device__ __forceinline__ void mergeOldRounded(float& target, float result, float scaleThis, float scaleSum) {
    target = scaleThis == 0.0f ? scaleSum * result : __fmaf_rn(scaleSum, result, scaleThis * target);
}

// The other kernels for rows: the result's product is rounded.
static __device__ __forceinline__ void mergeResultRounded(float& target, float result, float scaleThis, float scaleSum) {
    float scaled = scaleSum * result;
    target = scaleThis == 0.0f ? scaled : __fmaf_rn(scaleThis, target, scaled);
}

// Elements t, t + count, t + 2 * count, ... folded on to the base value. Unrolled, here and below, so that several loads are on
// their way at a time.
template <class Agg>
static __device__ __forceinline__ float partial(const float* values, int t, int count, int length) {
    float result = Agg::base();
#pragma unroll 8
    for (int i = t; i < length; i += count) {
        result = Agg::combine(result, values[i]);
    }
    return result;
}

// The halving tree of 2 * half cells, which all threads of the block have written.
template <class Agg>
static __device__ __forceinline__ void foldHalves(float* cells, int half) {
    for (int t = threadIdx.x; half >= 1; half /= 2) {
        __syncthreads();
        if (t < half) {
            cells[t] = Agg::combine(cells[t], cells[t + half]);
        }
    }
}

template <class Agg>
static __device__ __forceinline__ void dumbAggCols(const float* a, float* target, int height, int width, int stride, int targetStep,
                                                   float scaleThis, float scaleSum) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    if (col >= width) {
        return;
    }
    float result = a[col];
#pragma unroll 8
    for (int row = 1; row < height; row++) {
        result = Agg::combine(a[(size_t) row * stride + col], result);
    }
    mergeOldRounded(target[(size_t) col * targetStep], result, scaleThis, scaleSum);
}

template <class Agg>
static __device__ __forceinline__ void aggShortRows(const float* a, float* target, int height, int width, int stride, int targetStep,
                                                    float scaleThis, float scaleSum) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= height) {
        return;
    }
    a += (size_t) row * stride;
    float result = a[0];
    if (width > 1) {
        result = Agg::base();
        for (int i = 0; i < (width + 3) / 4 * 4; i++) {
            result = Agg::combine(result, i < width ? Agg::combine(a[i], Agg::base()) : Agg::base());
        }
    }
    mergeOldRounded(target[(size_t) row * targetStep], result, scaleThis, scaleSum);
}

template <class Agg>
static __device__ __forceinline__ void aggShortRows2(const float* a, float* target, int height, int width, int stride, int targetStep,
                                                     float scaleThis, float scaleSum) {
    __shared__ float partials[8][32];
    int row = blockIdx.x * 8 + threadIdx.y;
    float* own = partials[threadIdx.y];
    if (row < height) {
        own[threadIdx.x] = partial<Agg>(a + (size_t) row * stride, threadIdx.x, 32, width);
    }
    __syncthreads();
    if (row < height && threadIdx.x == 0) {
        float result = Agg::base();
        for (int t = 0; t < 32; t++) {
            result = Agg::combine(result, own[t]);
        }
        mergeOldRounded(target[(size_t) row * targetStep], result, scaleThis, scaleSum);
    }
}

template <class Agg>
static __device__ __forceinline__ void aggRows(const float* a, float* target, int width, int stride, int targetStep,
                                               float scaleThis, float scaleSum) {
    __shared__ float cells[512];
    a += (size_t) blockIdx.x * stride;
    for (int i = threadIdx.x; i < 2 * (int) blockDim.x; i += blockDim.x) {
        cells[i] = i < width ? a[i] : Agg::base();
    }
    foldHalves<Agg>(cells, width == 1 ? 0 : blockDim.x);
    if (threadIdx.x == 0) {
        mergeResultRounded(target[(size_t) blockIdx.x * targetStep], cells[0], scaleThis, scaleSum);
    }
}

template <class Agg>
static __device__ __forceinline__ void aggWholeRows(const float* a, float* target, int height, int width, int stride, int targetStep,
                                                    float scaleThis, float scaleSum) {
    __shared__ float partials[256];
    int t = threadIdx.x;
    for (int row = blockIdx.x; row < height; row += gridDim.x) {
        partials[t] = partial<Agg>(a + (size_t) row * stride, t, 256, width);
        // adjacent pairs
        for (int distance = 1; distance < 256; distance *= 2) {
            __syncthreads();
            if (t % (2 * distance) == 0) {
                partials[t] = Agg::combine(partials[t], partials[t + distance]);
            }
        }
        if (t == 0) {
            mergeResultRounded(target[(size_t) row * targetStep], partials[0], scaleThis, scaleSum);
        }
        __syncthreads();
    }
}

template <class Agg>
static __device__ __forceinline__ void totalAgg(const float* a, float* target, int numCols, int numElements) {
    __shared__ float cells[512];
    int col = blockIdx.x * 512 + threadIdx.x;
    cells[threadIdx.x] = col < numCols ? partial<Agg>(a, col, numCols, numElements) : Agg::base();
    foldHalves<Agg>(cells, 256);
    if (threadIdx.x == 0) {
        target[blockIdx.x] = cells[0];
    }
}

// kDumbAggCols: every column from its first element on, rows ascending. Block 256, grid ceildiv(width, 256); no shared memory.
// Merged as fma(scaleSum, result, rn(scaleThis * old)).
//
// Rows, height >= 16384, merged likewise. kAggShortRows: width <= 16; block 256, grid ceildiv(height, 256); no shared memory.
// kAggShortRows2: wider; block (32, 8), grid ceildiv(height, 8); 1024 bytes of static shared memory.
//
// Rows, height < 16384, merged as fma(scaleThis, old, rn(scaleSum * result)). kAggRows: width < 512, grid height, block 32 up to a width of
// 64, 64 up to 128, 128 up to 256, else 256; 2048 bytes of static shared memory. kAggRows_wholerow_nosync: wider; block 256, grid
// any, such as min(1024, height); 1024 bytes of static shared memory.
//
// A row of one element is that element in every tree.
//
// kTotalAgg: one pass over numElements contiguous elements; numCols = ceildiv(numElements, ceil(log2(numElements))); block 512, grid
// ceildiv(numCols, 512), one result per block in target; 2048 bytes of static shared memory.
#define REDUCTIONS(Agg) \
    extern "C" __global__ void kDumbAggCols_##Agg(const float* a, float* target, int height, int width, int stride, int targetStep, \
                                                  float scaleThis, float scaleSum) { \
        dumbAggCols<Agg>(a, target, height, width, stride, targetStep, scaleThis, scaleSum); \
    } \
    extern "C" __global__ void kAggShortRows_##Agg(const float* a, float* target, int height, int width, int stride, int targetStep, \
                                                   float scaleThis, float scaleSum) { \
        aggShortRows<Agg>(a, target, height, width, stride, targetStep, scaleThis, scaleSum); \
    } \
    extern "C" __global__ void kAggShortRows2_##Agg(const float* a, float* target, int height, int width, int stride, int targetStep, \
                                                    float scaleThis, float scaleSum) { \
        aggShortRows2<Agg>(a, target, height, width, stride, targetStep, scaleThis, scaleSum); \
    } \
    extern "C" __global__ void kAggRows_##Agg(const float* a, float* target, int height, int width, int stride, int targetStep, \
                                              float scaleThis, float scaleSum) { \
        aggRows<Agg>(a, target, width, stride, targetStep, scaleThis, scaleSum); \
    } \
    extern "C" __global__ void kAggRows_wholerow_nosync_##Agg(const float* a, float* target, int height, int width, int stride, \
                                                              int targetStep, float scaleThis, float scaleSum) { \
        aggWholeRows<Agg>(a, target, height, width, stride, targetStep, scaleThis, scaleSum); \
    } \
    extern "C" __global__ void kTotalAgg_##Agg(const float* a, float* target, int numCols, int numElements) { \
        totalAgg<Agg>(a, target, numCols, numElements); \
    }

REDUCTIONS(Sum)
REDUCTIONS(Max)
REDUCTIONS(Min)

// Geometry and partition of kTotalAgg, with an fma chain per thread; numCols = 1 for a single element.
extern "C" __global__ void kDotProduct_r(const float* a, const float* b, float* target, int numCols, int numElements) {
    __shared__ float cells[512];
    int col = blockIdx.x * 512 + threadIdx.x;
    float result = 0.0f;
    if (col < numCols) {
#pragma unroll 8
        for (int i = col; i < numElements; i += numCols) {
            result = __fmaf_rn(a[i], b[i], result);
        }
    }
    cells[threadIdx.x] = result;
    foldHalves<Sum>(cells, 256);
    if (threadIdx.x == 0) {
        target[blockIdx.x] = cells[0];
    }
}
