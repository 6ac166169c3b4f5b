// What element-wise kernels share. Operands and target are seen in the target's storage order: element (row, col) is at
// row * rowStep + col * colStep, the target's colStep being 1; a repeated vector has the step 0 along the other dimension, an
// operand of the other storage order has its two steps exchanged.
#pragma once

#include "device.cuh"

struct Operand {
    const float* values;
    int rowStep, colStep;

    __device__ __forceinline__ float operator()(int row, int col) const {
        return values[(size_t) row * rowStep + (size_t) col * colStep];
    }
};

// Runs body(row, col, element of target) for all elements, any block and grid: threads stride in both directions.
template <class Body>
static __device__ __forceinline__ void forEachElement(float* target, int height, int width, int targetStep, Body body) {
    for (int row = blockIdx.y * blockDim.y + threadIdx.y; row < height; row += gridDim.y * blockDim.y) {
        for (int col = blockIdx.x * blockDim.x + threadIdx.x; col < width; col += gridDim.x * blockDim.x) {
            body(row, col, target[(size_t) row * targetStep + col]);
        }
    }
}

static __device__ __forceinline__ float oneIf(bool condition) {
    return condition ? 1.0f : 0.0f;
}
