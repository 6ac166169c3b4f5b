// Response and contrast normalisation, topographic ICA and the norm limit of local weights (spec: kernels-pool-norm.md
// sections 4 to 9 and 15), in the order that org.cudaconvnet.kernels.Normalization defines. Matrices are contiguous.
//
// Geometry, where nothing else is said: block (32, 4), grid x = ceildiv(rows, 4) with rows = numFilters * imgSize^2,
// y = ceildiv(numImages, 128); no shared memory.
#include "images.cuh"
#include "math.cuh"

// Square window around a pixel within its map, clipped to the image: sizeX pixels from `first` on, relative to the pixel.
struct MapWindow {
    int firstX, endX, firstY, endY;
    size_t map;

    __device__ __forceinline__ MapWindow(int row, int imgSize, int first, int sizeX) {
        int x = row % imgSize;
        int y = row / imgSize % imgSize;
        map = row - y * imgSize - x;
        firstX = max(0, x + first);
        firstY = max(0, y + first);
        endX = min(imgSize, x + first + sizeX);
        endY = min(imgSize, y + first + sizeX);
    }

    // Folds the window onto acc, rows then columns ascending.
    template <class Fold>
    __device__ __forceinline__ void fold(const float* images, int imgSize, const ThreadImages& n, float* acc, Fold fold) const {
        for (int y = firstY; y < endY; y++) {
            for (int x = firstX; x < endX; x++) {
                const float* pixel = images + (map + y * imgSize + x) * n.numImages;
#pragma unroll
                for (int i = 0; i < IMAGES_PER_THREAD; i++) {
                    acc[i] = fold(acc[i], pixel[n[i]]);
                }
            }
        }
    }
};

// For an even size one more pixel before than after; the gradient takes the pixels whose window contains this one.
static __device__ __forceinline__ int forwardStart(int size) {
    return -(size / 2);
}

static __device__ __forceinline__ int mirroredStart(int size) {
    return 1 - size + size / 2;
}

// The maps of a window across maps, clipped: sizeF maps from `first` on, relative to the own one, or the own block of maps.
struct ChannelWindow {
    int firstMap, endMap;
    size_t pixel;
    int pixels;

    __device__ __forceinline__ ChannelWindow(int row, int numFilters, int imgSize, int first, int sizeF, bool blocked) {
        pixels = imgSize * imgSize;
        int filter = row / pixels;
        pixel = row % pixels;
        int start = blocked ? filter / sizeF * sizeF : filter + first;
        firstMap = max(0, start);
        endMap = min(numFilters, start + sizeF);
    }

    // Folds the window onto acc, maps ascending.
    template <class Fold>
    __device__ __forceinline__ void fold(const float* images, int, const ThreadImages& n, float* acc, Fold fold) const {
        for (int map = firstMap; map < endMap; map++) {
            const float* row = images + ((size_t) map * pixels + pixel) * n.numImages;
#pragma unroll
            for (int i = 0; i < IMAGES_PER_THREAD; i++) {
                acc[i] = fold(acc[i], row[n[i]]);
            }
        }
    }
};

struct AddSquare {
    __device__ __forceinline__ float operator()(float acc, float value) const {
        return __fmaf_rn(value, value, acc);
    }
};

struct Add {
    __device__ __forceinline__ float operator()(float acc, float value) const {
        return acc + value;
    }
};

template <class Window>
static __device__ __forceinline__ void contrastNorm(const Window& window, const float* images, const float* meanDiffs, float* denoms,
                                                    float* target, int row, int imgSize, int numImages,
                                                    float addScale, float powScale, float minDiv) {
    ThreadImages n(numImages);
    float acc[IMAGES_PER_THREAD] = {};
    window.fold(meanDiffs, imgSize, n, acc, AddSquare());
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            size_t at = (size_t) row * numImages + n[i];
            float denom = __fmaf_rn(acc[i], addScale, minDiv);
            denoms[at] = denom;
            target[at] = images[at] * math::pow(denom, -powScale);
        }
    }
}

template <class Window>
static __device__ __forceinline__ void contrastNormUndo(const Window& window, const float* outGrads, const float* denoms,
                                                        const float* inputs, const float* acts, float* target, int row, int imgSize,
                                                        int numImages, float powScale, const ImageStore& store) {
    ThreadImages n(numImages);
    float acc[IMAGES_PER_THREAD] = {};
    window.fold(acts, imgSize, n, acc, Add());
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            size_t at = (size_t) row * numImages + n[i];
            float value = __fmaf_rn(inputs[at], acc[i], outGrads[at] * math::pow(denoms[at], -powScale));
            store.store(target + at, value);
        }
    }
}

extern "C" __global__ void kCNorm(const float* images, const float* meanDiffs, float* denoms, float* target, int imgSize,
                                  int numFilters, int numImages, int sizeX, float addScale, float powScale, float minDiv) {
    int row = imageRow();
    if (row < numFilters * imgSize * imgSize) {
        contrastNorm(MapWindow(row, imgSize, forwardStart(sizeX), sizeX), images, meanDiffs, denoms, target, row, imgSize, numImages,
                     addScale, powScale, minDiv);
    }
}

// 1 <= sizeF <= numFilters.
extern "C" __global__ void kFCNorm(const float* images, const float* meanDiffs, float* denoms, float* target, int imgSize,
                                   int numFilters, int numImages, int sizeF, float addScale, float powScale, float minDiv, int blocked) {
    int row = imageRow();
    if (row < numFilters * imgSize * imgSize) {
        contrastNorm(ChannelWindow(row, numFilters, imgSize, forwardStart(sizeF), sizeF, blocked != 0), images, meanDiffs, denoms,
                     target, row, imgSize, numImages, addScale, powScale, minDiv);
    }
}

// Before either gradient: acts = ((k * outGrads) * acts) / denoms with k = (-2 * addScale) * powScale.
// Block 128, grid any: threads stride over the elements.
extern "C" __global__ void kRNormUndoPrelims(const float* outGrads, const float* denoms, float* acts, int numElements, float k) {
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < numElements; i += gridDim.x * blockDim.x) {
        acts[i] = math::divide(k * outGrads[i] * acts[i], denoms[i]);
    }
}

// acts as kRNormUndoPrelims left it; target may be outGrads. readsTarget is 0 for the scales (0, 1), else 1, or the other way round
// where the defect of the large windows is reproduced: then the scales are (0, 1) for readsTarget 0.
extern "C" __global__ void kRNormUndo(const float* outGrads, const float* denoms, const float* inputs, const float* acts, float* target,
                                      int imgSize, int numFilters, int numImages, int sizeX, float powScale,
                                      int readsTarget, float scaleTargets, float scaleOutput) {
    int row = imageRow();
    if (row < numFilters * imgSize * imgSize) {
        contrastNormUndo(MapWindow(row, imgSize, mirroredStart(sizeX), sizeX), outGrads, denoms, inputs, acts, target, row, imgSize,
                         numImages, powScale, ImageStore{readsTarget != 0, scaleTargets, scaleOutput});
    }
}

// As kRNormUndo; readsTarget is 0 for the scales (0, 1), else 1.
extern "C" __global__ void kFRNormUndo(const float* outGrads, const float* denoms, const float* inputs, const float* acts, float* target,
                                       int imgSize, int numFilters, int numImages, int sizeF, float powScale, int blocked,
                                       int readsTarget, float scaleTargets, float scaleOutput) {
    int row = imageRow();
    if (row < numFilters * imgSize * imgSize) {
        contrastNormUndo(ChannelWindow(row, numFilters, imgSize, mirroredStart(sizeF), sizeF, blocked != 0), outGrads, denoms, inputs,
                         acts, target, row, imgSize, numImages, powScale, ImageStore{readsTarget != 0, scaleTargets, scaleOutput});
    }
}

// The target is not read if scaleTarget is 0.
extern "C" __global__ void kTICA(const float* images, float* target, int imgSize, int numFilters, int numImages, int sizeX,
                                 float scaleTarget, float scaleOutput) {
    int row = imageRow();
    if (row >= numFilters * imgSize * imgSize) {
        return;
    }
    ThreadImages n(numImages);
    float acc[IMAGES_PER_THREAD] = {};
    MapWindow(row, imgSize, forwardStart(sizeX), sizeX).fold(images, imgSize, n, acc, AddSquare());
    ImageStore store{scaleTarget != 0.0f, scaleTarget, scaleOutput};
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            float divisor = (float) (__fsqrt_rn(acc[i]) + 0.001);
            store.store(target + (size_t) row * numImages + n[i], math::divide(1.0f, divisor));
        }
    }
}

// addsSquareRoot: the form with scaleTarget other than 0 takes the square root of the sum, as in 2012. keepsWindow: the sum is over the
// window of kTICA, as in 2012, instead of the windows that hold the pixel; they differ for even sizes.
extern "C" __global__ void kTICAGrad(const float* images, const float* ticas, float* target, int imgSize, int numFilters, int numImages,
                                     int sizeX, float scaleTarget, float scaleOutput, int addsSquareRoot, int keepsWindow) {
    int row = imageRow();
    if (row >= numFilters * imgSize * imgSize) {
        return;
    }
    ThreadImages n(numImages);
    float acc[IMAGES_PER_THREAD] = {};
    int start = keepsWindow ? forwardStart(sizeX) : mirroredStart(sizeX);
    MapWindow(row, imgSize, start, sizeX).fold(ticas, imgSize, n, acc, Add());
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            size_t at = (size_t) row * numImages + n[i];
            float scaledImage = images[at] * scaleOutput;
            if (scaleTarget == 0.0f) {
                target[at] = -(scaledImage * acc[i]);
            } else {
                float sum = addsSquareRoot ? __fsqrt_rn(acc[i]) : acc[i];
                target[at] = scaleTarget * target[at] - scaledImage * sum;
            }
        }
    }
}

// In place, a thread per module and filter. Block (32, 4), grid x = ceildiv(numFilters, 32), y = ceildiv(numModules, 4).
extern "C" __global__ void kNormalizeLCWeights(float* weights, int weightsPerFilter, int numFilters, int numModules, float norm) {
    int filter = blockIdx.x * blockDim.x + threadIdx.x;
    int module = blockIdx.y * blockDim.y + threadIdx.y;
    if (filter >= numFilters || module >= numModules) {
        return;
    }
    weights += (size_t) module * weightsPerFilter * numFilters + filter;
    float sum = 0.0f;
#pragma unroll 8
    for (int p = 0; p < weightsPerFilter; p++) {
        float weight = weights[(size_t) p * numFilters];
        sum = __fmaf_rn(weight, weight, sum);
    }
    float length = __fsqrt_rn(sum);
    float factor = length > norm ? math::divide(norm, length) : 1.0f;
    for (int p = 0; p < weightsPerFilter; p++) {
        weights[(size_t) p * numFilters] *= factor;
    }
}
