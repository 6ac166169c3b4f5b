// Matrices of random numbers (spec: random.md section 3, kernels-layer-and-matrix.md section 7), as org.cudaconvnet.kernels.RandomStreams
// defines them.
//
// Geometry: grid 96, block 128, no shared memory: thread t has stream t, serves elements t, t + 12288, ... of numElements, and loads and
// stores the stream's state even if there are none. states: word w of stream t at w * 12288 + t, in the order of
// org.cudaconvnet.kernels.XorwowStates. All matrices are without gaps, in one storage order.
#include "elements.cuh"
#include "portable_math.cuh"

constexpr unsigned int STREAMS = 96 * 128;

struct Xorwow {
    unsigned int v0, v1, v2, v3, v4, d, hasNormal;
    float normal;

    __device__ __forceinline__ explicit Xorwow(const unsigned int* state)
        : v0(state[0]), v1(state[STREAMS]), v2(state[2 * STREAMS]), v3(state[3 * STREAMS]), v4(state[4 * STREAMS]),
          d(state[5 * STREAMS]), hasNormal(state[6 * STREAMS]), normal(__uint_as_float(state[7 * STREAMS])) {
    }

    __device__ __forceinline__ void store(unsigned int* state) const {
        state[0] = v0;
        state[STREAMS] = v1;
        state[2 * STREAMS] = v2;
        state[3 * STREAMS] = v3;
        state[4 * STREAMS] = v4;
        state[5 * STREAMS] = d;
        state[6 * STREAMS] = hasNormal;
        state[7 * STREAMS] = __float_as_uint(normal);
    }

    __device__ __forceinline__ float next(float scale) {
        unsigned int t = v0 ^ (v0 >> 2);
        v0 = v1;
        v1 = v2;
        v2 = v3;
        v3 = v4;
        v4 = (v4 ^ (v4 << 4)) ^ (t ^ (t << 1));
        d += 362437;
        return __fmaf_rn(__uint2float_rn(v4 + d), scale, scale * 0.5f);
    }

    __device__ __forceinline__ float nextUniform() {
        return next(0x1p-32f);
    }

    __device__ __forceinline__ float nextNormal() {
        hasNormal = 1 - hasNormal;
        if (hasNormal == 0) {
            return normal;
        }
        float radius = __fsqrt_rn(-2.0f * portable::log(nextUniform()));
        float angle = next(0x1.921fb6p-30f);
        normal = radius * portable::cos(angle);
        return radius * portable::sin(angle);
    }
};

// Runs body(stream, i) for the elements i of this thread's stream.
template <class Body>
static __device__ __forceinline__ void forEachDraw(unsigned int* states, int numElements, Body body) {
    unsigned int thread = blockIdx.x * blockDim.x + threadIdx.x;
    Xorwow stream(states + thread);
    for (unsigned int i = thread; i < (unsigned int) numElements; i += STREAMS) {
        body(stream, i);
    }
    stream.store(states + thread);
}

extern "C" __global__ void kRandomizeUniform(unsigned int* states, float* target, int numElements) {
    forEachDraw(states, numElements, [=](Xorwow& stream, unsigned int i) { target[i] = stream.nextUniform(); });
}

extern "C" __global__ void kRandomizeBinary(unsigned int* states, float* target, int numElements, float probability) {
    forEachDraw(states, numElements, [=](Xorwow& stream, unsigned int i) { target[i] = oneIf(stream.nextUniform() < probability); });
}

extern "C" __global__ void kBinarizeProbs(unsigned int* states, const float* probabilities, float* target, int numElements) {
    forEachDraw(states, numElements, [=](Xorwow& stream, unsigned int i) { target[i] = oneIf(probabilities[i] > stream.nextUniform()); });
}

extern "C" __global__ void kRandomizeGaussian(unsigned int* states, float* target, int numElements, float mean, float stdev) {
    forEachDraw(states, numElements, [=](Xorwow& stream, unsigned int i) { target[i] = __fmaf_rn(stdev, stream.nextNormal(), mean); });
}

extern "C" __global__ void kAddGaussianNoise(unsigned int* states, const float* data, float* target, int numElements, float stdev) {
    forEachDraw(states, numElements, [=](Xorwow& stream, unsigned int i) { target[i] = __fmaf_rn(stdev, stream.nextNormal(), data[i]); });
}

// A standard deviation for each element; if squared, its square.
extern "C" __global__ void kAddGaussianNoise_stdevs(unsigned int* states, const float* data, const float* stdevs, float* target,
                                                    int numElements, int squared) {
    forEachDraw(states, numElements, [=](Xorwow& stream, unsigned int i) {
        float stdev = squared ? stdevs[i] * stdevs[i] : stdevs[i];
        target[i] = __fmaf_rn(stdev, stream.nextNormal(), data[i]);
    });
}

// r = max(inputs, 0), of NaN 0; outputs = relu(r + r * normal).
extern "C" __global__ void kNoisyRelu(unsigned int* states, const float* inputs, float* outputs, int numElements) {
    forEachDraw(states, numElements, [=](Xorwow& stream, unsigned int i) {
        float r = inputs[i] > 0.0f ? inputs[i] : 0.0f;
        float noisy = __fmaf_rn(r, stream.nextNormal(), r);
        outputs[i] = noisy < 0.0f ? 0.0f : noisy;
    });
}
