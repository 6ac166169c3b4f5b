// Local pooling and its gradients (spec: kernels-pool-norm.md sections 1 to 3), in the order that
// org.cudaconvnet.kernels.Pooling defines. Matrices are contiguous.
//
// Geometry of all kernels: block (32, 4), grid x = ceildiv(rows, 4) with the rows of target, y = ceildiv(numImages, 128);
// no shared memory.
#include "images.cuh"

struct MaxPooler {
    static __device__ __forceinline__ float base() {
        return __uint_as_float(0xFF167699);
    }

    static __device__ __forceinline__ float aggregate(float acc, float value) {
        return fmaxf(acc, value);
    }

    static __device__ __forceinline__ float output(float acc, int) {
        return acc;
    }
};

struct AvgPooler {
    static __device__ __forceinline__ float base() {
        return 0.0f;
    }

    static __device__ __forceinline__ float aggregate(float acc, float value) {
        return acc + value;
    }

    static __device__ __forceinline__ float output(float acc, int regionSize) {
        return __fdiv_rn(acc, (float) regionSize);
    }
};

struct MaxAbsPooler {
    static __device__ __forceinline__ float base() {
        return 0.0f;
    }

    static __device__ __forceinline__ float aggregate(float acc, float value) {
        return fabsf(acc) > fabsf(value) ? acc : value;
    }

    static __device__ __forceinline__ float output(float acc, int) {
        return acc;
    }
};

template <class Pooler>
static __device__ __forceinline__ void localPool(const float* images, float* target, int imgSize, int numFilters, int numImages,
                                                 int subsX, int startX, int strideX, int outputsX) {
    int row = imageRow();
    if (row >= numFilters * outputsX * outputsX) {
        return;
    }
    int windowX = startX + row % outputsX * strideX;
    int windowY = startX + row / outputsX % outputsX * strideX;
    int firstX = max(0, windowX);
    int firstY = max(0, windowY);
    int endX = min(imgSize, windowX + subsX);
    int endY = min(imgSize, windowY + subsX);
    images += (size_t) (row / (outputsX * outputsX)) * imgSize * imgSize * numImages;
    ThreadImages n(numImages);
    float acc[IMAGES_PER_THREAD];
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        acc[i] = Pooler::base();
    }
    for (int y = firstY; y < endY; y++) {
        for (int x = firstX; x < endX; x++) {
            const float* pixel = images + (size_t) (y * imgSize + x) * numImages;
#pragma unroll
            for (int i = 0; i < IMAGES_PER_THREAD; i++) {
                acc[i] = Pooler::aggregate(acc[i], pixel[n[i]]);
            }
        }
    }
    target += (size_t) row * numImages;
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            target[n[i]] = Pooler::output(acc[i], (endY - firstY) * (endX - firstX));
        }
    }
}

extern "C" __global__ void kLocalPool_Max(const float* images, float* target, int imgSize, int numFilters, int numImages,
                                          int subsX, int startX, int strideX, int outputsX) {
    localPool<MaxPooler>(images, target, imgSize, numFilters, numImages, subsX, startX, strideX, outputsX);
}

extern "C" __global__ void kLocalPool_Avg(const float* images, float* target, int imgSize, int numFilters, int numImages,
                                          int subsX, int startX, int strideX, int outputsX) {
    localPool<AvgPooler>(images, target, imgSize, numFilters, numImages, subsX, startX, strideX, outputsX);
}

extern "C" __global__ void kLocalPool_MaxAbs(const float* images, float* target, int imgSize, int numFilters, int numImages,
                                             int subsX, int startX, int strideX, int outputsX) {
    localPool<MaxAbsPooler>(images, target, imgSize, numFilters, numImages, subsX, startX, strideX, outputsX);
}

// The first positive pixel at which the running sum of the positive ones reaches u times their sum; the maximum where none is positive.
extern "C" __global__ void kLocalPool_Rand(const float* images, const float* uniforms, float* target, int imgSize, int numFilters,
                                           int numImages, int subsX, int startX, int strideX, int outputsX) {
    int row = imageRow();
    if (row >= numFilters * outputsX * outputsX) {
        return;
    }
    int windowX = startX + row % outputsX * strideX;
    int windowY = startX + row / outputsX % outputsX * strideX;
    int endX = min(imgSize, windowX + subsX);
    int endY = min(imgSize, windowY + subsX);
    images += (size_t) (row / (outputsX * outputsX)) * imgSize * imgSize * numImages;
    ThreadImages n(numImages);
    float chosen[IMAGES_PER_THREAD];
    float threshold[IMAGES_PER_THREAD];
    float sum[IMAGES_PER_THREAD];
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        chosen[i] = MaxPooler::base();
        sum[i] = 0.0f;
    }
    for (int y = max(0, windowY); y < endY; y++) {
        for (int x = max(0, windowX); x < endX; x++) {
            const float* pixel = images + (size_t) (y * imgSize + x) * numImages;
#pragma unroll
            for (int i = 0; i < IMAGES_PER_THREAD; i++) {
                float value = pixel[n[i]];
                chosen[i] = fmaxf(chosen[i], value);
                sum[i] = value > 0.0f ? sum[i] + value : sum[i];
            }
        }
    }
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        threshold[i] = uniforms[(size_t) row * numImages + n[i]] * sum[i];
        sum[i] = 0.0f;
    }
    for (int y = max(0, windowY); y < endY; y++) {
        for (int x = max(0, windowX); x < endX; x++) {
            const float* pixel = images + (size_t) (y * imgSize + x) * numImages;
#pragma unroll
            for (int i = 0; i < IMAGES_PER_THREAD; i++) {
                float value = pixel[n[i]];
                float before = sum[i];
                sum[i] = value > 0.0f ? before + value : before;
                bool reached = value > 0.0f && (before == 0.0f || before < threshold[i]) && sum[i] >= threshold[i];
                chosen[i] = reached ? value : chosen[i];
            }
        }
    }
    target += (size_t) row * numImages;
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            target[n[i]] = chosen[i];
        }
    }
}

// The windows over one coordinate of a pixel; none outside all windows.
struct Outputs {
    int first, end;

    __device__ __forceinline__ Outputs(int pixel, int subsX, int startX, int strideX, int outputsX) {
        int distance = pixel - startX;
        first = distance < subsX ? 0 : 1 + (distance - subsX) / strideX;
        end = distance < 0 ? 0 : min(outputsX, 1 + distance / strideX);
    }
};

// strideX at most subsX. readsTarget is 0 for the scales (0, 1), else 1.
extern "C" __global__ void kLocalMaxUndo(const float* images, const float* maxGrads, const float* maxActs, float* target, int imgSize,
                                         int numFilters, int numImages, int subsX, int startX, int strideX, int outputsX,
                                         int readsTarget, float scaleTargets, float scaleOutput) {
    int row = imageRow();
    if (row >= numFilters * imgSize * imgSize) {
        return;
    }
    Outputs outputsOfX(row % imgSize, subsX, startX, strideX, outputsX);
    Outputs outputsOfY(row / imgSize % imgSize, subsX, startX, strideX, outputsX);
    size_t map = (size_t) (row / (imgSize * imgSize)) * outputsX * outputsX;
    ThreadImages n(numImages);
    float pixel[IMAGES_PER_THREAD];
    float acc[IMAGES_PER_THREAD];
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        pixel[i] = images[(size_t) row * numImages + n[i]];
        acc[i] = 0.0f;
    }
    for (int oy = outputsOfY.first; oy < outputsOfY.end; oy++) {
        for (int ox = outputsOfX.first; ox < outputsOfX.end; ox++) {
            size_t output = (map + oy * outputsX + ox) * numImages;
#pragma unroll
            for (int i = 0; i < IMAGES_PER_THREAD; i++) {
                float isMax = pixel[i] == maxActs[output + n[i]] ? 1.0f : 0.0f;
                acc[i] = __fmaf_rn(maxGrads[output + n[i]], isMax, acc[i]);
            }
        }
    }
    ImageStore store{readsTarget != 0, scaleTargets, scaleOutput};
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            store.store(target + (size_t) row * numImages + n[i], acc[i]);
        }
    }
}

// strideX at most subsX. readsTarget is 0 for the scales (0, 1), else 1.
extern "C" __global__ void kLocalAvgUndo(const float* avgGrads, float* target, int imgSize, int numFilters, int numImages,
                                         int subsX, int startX, int strideX, int outputsX,
                                         int readsTarget, float scaleTargets, float scaleOutput) {
    int row = imageRow();
    if (row >= numFilters * imgSize * imgSize) {
        return;
    }
    Outputs outputsOfX(row % imgSize, subsX, startX, strideX, outputsX);
    Outputs outputsOfY(row / imgSize % imgSize, subsX, startX, strideX, outputsX);
    size_t map = (size_t) (row / (imgSize * imgSize)) * outputsX * outputsX;
    ThreadImages n(numImages);
    float acc[IMAGES_PER_THREAD];
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        acc[i] = 0.0f;
    }
    for (int oy = outputsOfY.first; oy < outputsOfY.end; oy++) {
        int windowY = startX + oy * strideX;
        float height = (float) (min(imgSize, windowY + subsX) - max(0, windowY));
        for (int ox = outputsOfX.first; ox < outputsOfX.end; ox++) {
            int windowX = startX + ox * strideX;
            float width = (float) (min(imgSize, windowX + subsX) - max(0, windowX));
            float share = __fdiv_rn(1.0f, height * width);
            size_t output = (map + oy * outputsX + ox) * numImages;
#pragma unroll
            for (int i = 0; i < IMAGES_PER_THREAD; i++) {
                acc[i] = __fmaf_rn(share, avgGrads[output + n[i]], acc[i]);
            }
        }
    }
    ImageStore store{readsTarget != 0, scaleTargets, scaleOutput};
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            store.store(target + (size_t) row * numImages + n[i], acc[i]);
        }
    }
}
