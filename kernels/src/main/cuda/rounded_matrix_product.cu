// The matrix product as the golden data hold it (org.cudaconvnet.kernels.Arithmetic.ROUNDED_2012): accumulated and scaled in binary64,
// where the products of binary32 numbers are exact, and rounded once. It serves to check the data, not to train.
#include "device.cuh"

// target = scaleThis * target + scaleAB * a b; the target is not read if scaleThis is 0. An element lies rowStep * row + colStep * col
// after the first of its matrix; a and b span fewer than 2^31 elements each. Block (32, 8), grid x = ceildiv(numCols, 32), y = ceildiv(numRows, 8); no shared memory.
extern "C" __global__ void __launch_bounds__(256)
kRoundedMatrixProduct(const float* a, const float* b, float* target, int numRows, int numCols, int numInner, int aRowStep, int aColStep,
                      int bRowStep, int bColStep, int targetRowStep, int targetColStep, float scaleThis, float scaleAB) {
    int row = blockIdx.y * blockDim.y + threadIdx.y;
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= numRows || col >= numCols) {
        return;
    }
    double sum = 0.0;
    for (int k = 0; k < numInner; k++) {
        sum += static_cast<double>(a[row * aRowStep + k * aColStep]) * b[k * bRowStep + col * bColStep];
    }
    float& out = target[static_cast<size_t>(row) * targetRowStep + static_cast<size_t>(col) * targetColStep];
    double old = scaleThis == 0.0f ? 0.0 : static_cast<double>(scaleThis) * out;
    double scaled = scaleAB * sum;
    out = static_cast<float>(scaled + old);
}
