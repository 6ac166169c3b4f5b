// What the three convolution families share: a block computes ROWS x COLUMNS outputs, one fma chain each, a stage of STEPS
// steps at a time. The operands of a stage lie in shared memory, those of the next stage travel in registers meanwhile, so
// that one barrier per stage is enough.
#pragma once

#include "device.cuh"

// Steps of a chain that are in shared memory at once.
constexpr int STEPS = 8;

// The geometry of a convolution, in the order of the Java record ConvGeometry.
#define GEOMETRY_PARAMETERS                                                                                            \
    int imgSizeY, int imgSizeX, int numImgColors, int numFilters, int filterSize, int numModulesY, int numModulesX,    \
        int paddingStart, int moduleStride, int numFilterColors, int numGroups, int local

#define GEOMETRY                                                                                                       \
    ConvGeometry {                                                                                                     \
        imgSizeY, imgSizeX, numImgColors, numFilters, filterSize, numModulesY, numModulesX, paddingStart,              \
            moduleStride, numFilterColors, numGroups, local                                                            \
    }

struct ConvGeometry {
    int imgSizeY, imgSizeX, numImgColors, numFilters, filterSize, numModulesY, numModulesX, paddingStart, moduleStride,
        numFilterColors, numGroups, local;

    __device__ __forceinline__ int imgPixels() const {
        return imgSizeY * imgSizeX;
    }

    __device__ __forceinline__ int filterPixels() const {
        return filterSize * filterSize;
    }

    __device__ __forceinline__ int numModules() const {
        return numModulesY * numModulesX;
    }

    __device__ __forceinline__ int filtersPerGroup() const {
        return numFilters / numGroups;
    }

    // The image channel that a filter channel of a group reads; colorIndices is null unless connectivity is sparse.
    __device__ __forceinline__ int imageChannel(const int* colorIndices, int group, int filterChannel) const {
        int index = group * numFilterColors + filterChannel;
        return colorIndices == nullptr ? index : colorIndices[index];
    }

    __device__ __forceinline__ bool contains(int y, int x) const {
        return y >= 0 && y < imgSizeY && x >= 0 && x < imgSizeX;
    }
};

// Four neighbouring floats at an address divisible by 16; with CHECKED the address is any, and those from `available` on are neither read nor written and read as 0.
template <bool CHECKED>
static __device__ __forceinline__ float4 loadQuad(const float* from, int available) {
    if (!CHECKED) {
        return *reinterpret_cast<const float4*>(from);
    }
    return make_float4(available > 0 ? from[0] : 0.0f, available > 1 ? from[1] : 0.0f, available > 2 ? from[2] : 0.0f,
                       available > 3 ? from[3] : 0.0f);
}

template <bool CHECKED>
static __device__ __forceinline__ void storeQuad(float* to, float4 quad, int available) {
    if (!CHECKED) {
        *reinterpret_cast<float4*>(to) = quad;
        return;
    }
    if (available > 0) {
        to[0] = quad.x;
    }
    if (available > 1) {
        to[1] = quad.y;
    }
    if (available > 2) {
        to[2] = quad.z;
    }
    if (available > 3) {
        to[3] = quad.w;
    }
}

// One operand of a stage: STEPS x WIDTH values, padded so that transposed stores meet different banks.
template <int WIDTH>
struct Operand {
    static constexpr int QUADS = STEPS * WIDTH / 4;

    alignas(16) float values[STEPS][WIDTH + 4];
};

// A thread's share of an operand on its way from global to shared memory. The operand's quads lie along its width, or along
// its steps if TRANSPOSED.
template <int WIDTH, int THREADS, bool TRANSPOSED>
struct Transfer {
    static constexpr int SLOTS = (Operand<WIDTH>::QUADS + THREADS - 1) / THREADS;

    float4 quads[SLOTS];

    static __device__ __forceinline__ bool isUsed(int slot) {
        return Operand<WIDTH>::QUADS % THREADS == 0 || threadIdx.x + slot * THREADS < Operand<WIDTH>::QUADS;
    }

    // First step of a slot's quad.
    static __device__ __forceinline__ int step(int slot) {
        int index = threadIdx.x + slot * THREADS;
        return TRANSPOSED ? index % (STEPS / 4) * 4 : index / (WIDTH / 4);
    }

    // First place of a slot's quad along the width.
    static __device__ __forceinline__ int place(int slot) {
        int index = threadIdx.x + slot * THREADS;
        return TRANSPOSED ? index / (STEPS / 4) : index % (WIDTH / 4) * 4;
    }

    __device__ __forceinline__ void store(Operand<WIDTH>& operand) const {
#pragma unroll
        for (int slot = 0; slot < SLOTS; slot++) {
            if (isUsed(slot)) {
                int s = step(slot);
                int p = place(slot);
                if (TRANSPOSED) {
                    operand.values[s][p] = quads[slot].x;
                    operand.values[s + 1][p] = quads[slot].y;
                    operand.values[s + 2][p] = quads[slot].z;
                    operand.values[s + 3][p] = quads[slot].w;
                } else {
                    storeQuad<false>(&operand.values[s][p], quads[slot], 4);
                }
            }
        }
    }
};

// The chains of one thread: THREAD_ROWS x THREAD_COLUMNS of the block's ROWS x COLUMNS outputs, in quads of neighbours.
template <int ROWS_, int COLUMNS_, int THREAD_ROWS_, int THREAD_COLUMNS_>
struct Chains {
    static constexpr int ROWS = ROWS_;
    static constexpr int COLUMNS = COLUMNS_;
    static constexpr int THREAD_ROWS = THREAD_ROWS_;
    static constexpr int THREAD_COLUMNS = THREAD_COLUMNS_;
    static constexpr int ROW_THREADS = ROWS / THREAD_ROWS;
    static constexpr int COLUMN_THREADS = COLUMNS / THREAD_COLUMNS;
    static constexpr int THREADS = ROW_THREADS * COLUMN_THREADS;
    // Blocks that must find registers on one multiprocessor, so that some compute while others wait; no multiprocessor takes
    // more than 16 blocks of an architecture that still counts.
    static constexpr int RESIDENT_THREADS = THREAD_ROWS * THREAD_COLUMNS < 64 ? 640 : 384;
    static constexpr int BLOCKS = RESIDENT_THREADS > 16 * THREADS ? 16 : RESIDENT_THREADS / THREADS;

    float values[THREAD_ROWS][THREAD_COLUMNS];

    __device__ __forceinline__ Chains() {
#pragma unroll
        for (int i = 0; i < THREAD_ROWS; i++) {
#pragma unroll
            for (int j = 0; j < THREAD_COLUMNS; j++) {
                values[i][j] = 0.0f;
            }
        }
    }

    // The block's row that the thread's row i is.
    static __device__ __forceinline__ int row(int i) {
        return i / 4 * (ROW_THREADS * 4) + threadIdx.x / COLUMN_THREADS * 4 + i % 4;
    }

    static __device__ __forceinline__ int column(int j) {
        return j / 4 * (COLUMN_THREADS * 4) + threadIdx.x % COLUMN_THREADS * 4 + j % 4;
    }

    __device__ __forceinline__ void add(const Operand<ROWS>& rows, const Operand<COLUMNS>& columns, int step) {
        float rowValues[THREAD_ROWS];
        float columnValues[THREAD_COLUMNS];
#pragma unroll
        for (int i = 0; i < THREAD_ROWS; i += 4) {
            float4 quad = loadQuad<false>(&rows.values[step][row(i)], 4);
            rowValues[i] = quad.x;
            rowValues[i + 1] = quad.y;
            rowValues[i + 2] = quad.z;
            rowValues[i + 3] = quad.w;
        }
#pragma unroll
        for (int j = 0; j < THREAD_COLUMNS; j += 4) {
            float4 quad = loadQuad<false>(&columns.values[step][column(j)], 4);
            columnValues[j] = quad.x;
            columnValues[j + 1] = quad.y;
            columnValues[j + 2] = quad.z;
            columnValues[j + 3] = quad.w;
        }
#pragma unroll
        for (int i = 0; i < THREAD_ROWS; i++) {
#pragma unroll
            for (int j = 0; j < THREAD_COLUMNS; j++) {
                values[i][j] = __fmaf_rn(rowValues[i], columnValues[j], values[i][j]);
            }
        }
    }

    __device__ __forceinline__ void addStage(const Operand<ROWS>& rows, const Operand<COLUMNS>& columns) {
#pragma unroll
        for (int step = 0; step < STEPS; step++) {
            add(rows, columns, step);
        }
    }

    // Stores the thread's row i, scaled, where the block's columns start at `target` and `available` of them exist. The target
    // is read only if scaleTargets is not 0 (spec: kernels-overview.md section 6).
    template <bool CHECKED>
    __device__ __forceinline__ void storeRow(int i, float* target, int available, float scaleTargets, float scaleOutput) const {
#pragma unroll
        for (int j = 0; j < THREAD_COLUMNS; j += 4) {
            float* to = target + column(j);
            float4 quad = make_float4(__fmul_rn(scaleOutput, values[i][j]), __fmul_rn(scaleOutput, values[i][j + 1]),
                                      __fmul_rn(scaleOutput, values[i][j + 2]), __fmul_rn(scaleOutput, values[i][j + 3]));
            if (scaleTargets != 0.0f) {
                float4 old = loadQuad<CHECKED>(to, available - column(j));
                quad = make_float4(__fmaf_rn(old.x, scaleTargets, quad.x), __fmaf_rn(old.y, scaleTargets, quad.y),
                                   __fmaf_rn(old.z, scaleTargets, quad.z), __fmaf_rn(old.w, scaleTargets, quad.w));
            }
            storeQuad<CHECKED>(to, quad, available - column(j));
        }
    }
};
