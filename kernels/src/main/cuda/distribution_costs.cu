// Costs against a matrix of labels, one for every class and case (spec: layers.md section 12), in the order that
// org.cudaconvnet.kernels.DistributionCosts defines. Matrices are (class, case) with the case fastest and a stride from class to class;
// results per case are contiguous.
#include "elements.cuh"
#include "math.cuh"

static __device__ __forceinline__ float safelog(float x) {
    return x <= 0.0f ? -50.0f : math::log(x);
}

// Block 128, grid ceildiv(numCases, 128); no shared memory.
extern "C" __global__ void kCrossEntCost(const float* labels, const float* probs, float* labelLogProbs, float* correctProbs, int numCases,
                                         int numOut, int labelsStride, int probsStride) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;
    if (n >= numCases) {
        return;
    }
    float max = probs[n];
#pragma unroll 8
    for (int j = 1; j < numOut; j++) {
        float prob = probs[(size_t) j * probsStride + n];
        max = prob > max ? prob : max;
    }
    float sum = 0.0f;
    int count = 0;
    int hits = 0;
    for (int j = 0; j < numOut; j++) {
        float label = labels[(size_t) j * labelsStride + n];
        float prob = probs[(size_t) j * probsStride + n];
        sum = __fmaf_rn(label, safelog(prob), sum);
        count += prob == max;
        hits += prob == max && label > 0.0f;
    }
    labelLogProbs[n] = sum;
    correctProbs[n] = hits == 0 ? 0.0f : __fdiv_rn(1.0f, (float) count);
}

// The kernels below: block (32, 8), grid x = min(65535, ceildiv(numCases, 32)), y = min(65535, ceildiv(numOut, 8)); no shared memory.
// With add they add to the target. But for kCrossEntSoftmaxGrad the target may be an operand.

// coeff * (label / prob)
extern "C" __global__ void kCrossEntGrad(const float* labels, const float* probs, float* target, int numCases, int numOut,
                                         int labelsStride, int probsStride, int targetStride, int add, float coeff) {
    Operand label{labels, labelsStride, 1};
    Operand prob{probs, probsStride, 1};
    forEachElement(target, numOut, numCases, targetStride, [=](int j, int n, float& out) {
        float ratio = math::divide(label(j, n), prob(j, n));
        out = add ? __fmaf_rn(coeff, ratio, out) : coeff * ratio;
    });
}

// coeff * sum over k of label_k * ((k == class) - prob): the gradients of softmax and cost in one.
extern "C" __global__ void kCrossEntSoftmaxGrad(const float* labels, const float* probs, float* target, int numCases, int numOut,
                                                int labelsStride, int probsStride, int targetStride, int add, float coeff) {
    Operand label{labels, labelsStride, 1};
    Operand prob{probs, probsStride, 1};
    forEachElement(target, numOut, numCases, targetStride, [=](int j, int n, float& out) {
        float own = prob(j, n);
        float sum = 0.0f;
#pragma unroll 8
        for (int k = 0; k < numOut; k++) {
            sum = __fmaf_rn(label(k, n), oneIf(k == j) - own, sum);
        }
        out = add ? __fmaf_rn(sum, coeff, out) : sum * coeff;
    });
}

// label * log(prob) + (1 - label) * log(1 - prob)
extern "C" __global__ void kCrossEnt2Cost(const float* labels, const float* probs, float* target, int numCases, int numOut,
                                          int labelsStride, int probsStride, int targetStride) {
    Operand label{labels, labelsStride, 1};
    Operand prob{probs, probsStride, 1};
    forEachElement(target, numOut, numCases, targetStride, [=](int j, int n, float& out) {
        float t = label(j, n);
        float y = prob(j, n);
        out = __fmaf_rn(t, safelog(y), (1.0f - t) * safelog(1.0f - y));
    });
}

// coeff * (label / prob - (1 - label) / (1 - prob)). addsQuotients: the quotients are added, as in 2012.
extern "C" __global__ void kCrossEnt2Grad(const float* labels, const float* probs, float* target, int numCases, int numOut,
                                          int labelsStride, int probsStride, int targetStride, int add, float coeff, int addsQuotients) {
    Operand label{labels, labelsStride, 1};
    Operand prob{probs, probsStride, 1};
    forEachElement(target, numOut, numCases, targetStride, [=](int j, int n, float& out) {
        float t = label(j, n);
        float y = prob(j, n);
        float hit = math::divide(t, y);
        float miss = math::divide(1.0f - t, 1.0f - y);
        float difference = addsQuotients ? hit + miss : hit - miss;
        out = add ? __fmaf_rn(coeff, difference, out) : coeff * difference;
    });
}

// coeff * label - coeff * prob: the gradients of logistic neuron and cost in one.
extern "C" __global__ void kCrossEnt2LogisticGrad(const float* labels, const float* probs, float* target, int numCases, int numOut,
                                                  int labelsStride, int probsStride, int targetStride, int add, float coeff) {
    Operand label{labels, labelsStride, 1};
    Operand prob{probs, probsStride, 1};
    forEachElement(target, numOut, numCases, targetStride, [=](int j, int n, float& out) {
        float v = __fmaf_rn(-coeff, prob(j, n), coeff * label(j, n));
        out = add ? out + v : v;
    });
}

// log(1 + (act - label)^2)
extern "C" __global__ void kRflickrCost(const float* labels, const float* acts, float* target, int numCases, int numOut,
                                        int labelsStride, int actsStride, int targetStride) {
    Operand label{labels, labelsStride, 1};
    Operand act{acts, actsStride, 1};
    forEachElement(target, numOut, numCases, targetStride, [=](int j, int n, float& out) {
        float d = act(j, n) - label(j, n);
        out = math::log(__fmaf_rn(d, d, 1.0f));
    });
}

// -coeff * (2 d / (1 + d^2)), d = act - label
extern "C" __global__ void kRflickrGrad(const float* labels, const float* acts, float* target, int numCases, int numOut,
                                        int labelsStride, int actsStride, int targetStride, int add, float coeff) {
    Operand label{labels, labelsStride, 1};
    Operand act{acts, actsStride, 1};
    forEachElement(target, numOut, numCases, targetStride, [=](int j, int n, float& out) {
        float d = act(j, n) - label(j, n);
        float ratio = math::divide(2.0f * d, __fmaf_rn(d, d, 1.0f));
        out = add ? __fmaf_rn(-coeff, ratio, out) : -coeff * ratio;
    });
}
