// Neurons and their gradients (spec: neurons.md, kernels-layer-and-matrix.md section 2), as org.cudaconvnet.kernels.Neurons defines
// them. a and b are the neuron's parameters.
//
// Geometry: as elementwise.cu.
#include "elements.cuh"
#include "math.cuh"

// tanh(-x / 2) in the steps of the original.
static __device__ __forceinline__ float tanhOfHalf(float x) {
    return math::divide(2.0f, 1.0f + math::exp(x)) - 1.0f;
}

// outputs = f(inputs); outputs may be inputs if their steps agree.
#define NEURON(name, value) \
    extern "C" __global__ void kNeuron_##name(const float* inputs, float* outputs, int height, int width, int inputsRowStep, \
                                              int inputsColStep, int outputsStep, float a, float b) { \
        Operand operand{inputs, inputsRowStep, inputsColStep}; \
        forEachElement(outputs, height, width, outputsStep, [=](int row, int col, float& out) { \
            float x = operand(row, col); \
            out = value; \
        }); \
    }

NEURON(Ident, x)
NEURON(Logistic, math::divide(1.0f, 1.0f + math::exp(-x)))
NEURON(Abs, x > 0.0f ? x : -x)
NEURON(Relu, x < 0.0f ? 0.0f : x)
NEURON(SoftRelu, x > 4.0f ? x : math::log(1.0f + math::exp(x)))
NEURON(Square, x * x)
NEURON(Sqrt, __fsqrt_rn(x))
NEURON(Tanh, a * tanhOfHalf(x * (-2.0f * b)))
NEURON(BRelu, x < 0.0f ? 0.0f : x > a ? a : x)
NEURON(Linear, __fmaf_rn(a, x, b))
NEURON(DRelu, __fmaf_rn(-a, tanhOfHalf(x * __fdiv_rn(-2.0f, a)), x))

// With the gradient g and z, the neuron's input or output, whichever org.cudaconvnet.kernels.Neuron says the gradient reads:
// target = rn(left * right), or, if add, fma(left, right, target). The target may be actsGrad if their steps agree and not add.
#define NEURON_GRAD(name, left, right) \
    extern "C" __global__ void kNeuronGrad_##name(const float* actsGrad, const float* acts, float* target, int height, int width, \
                                                  int actsGradRowStep, int actsGradColStep, int actsRowStep, int actsColStep, \
                                                  int targetStep, float a, float b, int add) { \
        Operand grads{actsGrad, actsGradRowStep, actsGradColStep}; \
        Operand values{acts, actsRowStep, actsColStep}; \
        forEachElement(target, height, width, targetStep, [=](int row, int col, float& out) { \
            float g = grads(row, col); \
            [[maybe_unused]] float z = values(row, col); \
            float l = left; \
            float r = right; \
            out = add ? __fmaf_rn(l, r, out) : l * r; \
        }); \
    }

// A conditional result: its product is rounded before it is added (golden-2012, neuron_softrelu_add).
static __device__ __forceinline__ float softReluGrad(float g, float z) {
    if (z > 4.0f) {
        return g;
    }
    float f = math::exp(z);
    return g * math::divide(f, 1.0f + f);
}

static __device__ __forceinline__ float tanhSlope(float z, float a) {
    float t = (1.0f - math::divide(z, a)) * 0.5f;
    return t * (t - 1.0f);
}

static __device__ __forceinline__ float squared(float t) {
    return t * t;
}

NEURON_GRAD(Ident, g, 1.0f)
NEURON_GRAD(Logistic, g * z, 1.0f - z)
NEURON_GRAD(Abs, g, z > 0.0f ? 1.0f : -1.0f)
NEURON_GRAD(Relu, g, oneIf(z > 0.0f))
NEURON_GRAD(SoftRelu, softReluGrad(g, z), 1.0f)
NEURON_GRAD(Square, g * 2.0f, z)
NEURON_GRAD(Sqrt, math::divide(g, 2.0f * z), 1.0f)
NEURON_GRAD(Tanh, g * (-4.0f * a * b), tanhSlope(z, a))
NEURON_GRAD(BRelu, g * oneIf(z > 0.0f), oneIf(z < a))
NEURON_GRAD(Linear, g, a)
NEURON_GRAD(DRelu, g, squared(tanhOfHalf(z * __fdiv_rn(-2.0f, a))))
