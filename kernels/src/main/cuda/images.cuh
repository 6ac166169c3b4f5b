// What kernels on images share: (channel, y, x) x image, the image index fastest and never summed over.
#pragma once

#include "device.cuh"

constexpr int IMAGES_PER_THREAD = 4;

// The thread's row, a pixel of a channel. Blocks of (32, 4): grid x = ceildiv(rows, 4), y = ceildiv(numImages, 128).
static __device__ __forceinline__ int imageRow() {
    return blockIdx.x * blockDim.y + threadIdx.y;
}

// The thread's images, 32 apart. Those behind the last one are read as the last one and not stored.
struct ThreadImages {
    int first, numImages;

    __device__ __forceinline__ explicit ThreadImages(int numImages)
            : first(blockIdx.y * 32 * IMAGES_PER_THREAD + threadIdx.x), numImages(numImages) {
    }

    __device__ __forceinline__ int operator[](int i) const {
        return min(first + 32 * i, numImages - 1);
    }

    __device__ __forceinline__ bool stores(int i) const {
        return first + 32 * i < numImages;
    }
};

// How a result enters its target (spec: kernels-overview.md section 6).
struct ImageStore {
    bool readsTarget;
    float scaleTarget, scaleOutput;

    __device__ __forceinline__ void store(float* target, float value) const {
        float scaled = scaleOutput * value;
        *target = readsTarget ? __fmaf_rn(*target, scaleTarget, scaled) : scaled;
    }
};
