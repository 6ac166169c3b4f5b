// Forward pass of convolutional and locally connected layers: one fma chain per output in the step order of 2012 (spec:
// kernels-filter-acts.md section 1). Steps in the padding are left out, as in the Java twin CpuFilterActs.
//
// filterActs_fF_iI computes F filters x I images of one module per block.
//   grid   x = (filters per group / F) * numGroups * numModules * ceil(numImages / I), filter tiles fastest, image tiles slowest
//   block  x = the THREADS of its Chains; no dynamic shared memory
//   needs  filters per group divisible by F. Without suffix: numImages divisible by I, imgStride by 4, and images, filters and
//          targets at addresses divisible by 16; _checked: filters at an address divisible by 16. Fewer than 2^31 elements per
//          matrix. Channels per group even, or at most 3 and not sparse.
// colorIndices is null unless connectivity is sparse.
#include "conv.cuh"

// Steps that are found at once: a warp's worth, 4 stages.
constexpr int FOUND_STEPS = 32;
constexpr int FOUND_STAGES = FOUND_STEPS / STEPS;

// What one step of a chain multiplies: where its row of images and its row of filters start; -1 for no step.
struct Step {
    int images;
    int filters;
};

// One step of the chains of a module.
static __device__ __forceinline__ Step stepOf(const ConvGeometry& geometry, const int* colorIndices, int group, int moduleTop,
                                              int moduleLeft, int imgStride, int index) {
    int together = colorIndices == nullptr && geometry.numImgColors <= 3 ? geometry.numImgColors : 2;
    int filterPixels = geometry.filterPixels();
    if (index >= geometry.numFilterColors * filterPixels) {
        return Step{-1, -1};
    }
    int turn = index / (together * filterPixels);
    int inTurn = index % (together * filterPixels);
    int firstPixel = inTurn / (4 * together) * 4;
    int tilePixels = min(4, filterPixels - firstPixel);
    int inTile = inTurn - firstPixel * together;
    int channel = turn * together + inTile / tilePixels;
    int pixel = firstPixel + inTile % tilePixels;
    int y = moduleTop + pixel / geometry.filterSize;
    int x = moduleLeft + pixel % geometry.filterSize;
    if (!geometry.contains(y, x)) {
        return Step{-1, -1};
    }
    int imageChannel = geometry.imageChannel(colorIndices, group, channel);
    return Step{((imageChannel * geometry.imgSizeY + y) * geometry.imgSizeX + x) * imgStride,
                (channel * filterPixels + pixel) * geometry.numFilters};
}

template <class Tile, bool CHECKED>
static __device__ __forceinline__ void filterActs(const float* __restrict__ images, const float* __restrict__ filters,
                                                  const int* __restrict__ colorIndices, float* __restrict__ targets,
                                                  int numImages, int imgStride, const ConvGeometry& geometry,
                                                  float scaleTargets, float scaleOutput) {
    constexpr int THREADS = Tile::THREADS;
    // Steps are found for several stages at once, by as many threads, while the stages before them run.
    __shared__ Step steps[2][FOUND_STEPS];
    __shared__ Operand<Tile::ROWS> filterOperand[2];
    __shared__ Operand<Tile::COLUMNS> imageOperand[2];

    int filterTiles = geometry.numFilters / Tile::ROWS;
    int firstFilter = blockIdx.x % filterTiles * Tile::ROWS;
    int module = blockIdx.x / filterTiles % geometry.numModules();
    int firstImage = blockIdx.x / filterTiles / geometry.numModules() * Tile::COLUMNS;
    int available = numImages - firstImage;
    int group = firstFilter / geometry.filtersPerGroup();
    int top = geometry.paddingStart + module / geometry.numModulesX * geometry.moduleStride;
    int left = geometry.paddingStart + module % geometry.numModulesX * geometry.moduleStride;
    int numSteps = geometry.numFilterColors * geometry.filterPixels();
    bool inside = top >= 0 && top + geometry.filterSize <= geometry.imgSizeY && left >= 0
            && left + geometry.filterSize <= geometry.imgSizeX;
    images += firstImage;
    filters += firstFilter + (geometry.local ? module * numSteps * geometry.numFilters : 0);

    Transfer<Tile::COLUMNS, THREADS, false> imageTransfer;
    Transfer<Tile::ROWS, THREADS, false> filterTransfer;
    auto find = [&](int batch) {
        if (threadIdx.x < FOUND_STEPS) {
            int index = batch * FOUND_STEPS + static_cast<int>(threadIdx.x);
            steps[batch % 2][threadIdx.x] = stepOf(geometry, colorIndices, group, top, left, imgStride, index);
        }
    };
    auto stepsOf = [&](int stage) {
        return &steps[stage / FOUND_STAGES % 2][stage % FOUND_STAGES * STEPS];
    };
    auto load = [&](int stage) {
        const Step* stageSteps = stepsOf(stage);
#pragma unroll
        for (int slot = 0; slot < imageTransfer.SLOTS; slot++) {
            int start = imageTransfer.isUsed(slot) ? stageSteps[imageTransfer.step(slot)].images : -1;
            int column = imageTransfer.place(slot);
            imageTransfer.quads[slot] = start < 0 ? make_float4(0.0f, 0.0f, 0.0f, 0.0f)
                                                  : loadQuad<CHECKED>(images + start + column, available - column);
        }
#pragma unroll
        for (int slot = 0; slot < filterTransfer.SLOTS; slot++) {
            int start = filterTransfer.isUsed(slot) ? stageSteps[filterTransfer.step(slot)].filters : -1;
            filterTransfer.quads[slot] = start < 0 ? make_float4(0.0f, 0.0f, 0.0f, 0.0f)
                                                   : loadQuad<false>(filters + start + filterTransfer.place(slot), 4);
        }
    };
    auto store = [&](int stage) {
        imageTransfer.store(imageOperand[stage % 2]);
        filterTransfer.store(filterOperand[stage % 2]);
    };

    Tile chains;
    find(0);
    __syncthreads();
    load(0);
    store(0);
    __syncthreads();
    int numStages = (numSteps + STEPS - 1) / STEPS;
    for (int stage = 0; stage < numStages; stage++) {
        load(stage + 1);
        if (stage % FOUND_STAGES == 0) {
            find(stage / FOUND_STAGES + 1);
        }
        if (inside && (stage + 1) * STEPS <= numSteps) {
            chains.addStage(filterOperand[stage % 2], imageOperand[stage % 2]);
        } else {
#pragma unroll 1
            for (int step = 0; step < STEPS; step++) {
                if (stepsOf(stage)[step].images >= 0) {
                    chains.add(filterOperand[stage % 2], imageOperand[stage % 2], step);
                }
            }
        }
        store(stage + 1);
        __syncthreads();
    }
#pragma unroll
    for (int i = 0; i < Tile::THREAD_ROWS; i++) {
        int row = (firstFilter + chains.row(i)) * geometry.numModules() + module;
        chains.template storeRow<CHECKED>(i, targets + row * numImages + firstImage, available, scaleTargets, scaleOutput);
    }
}

#define FILTER_ACTS(name, checked, ...)                                                                                \
    extern "C" __global__ void __launch_bounds__(Chains<__VA_ARGS__>::THREADS, Chains<__VA_ARGS__>::BLOCKS)            \
    name(const float* __restrict__ images, const float* __restrict__ filters, const int* __restrict__ colorIndices,    \
         float* __restrict__ targets, int numImages, int imgStride, GEOMETRY_PARAMETERS, float scaleTargets,           \
         float scaleOutput) {                                                                                          \
        filterActs<Chains<__VA_ARGS__>, checked>(images, filters, colorIndices, targets, numImages, imgStride,         \
                                                 GEOMETRY, scaleTargets, scaleOutput);                                 \
    }

FILTER_ACTS(filterActs_f96_i128, false, 96, 128, 8, 8)
FILTER_ACTS(filterActs_f64_i128, false, 64, 128, 8, 8)
FILTER_ACTS(filterActs_f48_i128, false, 48, 128, 4, 8)
FILTER_ACTS(filterActs_f32_i128, false, 32, 128, 4, 8)
FILTER_ACTS(filterActs_f16_i128, false, 16, 128, 4, 4)
FILTER_ACTS(filterActs_f32_i32_checked, true, 32, 32, 4, 4)
FILTER_ACTS(filterActs_f16_i32_checked, true, 16, 32, 4, 4)
