// Blur, bed of nails, resizing, colour spaces, reflection and crop (spec: kernels-pool-norm.md sections 10 to 14), in the order that
// org.cudaconvnet.kernels.ImageTransforms defines. Sources have a stride where one is given; all else is contiguous.
//
// Geometry, where nothing else is said: block (32, 4), grid x = ceildiv(rows, 4) with the rows of target,
// y = ceildiv(numImages, 128); no shared memory.
#include "images.cuh"
#include "math.cuh"

// True if the compiler of 2012 shared the product with the outermost tap at this pixel: the last step of a group of four of the steady
// steps, which begin at pixel `radius`, and the single steps at the end.
static __device__ __forceinline__ bool sharesProduct(int u, int radius, int imgSize) {
    int step = u - radius;
    return step >= (imgSize - radius) / 4 * 4 || step % 4 == 3;
}

// The pixels around t in `window`, t in the middle; those outside the image are not used.
template <int radius>
static __device__ __forceinline__ float sumAround(int t, const float* window, const float* taps, int imgSize) {
    float sum = 0.0f;
    bool fusedFirst = t - radius >= radius && !sharesProduct(t - radius, radius, imgSize);
#pragma unroll
    for (int j = 0; j <= 2 * radius; j++) {
        int u = t - radius + j;
        float tap = taps[j <= radius ? j : 2 * radius - j];
        if (u < 0 || u >= imgSize || (j == 1 && fusedFirst)) {
            continue;
        }
        if (j == 0 && fusedFirst) {
            sum = __fmaf_rn(taps[0], window[0], taps[1] * window[1]);
        } else if (j == 0 && u >= radius) {
            sum = tap * window[0];
        } else if (j == 2 * radius && sharesProduct(u, radius, imgSize)) {
            sum = sum + tap * window[j];
        } else {
            sum = __fmaf_rn(tap, window[j], sum);
        }
    }
    return sum;
}

// A thread walks along one line of one image and holds what it still needs, so that target may be images.
template <int radius>
static __device__ __forceinline__ void gaussianBlur(const float* images, const float* filter, float* target, int imgSize, int numChannels,
                                                    int numImages, int imgStride, int horiz, float scaleTargets, float scaleOutputs) {
    int line = imageRow();
    int image = blockIdx.y * blockDim.x + threadIdx.x;
    if (line >= numChannels * imgSize || image >= numImages) {
        return;
    }
    int first = horiz ? line * imgSize : line / imgSize * imgSize * imgSize + line % imgSize;
    int step = horiz ? 1 : imgSize;
    ImageStore store{scaleTargets != 0.0f, scaleTargets, scaleOutputs};
    float taps[radius + 1];
#pragma unroll
    for (int i = 0; i <= radius; i++) {
        taps[i] = filter[i];
    }
    float window[2 * radius + 1] = {};
#pragma unroll
    for (int i = 0; i < radius; i++) {
        window[radius + 1 + i] = images[(size_t) (first + i * step) * imgStride + image];
    }
    for (int t = 0; t < imgSize; t++) {
#pragma unroll
        for (int i = 0; i < 2 * radius; i++) {
            window[i] = window[i + 1];
        }
        if (t + radius < imgSize) {
            window[2 * radius] = images[(size_t) (first + (t + radius) * step) * imgStride + image];
        }
        store.store(target + (size_t) (first + t * step) * numImages + image, sumAround<radius>(t, window, taps, imgSize));
    }
}

// filter: the first radius + 1 taps are read. imgSize > 2 * radius. The target is not read if scaleTargets is 0.
// Block (32, 4), grid x = ceildiv(numChannels * imgSize, 4), y = ceildiv(numImages, 32).
#define GAUSSIAN_BLUR(radius) \
    extern "C" __global__ void kGaussianBlur_##radius(const float* images, const float* filter, float* target, int imgSize, \
                                                      int numChannels, int numImages, int imgStride, int horiz, float scaleTargets, \
                                                      float scaleOutputs) { \
        gaussianBlur<radius>(images, filter, target, imgSize, numChannels, numImages, imgStride, horiz, scaleTargets, scaleOutputs); \
    }

GAUSSIAN_BLUR(1)
GAUSSIAN_BLUR(2)
GAUSSIAN_BLUR(3)
GAUSSIAN_BLUR(4)

// Row of the image pixel under nail (y, x) of a channel.
static __device__ __forceinline__ int nailedRow(int row, int imgSize, int startX, int strideX, int outputsX) {
    int x = startX + row % outputsX * strideX;
    int y = startX + row / outputsX % outputsX * strideX;
    return (row / (outputsX * outputsX) * imgSize + y) * imgSize + x;
}

// Both directions: rows are those of the nails, numChannels * outputsX^2. The target is not read if scaleTargets is 0.
extern "C" __global__ void kBedOfNails(const float* images, float* target, int imgSize, int numChannels, int numImages,
                                       int startX, int strideX, int outputsX, float scaleTargets, float scaleOutput) {
    int row = imageRow();
    if (row >= numChannels * outputsX * outputsX) {
        return;
    }
    images += (size_t) nailedRow(row, imgSize, startX, strideX, outputsX) * numImages;
    target += (size_t) row * numImages;
    ThreadImages n(numImages);
    ImageStore store{scaleTargets != 0.0f, scaleTargets, scaleOutput};
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            store.store(target + n[i], images[n[i]]);
        }
    }
}

// If scaleTargets is 0 the target must have been filled with +0 before.
extern "C" __global__ void kBedOfNailsUndo(const float* actsGrad, float* target, int imgSize, int numChannels, int numImages,
                                           int startX, int strideX, int outputsX, float scaleTargets, float scaleOutput) {
    int row = imageRow();
    if (row >= numChannels * outputsX * outputsX) {
        return;
    }
    actsGrad += (size_t) row * numImages;
    target += (size_t) nailedRow(row, imgSize, startX, strideX, outputsX) * numImages;
    ThreadImages n(numImages);
    ImageStore store{scaleTargets != 0.0f, scaleTargets, scaleOutput};
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            store.store(target + n[i], actsGrad[n[i]]);
        }
    }
}

static __device__ __forceinline__ float sourceCoordinate(int t, int imgSize, float scale, float centerScale) {
    return fmaxf(0.0f, fminf((float) imgSize - 1.01f, __fmaf_rn((float) t, scale, centerScale)));
}

// centerScale = imgSize / 2 - tgtSize / 2 * scale in binary64, rounded. imgSize at least 2.
extern "C" __global__ void kResizeBilinear(const float* images, float* target, int imgSize, int tgtSize, int numChannels, int numImages,
                                           int imgStride, float scale, float centerScale) {
    int row = imageRow();
    if (row >= numChannels * tgtSize * tgtSize) {
        return;
    }
    float sourceX = sourceCoordinate(row % tgtSize, imgSize, scale, centerScale);
    float sourceY = sourceCoordinate(row / tgtSize % tgtSize, imgSize, scale, centerScale);
    float left = (float) __float2int_rd(sourceX + 1.0f) - sourceX;
    float below = sourceY - (float) __float2int_rd(sourceY);
    int pixel = (row / (tgtSize * tgtSize) * imgSize + __float2int_rz(sourceY)) * imgSize + __float2int_rz(sourceX);
    const float* upper = images + (size_t) pixel * imgStride;
    const float* lower = upper + (size_t) imgSize * imgStride;
    target += (size_t) row * numImages;
    ThreadImages n(numImages);
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        float topRight = upper[imgStride + n[i]];
        float bottomRight = lower[imgStride + n[i]];
        float top = __fmaf_rn(left, upper[n[i]] - topRight, topRight);
        float bottom = __fmaf_rn(left, lower[n[i]] - bottomRight, bottomRight);
        if (n.stores(i)) {
            target[n[i]] = __fmaf_rn(below, bottom - top, top);
        }
    }
}

// Converts each (r, g, b) of three planes; rows are the pixels of one plane.
template <class Conversion>
static __device__ __forceinline__ void convert(const float* images, float* target, int imgPixels, int numImages, int imgStride,
                                               int targetStride, Conversion conversion) {
    int pixel = imageRow();
    if (pixel >= imgPixels) {
        return;
    }
    size_t imgPlane = (size_t) imgPixels * imgStride;
    size_t targetPlane = (size_t) imgPixels * targetStride;
    images += (size_t) pixel * imgStride;
    target += (size_t) pixel * targetStride;
    ThreadImages n(numImages);
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            const float* rgb = images + n[i];
            float* out = target + n[i];
            conversion(rgb[0], rgb[imgPlane], rgb[2 * imgPlane], out[0], out[targetPlane], out[2 * targetPlane]);
        }
    }
}

// grid x = ceildiv(imgPixels, 4). numImages is not a multiple of 64.
extern "C" __global__ void kRGBToYUV(const float* images, float* target, int imgPixels, int numImages, int imgStride, int targetStride) {
    convert(images, target, imgPixels, numImages, imgStride, targetStride,
            [](float r, float g, float b, float& y, float& u, float& v) {
        y = __fmaf_rn(b, 0.0722f, __fmaf_rn(r, 0.2126f, g * 0.7152f));
        u = __fmaf_rn(b, 0.436f, __fmaf_rn(g, -0.33609f, r * -0.09991f));
        v = __fmaf_rn(b, -0.05639f, __fmaf_rn(r, 0.615f, g * -0.55861f));
    });
}

// grid x = ceildiv(imgPixels, 4). numImages is a multiple of 64: in 2012 another kernel, with fewer fused products.
extern "C" __global__ void kRGBToYUV_64(const float* images, float* target, int imgPixels, int numImages, int imgStride, int targetStride) {
    convert(images, target, imgPixels, numImages, imgStride, targetStride,
            [](float r, float g, float b, float& y, float& u, float& v) {
        y = __fmaf_rn(b, 0.0722f, __fmaf_rn(r, 0.2126f, g * 0.7152f));
        u = __fmaf_rn(b, 0.436f, r * -0.09991f + g * -0.33609f);
        v = r * 0.615f + g * -0.55861f + b * -0.05639f;
    });
}

static __device__ __forceinline__ float compress(float t) {
    return t > 0.0088564517f ? math::pow(t, 0.3333f) : __fmaf_rn(t, 7.787037f, 0.13793103f);
}

// grid x = ceildiv(imgPixels, 4).
extern "C" __global__ void kRGBToLAB(const float* images, float* target, int imgPixels, int numImages, int imgStride, int targetStride,
                                     int center) {
    convert(images, target, imgPixels, numImages, imgStride, targetStride,
            [center](float r, float g, float b, float& lightness, float& greenRed, float& blueYellow) {
        float x = compress(__fmaf_rn(b, 0.2f, __fmaf_rn(r, 0.49f, g * 0.31f)));
        float y = compress(__fmaf_rn(b, 0.01063f, __fmaf_rn(r, 0.17697f, g * 0.8124f)));
        float z = compress(__fmaf_rn(g, 0.01f, b * 0.99f));
        float l = __fmaf_rn(116.0f, y, -16.0f);
        lightness = center ? l - 50.0f : l;
        greenRed = 500.0f * (x - y);
        blueYellow = 200.0f * (y - z);
    });
}

extern "C" __global__ void kReflectHorizontal(const float* images, float* target, int imgSize, int numChannels, int numImages,
                                              int imgStride, float scaleTargets) {
    int row = imageRow();
    if (row >= numChannels * imgSize * imgSize) {
        return;
    }
    int mirrored = row - row % imgSize + imgSize - 1 - row % imgSize;
    images += (size_t) mirrored * imgStride;
    target += (size_t) row * numImages;
    ImageStore store{scaleTargets != 0.0f, scaleTargets, 1.0f};
    ThreadImages n(numImages);
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            store.store(target + n[i], images[n[i]]);
        }
    }
}

extern "C" __global__ void kCrop(const float* images, float* target, int imgSize, int tgtSize, int numChannels, int numImages,
                                 int imgStride, int startY, int startX) {
    int row = imageRow();
    if (row >= numChannels * tgtSize * tgtSize) {
        return;
    }
    int x = row % tgtSize + startX;
    int y = row / tgtSize % tgtSize + startY;
    images += (size_t) ((row / (tgtSize * tgtSize) * imgSize + y) * imgSize + x) * imgStride;
    target += (size_t) row * numImages;
    ThreadImages n(numImages);
#pragma unroll
    for (int i = 0; i < IMAGES_PER_THREAD; i++) {
        if (n.stores(i)) {
            target[n[i]] = images[n[i]];
        }
    }
}
