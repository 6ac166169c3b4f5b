// Element-wise operators (spec: kernels-layer-and-matrix.md sections 2 and 3, nvmatrix-ops.md section 2), as
// org.cudaconvnet.kernels.Elementwise and its operators define them.
//
// Geometry, where nothing else is said: any block and grid; block (32, 8) with grid x = min(65535, ceildiv(width, 32)),
// y = min(65535, ceildiv(height, 8)), or, without gaps between rows, height 1 and block (256, 1). No shared memory.
#include "elements.cuh"
#include "math.cuh"

// target = f(a); p and q are the operator's constants. The target may be a if their steps agree.
#define UNARY(name, value) \
    extern "C" __global__ void kEltwiseUnaryOp_##name(const float* a, float* target, int height, int width, int aRowStep, int aColStep, \
                                                      int targetStep, float p, float q) { \
        Operand operand{a, aRowStep, aColStep}; \
        forEachElement(target, height, width, targetStep, [=](int row, int col, float& out) { \
            float x = operand(row, col); \
            out = value; \
        }); \
    }

UNARY(Identity, x)
UNARY(Exp, math::exp(x))
UNARY(Log, math::log(x))
UNARY(Logistic, math::divide(1.0f, 1.0f + math::exp(-x)))
UNARY(Square, x * x)
UNARY(Sqrt, __fsqrt_rn(x))
UNARY(Reciprocal, __fdiv_rn(1.0f, x))
UNARY(Abs, x > 0.0f ? x : -x)
UNARY(Sign, oneIf(x > 0.0f) - oneIf(x < 0.0f))
UNARY(Pow, math::pow(x, p))
UNARY(Scale, x * p)
UNARY(Linear, __fmaf_rn(p, x, q))
UNARY(SmallerThan, oneIf(x < p))
UNARY(BiggerThan, oneIf(x > p))
UNARY(InRangeInc, oneIf(x >= p && x <= q))
UNARY(InRangeExc, oneIf(x > p && x < q))
UNARY(MinWith, x > p ? p : x)
UNARY(MaxWith, x > p ? x : p)

// target = f(a, b). The target may be an operand if their steps agree.
#define BINARY(name, value) \
    extern "C" __global__ void kEltwiseBinaryOp_##name(const float* a, const float* b, float* target, int height, int width, int aRowStep, \
                                                       int aColStep, int bRowStep, int bColStep, int targetStep) { \
        Operand left{a, aRowStep, aColStep}; \
        Operand right{b, bRowStep, bColStep}; \
        forEachElement(target, height, width, targetStep, [=](int row, int col, float& out) { \
            float x = left(row, col); \
            float y = right(row, col); \
            out = value; \
        }); \
    }

BINARY(Multiply, x * y)
BINARY(Divide, math::divide(x, y))
BINARY(SquaredDiff, (x - y) * (x - y))
BINARY(Equals, oneIf(x == y))
BINARY(BiggerThan, oneIf(x > y))
BINARY(Max, x > y ? x : y)

// target = fma(scaleA, a, rn(scaleB * b)); a is not read if scaleA is 0. The target may be an operand if their steps agree.
extern "C" __global__ void kEltwiseBinaryOp_WeightedAdd(const float* a, const float* b, float* target, int height, int width, int aRowStep,
                                                        int aColStep, int bRowStep, int bColStep, int targetStep,
                                                        float scaleA, float scaleB) {
    Operand left{a, aRowStep, aColStep};
    Operand right{b, bRowStep, bColStep};
    forEachElement(target, height, width, targetStep, [=](int row, int col, float& out) {
        float scaled = scaleB * right(row, col);
        out = scaleA == 0.0f ? scaled : __fmaf_rn(scaleA, left(row, col), scaled);
    });
}

extern "C" __global__ void kFill(float* target, int height, int width, int targetStep, float value) {
    forEachElement(target, height, width, targetStep, [=](int, int, float& out) {
        out = value;
    });
}

// target(row, col) = a(row mod aHeight, col mod aWidth), a's height and width taken in the target's storage order.
extern "C" __global__ void kTile(const float* a, float* target, int height, int width, int aHeight, int aWidth, int aRowStep, int aColStep,
                                 int targetStep) {
    Operand operand{a, aRowStep, aColStep};
    forEachElement(target, height, width, targetStep, [=](int row, int col, float& out) {
        out = operand(row % aHeight, col % aWidth);
    });
}

// target(row, col) = a[col * aStep + row]: kEltwiseUnaryOp_Identity for an operand of the other storage order. Not in place.
// Block (32, 8), grid x = ceildiv(width, 32), y = min(65535, ceildiv(height, 32)); 4224 bytes of static shared memory.
extern "C" __global__ void kTranspose(const float* a, float* target, int height, int width, int aStep, int targetStep) {
    __shared__ float tile[32][33];
    int firstCol = blockIdx.x * 32;
    for (int firstRow = blockIdx.y * 32; firstRow < height; firstRow += gridDim.y * 32) {
        for (int i = threadIdx.y; i < 32; i += 8) {
            if (firstCol + i < width && firstRow + (int) threadIdx.x < height) {
                tile[i][threadIdx.x] = a[(size_t) (firstCol + i) * aStep + firstRow + threadIdx.x];
            }
        }
        __syncthreads();
        for (int i = threadIdx.y; i < 32; i += 8) {
            if (firstRow + i < height && firstCol + (int) threadIdx.x < width) {
                target[(size_t) (firstRow + i) * targetStep + firstCol + threadIdx.x] = tile[threadIdx.x][i];
            }
        }
        __syncthreads();
    }
}
