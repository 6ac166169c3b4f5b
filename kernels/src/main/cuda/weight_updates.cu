// The update rule (spec: weight-update.md sections 2 and 4), as org.cudaconvnet.kernels.WeightUpdates defines it.
#include "elements.cuh"

// Everything in the storage order of weights and inc; gradient may have the other one, or be a null pointer. decay is the host product
// -wc * eps, 0 for none. Geometry: as elementwise.cu.
extern "C" __global__ void kUpdateWeights(float* weights, float* inc, const float* gradient, int height, int width, int weightsStep,
                                          int incStep, int gradientRowStep, int gradientColStep, float momentum, float rate,
                                          float decay) {
    Operand gradients{gradient, gradientRowStep, gradientColStep};
    forEachElement(weights, height, width, weightsStep, [=](int row, int col, float& weight) {
        float& stored = inc[(size_t) row * incStep + col];
        float step = stored;
        if (gradient != nullptr) {
            float own = rate * gradients(row, col);
            step = momentum == 0.0f ? own : __fmaf_rn(momentum, step, own);
        }
        if (decay != 0.0f) {
            step = step + decay * weight;
        }
        stored = step;
        weight = weight + step;
    });
}

// Sums of squares become factors that bring lengths within [lower, upper]. Geometry: as elementwise.cu.
extern "C" __global__ void kLengthFactors(float* sumsOfSquares, int height, int width, int step, float divisor, float lower, float upper) {
    forEachElement(sumsOfSquares, height, width, step, [=](int, int, float& value) {
        float length = __fdiv_rn(__fsqrt_rn(value), divisor);
        float limit = length < lower ? lower : length > upper ? upper : length;
        value = length == 0.0f || length != length ? 1.0f : __fdiv_rn(limit, length);
    });
}
