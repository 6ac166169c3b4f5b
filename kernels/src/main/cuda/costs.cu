// Softmax, logistic regression and element-wise maximum (spec: kernels-layer-and-matrix.md section 1), in the order that
// org.cudaconvnet.kernels.Costs defines. Class matrices are (class, case) with the case fastest and a stride from class to class; labels
// and results per case are contiguous. A label is truncated toward zero.
#include "elements.cuh"
#include "math.cuh"

// -1 if the label is no class.
static __device__ __forceinline__ int classOf(float label, int numOut) {
    return label > -1.0f && label < (float) numOut ? __float2int_rz(label) : -1;
}

// A label that is no class gets the log-probability NaN. Block 128, grid ceildiv(numCases, 128); no shared memory.
extern "C" __global__ void kLogregCost(const float* labels, const float* probs, float* labelLogProbs, float* correctProbs, int numCases,
                                       int numOut, int probsStride) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;
    if (n >= numCases) {
        return;
    }
    int label = classOf(labels[n], numOut);
    if (label < 0) {
        labelLogProbs[n] = __uint_as_float(0x7fc00000);
        correctProbs[n] = 0.0f;
        return;
    }
    float labelProb = probs[(size_t) label * probsStride + n];
    float max = probs[n];
#pragma unroll 8
    for (int j = 1; j < numOut; j++) {
        float prob = probs[(size_t) j * probsStride + n];
        max = prob > max ? prob : max;
    }
    int count = 0;
#pragma unroll 8
    for (int j = 0; j < numOut; j++) {
        count += probs[(size_t) j * probsStride + n] == max;
    }
    labelLogProbs[n] = math::log(labelProb);
    correctProbs[n] = labelProb != max ? 0.0f : __fdiv_rn(1.0f, (float) count);
}

// Whether a label is right is decided by ranked. A label that is no class gets the log-probability NaN, a NaN is never right.
// Block 128, grid ceildiv(numCases, 128); no shared memory.
extern "C" __global__ void kLogregTopkCost(const float* labels, const float* probs, const float* ranked, float* labelLogProbs,
                                           float* correctProbs, float* topProbs, int numCases, int numOut, int probsStride,
                                           int rankedStride, int k) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;
    if (n >= numCases) {
        return;
    }
    int label = classOf(labels[n], numOut);
    if (label < 0) {
        labelLogProbs[n] = __uint_as_float(0x7fc00000);
        correctProbs[n] = 0.0f;
        topProbs[n] = 0.0f;
        return;
    }
    float own = ranked[(size_t) label * rankedStride + n];
    int above = 0;
    int equal = 0;
#pragma unroll 8
    for (int j = 0; j < numOut; j++) {
        float other = ranked[(size_t) j * rankedStride + n];
        above += other > own;
        equal += other == own;
    }
    int left = k - above;
    labelLogProbs[n] = math::log(probs[(size_t) label * probsStride + n]);
    correctProbs[n] = above > 0 || equal == 0 ? 0.0f : __fdiv_rn(1.0f, (float) equal);
    topProbs[n] = left <= 0 || equal == 0 ? 0.0f : equal <= left ? 1.0f : __fdiv_rn((float) left, (float) equal);
}

// The kernels below, but for kSoftmax and kEltwiseMaxGrad: block (32, 8), grid x = min(65535, ceildiv(numCases, 32)),
// y = min(65535, ceildiv(numOut, 8)); no shared memory. With add they add to the target.

// coeff * (label == class) / prob. The target may be probs if not add.
extern "C" __global__ void kLogregCostGrad(const float* labels, const float* probs, float* target, int numCases, int numOut,
                                           int probsStride, int targetStride, int add, float coeff) {
    Operand prob{probs, probsStride, 1};
    forEachElement(target, numOut, numCases, targetStride, [=](int j, int n, float& out) {
        float v = math::divide(coeff * oneIf(classOf(labels[n], numOut) == j), prob(j, n));
        out = add ? v + out : v;
    });
}

// coeff * ((label == class) - prob): the gradients of softmax and cost in one. The target may be probs.
extern "C" __global__ void kLogregSoftmaxGrad(const float* labels, const float* probs, float* target, int numCases, int numOut,
                                              int probsStride, int targetStride, int add, float coeff) {
    Operand prob{probs, probsStride, 1};
    forEachElement(target, numOut, numCases, targetStride, [=](int j, int n, float& out) {
        float d = oneIf(classOf(labels[n], numOut) == j) - prob(j, n);
        out = add ? __fmaf_rn(d, coeff, out) : d * coeff;
    });
}

// The target is neither acts nor actsGrad.
extern "C" __global__ void kSoftmaxGrad(const float* acts, const float* actsGrad, float* target, int numCases, int numOut, int actsStride,
                                        int actsGradStride, int targetStride, int add) {
    Operand act{acts, actsStride, 1};
    Operand grad{actsGrad, actsGradStride, 1};
    forEachElement(target, numOut, numCases, targetStride, [=](int k, int n, float& out) {
        float sum = 0.0f;
#pragma unroll 8
        for (int j = 0; j < numOut; j++) {
            sum = __fmaf_rn(grad(j, n), oneIf(j == k) - act(j, n), sum);
        }
        out = add ? __fmaf_rn(sum, act(k, n), out) : sum * act(k, n);
    });
}

// Maximum and sum over the classes one after the other, as the column reductions of 2012 took them; every thread of a case takes them
// again, and exponentials and quotients of every eighth class. The target may be inputs.
// Block (32, 8), grid ceildiv(numCases, 32); no shared memory.
extern "C" __global__ void kSoftmax(const float* inputs, float* target, int numCases, int numOut, int inputsStride, int targetStride) {
    // Threads behind the last case follow it to the barriers and store nothing.
    int n = blockIdx.x * 32 + threadIdx.x;
    bool stores = n < numCases;
    n = min(n, numCases - 1);
    float max = inputs[n];
#pragma unroll 8
    for (int j = 1; j < numOut; j++) {
        float input = inputs[(size_t) j * inputsStride + n];
        max = input > max ? input : max;
    }
    __syncthreads();
    for (int j = threadIdx.y; j < numOut && stores; j += 8) {
        target[(size_t) j * targetStride + n] = math::exp(inputs[(size_t) j * inputsStride + n] - max);
    }
    __syncthreads();
    float sum = target[n];
#pragma unroll 8
    for (int j = 1; j < numOut; j++) {
        sum = sum + target[(size_t) j * targetStride + n];
    }
    __syncthreads();
    for (int j = threadIdx.y; j < numOut && stores; j += 8) {
        float& out = target[(size_t) j * targetStride + n];
        out = math::divide(out, sum);
    }
}

// actGrad * (output == input). The target may be an operand if their steps agree. Geometry: as elementwise.cu.
extern "C" __global__ void kEltwiseMaxGrad(const float* actGrad, const float* input, const float* output, float* target, int height,
                                           int width, int actGradRowStep, int actGradColStep, int inputRowStep, int inputColStep,
                                           int outputRowStep, int outputColStep, int targetStep, int add) {
    Operand grads{actGrad, actGradRowStep, actGradColStep};
    Operand inputs{input, inputRowStep, inputColStep};
    Operand outputs{output, outputRowStep, outputColStep};
    forEachElement(target, height, width, targetStep, [=](int row, int col, float& out) {
        float isMax = oneIf(outputs(row, col) == inputs(row, col));
        out = add ? __fmaf_rn(grads(row, col), isMax, out) : grads(row, col) * isMax;
    });
}
