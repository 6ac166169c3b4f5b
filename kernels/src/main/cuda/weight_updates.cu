// The update rule (spec: weight-update.md section 2), as org.cudaconvnet.kernels.WeightUpdates defines it.
#include "elements.cuh"

// Everything in the storage order of weights and inc; gradient may have the other one, or be a null pointer. decay is the host product
// -wc * eps, 0 for none. Geometry: as elementwise.cu.
extern "C" __global__ void kUpdateWeights(float* weights, float* inc, const float* gradient, int height, int width, int weightsStep,
                                          int incStep, int gradientRowStep, int gradientColStep, float momentum, float decay) {
    Operand gradients{gradient, gradientRowStep, gradientColStep};
    forEachElement(weights, height, width, weightsStep, [=](int row, int col, float& weight) {
        float& stored = inc[(size_t) row * incStep + col];
        float step = stored;
        if (gradient != nullptr) {
            float own = gradients(row, col);
            step = momentum == 0.0f ? own : __fmaf_rn(momentum, step, own);
        }
        if (decay != 0.0f) {
            step = step + decay * weight;
        }
        stored = step;
        weight = weight + step;
    });
}
