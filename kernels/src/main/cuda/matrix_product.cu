// The matrix product (org.cudaconvnet.kernels.MatrixProduct): per output one fma chain over the inner index ascending from +0.
#include "device.cuh"

// What `threads` threads copy of one operand into shared memory as tile[inner][outer], outer being rows of a or columns of b.
template <int outer, int depth, int threads, bool innerFastest>
struct Staged {
    // The padding keeps the stores of an operand whose inner index is fastest from meeting in one bank.
    static constexpr int STEP = outer + 4;
    static constexpr int COUNT = outer * depth / threads;
    float values[COUNT];

    static __device__ __forceinline__ int outerIndex(int i) {
        int element = threadIdx.x + i * threads;
        return innerFastest ? element / depth : element % outer;
    }

    static __device__ __forceinline__ int innerIndex(int i) {
        int element = threadIdx.x + i * threads;
        return innerFastest ? element % depth : element / outer;
    }

    // Indices beyond the operand are read as its last: their products are not stored, or not computed.
    __device__ __forceinline__ void load(const float* operand, int step, int firstOuter, int numOuter, int firstInner, int numInner) {
#pragma unroll
        for (int i = 0; i < COUNT; i++) {
            int o = min(firstOuter + outerIndex(i), numOuter - 1);
            int k = min(firstInner + innerIndex(i), numInner - 1);
            values[i] = operand[innerFastest ? o * step + k : k * step + o];
        }
    }

    __device__ __forceinline__ void store(float* tile) const {
#pragma unroll
        for (int i = 0; i < COUNT; i++) {
            tile[innerIndex(i) * STEP + outerIndex(i)] = values[i];
        }
    }
};

// A thread's share of a tile side: groups of 4 neighbours, which are one 16-byte load, the groups spread over the side.
template <int side, int perThread>
static __device__ __forceinline__ int spread(int thread, int i) {
    return i / 4 * (side / (perThread / 4)) + thread * 4 + i % 4;
}

template <int side, int perThread>
static __device__ __forceinline__ void loadShare(const float* row, int thread, float* share) {
#pragma unroll
    for (int i = 0; i < perThread; i += 4) {
        float4 four = *reinterpret_cast<const float4*>(row + spread<side, perThread>(thread, i));
        share[i] = four.x;
        share[i + 1] = four.y;
        share[i + 2] = four.z;
        share[i + 3] = four.w;
    }
}

template <int rows, int cols, int rowsPerThread, int colsPerThread, int depth, bool aTransposed, bool bTransposed>
static __device__ __forceinline__ void matrixProduct(const float* a, const float* b, float* target, int numRows, int numCols, int numInner,
                                                     int aStride, int bStride, int targetStride, float scaleThis, float scaleAB) {
    constexpr int threadsX = cols / colsPerThread;
    constexpr int threads = rows / rowsPerThread * threadsX;
    using StagedA = Staged<rows, depth, threads, !aTransposed>;
    using StagedB = Staged<cols, depth, threads, bTransposed>;
    alignas(16) __shared__ float tileA[2][depth * StagedA::STEP];
    alignas(16) __shared__ float tileB[2][depth * StagedB::STEP];
    int threadX = threadIdx.x % threadsX;
    int threadY = threadIdx.x / threadsX;
    int firstCol = blockIdx.x * cols;
    int firstRow = blockIdx.y * rows;
    StagedA stagedA;
    StagedB stagedB;
    stagedA.load(a, aStride, firstRow, numRows, 0, numInner);
    stagedB.load(b, bStride, firstCol, numCols, 0, numInner);
    stagedA.store(tileA[0]);
    stagedB.store(tileB[0]);
    __syncthreads();
    float acc[rowsPerThread][colsPerThread] = {};
    auto step = [&](int buffer, int k) {
        float left[rowsPerThread];
        float right[colsPerThread];
        loadShare<rows, rowsPerThread>(tileA[buffer] + k * StagedA::STEP, threadY, left);
        loadShare<cols, colsPerThread>(tileB[buffer] + k * StagedB::STEP, threadX, right);
#pragma unroll
        for (int r = 0; r < rowsPerThread; r++) {
#pragma unroll
            for (int c = 0; c < colsPerThread; c++) {
                acc[r][c] = __fmaf_rn(left[r], right[c], acc[r][c]);
            }
        }
    };
    int buffer = 0;
    int inner = depth;
    // Two buffers: the next tile is on its way while this one is used.
    for (; inner < numInner; inner += depth) {
        stagedA.load(a, aStride, firstRow, numRows, inner, numInner);
        stagedB.load(b, bStride, firstCol, numCols, inner, numInner);
#pragma unroll
        for (int k = 0; k < depth; k++) {
            step(buffer, k);
        }
        buffer ^= 1;
        stagedA.store(tileA[buffer]);
        stagedB.store(tileB[buffer]);
        __syncthreads();
    }
    // A step with zeros would turn a sum of -0 to +0, so the last tile ends where the operands end.
#pragma unroll 1
    for (int k = 0; k < numInner - (inner - depth); k++) {
        step(buffer, k);
    }
#pragma unroll
    for (int r = 0; r < rowsPerThread; r++) {
        int row = firstRow + spread<rows, rowsPerThread>(threadY, r);
#pragma unroll
        for (int c = 0; c < colsPerThread; c++) {
            int col = firstCol + spread<cols, colsPerThread>(threadX, c);
            if (row < numRows && col < numCols) {
                float& out = target[(size_t) row * targetStride + col];
                float scaled = scaleAB * acc[r][c];
                out = scaleThis == 0.0f ? scaled : __fmaf_rn(scaleThis, out, scaled);
            }
        }
    }
}

// target = scaleThis * target + scaleAB * a b, target row-major; it is not read if scaleThis is 0. For a column-major target pass the
// soft transposes in exchanged places. The suffix tells the orders of a and b: n row-major, t column-major. All sizes are positive, and
// a and b span fewer than 2^31 elements each.
//
// Grid x = ceildiv(numCols, tile columns), y = ceildiv(numRows, tile rows).
// kMatrixProduct_128x64: block 128, 12800 bytes of static shared memory. kMatrixProduct_32x64, for targets too small to occupy all
// multiprocessors otherwise: block 128, 13312 bytes. The two give the same bits.
#define MATRIX_PRODUCT(rows, cols, rowsPerThread, colsPerThread, depth, orders, aTransposed, bTransposed) \
    extern "C" __global__ void __launch_bounds__(rows / rowsPerThread * cols / colsPerThread) \
    kMatrixProduct_##rows##x##cols##_##orders(const float* a, const float* b, float* target, int numRows, int numCols, int numInner, \
                                              int aStride, int bStride, int targetStride, float scaleThis, float scaleAB) { \
        matrixProduct<rows, cols, rowsPerThread, colsPerThread, depth, aTransposed, bTransposed>( \
                a, b, target, numRows, numCols, numInner, aStride, bStride, targetStride, scaleThis, scaleAB); \
    }

MATRIX_PRODUCT(128, 64, 8, 8, 8, nn, false, false)
MATRIX_PRODUCT(128, 64, 8, 8, 8, nt, false, true)
MATRIX_PRODUCT(128, 64, 8, 8, 8, tn, true, false)
MATRIX_PRODUCT(128, 64, 8, 8, 8, tt, true, true)
MATRIX_PRODUCT(32, 64, 4, 4, 16, nn, false, false)
MATRIX_PRODUCT(32, 64, 4, 4, 16, nt, false, true)
MATRIX_PRODUCT(32, 64, 4, 4, 16, tn, true, false)
MATRIX_PRODUCT(32, 64, 4, 4, 16, tt, true, true)
