// Gradient of convolutional and locally connected layers with respect to their filters: one fma chain per weight over the modules
// of a chunk, within a module over the images; pixels in the padding take part as +0 (spec: kernels-weight-acts.md section 1). The
// Java twin is CpuWeightActs.
//
// weightActs_wW_fF computes W weights (rows of the filter matrix, i.e. channel and pixel) x F filters of one chunk per block.
//   grid   x = (filters per group / F) * numGroups * ceil(numFilterColors * filterPixels / W) * (numModules / partialSum), filter
//          tiles fastest, chunks slowest
//   block  x = the THREADS of its Chains; no dynamic shared memory
//   needs  filters per group divisible by F, targets at an address divisible by 16. Without suffix: numImages divisible by 8,
//          imgStride by 4, images and hidActs at addresses divisible by 16. Fewer than 2^31 elements per matrix.
// partialSum is the number of modules per chunk, a divisor of numModules; 1 for local filters. colorIndices is null unless
// connectivity is sparse.
#include "conv.cuh"

template <class Tile, bool CHECKED>
static __device__ __forceinline__ void weightActs(const float* __restrict__ images, const float* __restrict__ hidActs,
                                                  const int* __restrict__ colorIndices, float* __restrict__ targets,
                                                  int numImages, int imgStride, int partialSum, const ConvGeometry& geometry,
                                                  float scaleTargets, float scaleOutput) {
    constexpr int THREADS = Tile::THREADS;
    __shared__ Operand<Tile::ROWS> imageOperand[2];
    __shared__ Operand<Tile::COLUMNS> hidActsOperand[2];

    int filterPixels = geometry.filterPixels();
    int numWeights = geometry.numFilterColors * filterPixels;
    int filterTiles = geometry.numFilters / Tile::COLUMNS;
    int weightTiles = (numWeights + Tile::ROWS - 1) / Tile::ROWS;
    int firstFilter = blockIdx.x % filterTiles * Tile::COLUMNS;
    int firstWeight = blockIdx.x / filterTiles % weightTiles * Tile::ROWS;
    int chunk = blockIdx.x / filterTiles / weightTiles;
    int group = firstFilter / geometry.filtersPerGroup();

    Transfer<Tile::ROWS, THREADS, true> imageTransfer;
    Transfer<Tile::COLUMNS, THREADS, true> hidActsTransfer;
    // What belongs to a slot's weight: where its channel of the images starts, or -1 beyond the weights, and its pixel of the filter.
    int channelStart[imageTransfer.SLOTS];
    int filterY[imageTransfer.SLOTS];
    int filterX[imageTransfer.SLOTS];
#pragma unroll
    for (int slot = 0; slot < imageTransfer.SLOTS; slot++) {
        int weight = firstWeight + imageTransfer.place(slot);
        channelStart[slot] = -1;
        filterY[slot] = weight % filterPixels / geometry.filterSize;
        filterX[slot] = weight % filterPixels % geometry.filterSize;
        if (imageTransfer.isUsed(slot) && weight < numWeights) {
            int imageChannel = geometry.imageChannel(colorIndices, group, weight / filterPixels);
            channelStart[slot] = imageChannel * geometry.imgPixels() * imgStride;
        }
    }
    // Where the slots' operands start in the module that is under way; -1 in the padding.
    int imageStart[imageTransfer.SLOTS];
    int hidActsStart[hidActsTransfer.SLOTS];
    auto enter = [&](int module) {
        int top = geometry.paddingStart + module / geometry.numModulesX * geometry.moduleStride;
        int left = geometry.paddingStart + module % geometry.numModulesX * geometry.moduleStride;
#pragma unroll
        for (int slot = 0; slot < imageTransfer.SLOTS; slot++) {
            int y = top + filterY[slot];
            int x = left + filterX[slot];
            imageStart[slot] = channelStart[slot] >= 0 && geometry.contains(y, x)
                    ? channelStart[slot] + (y * geometry.imgSizeX + x) * imgStride + imageTransfer.step(slot) : -1;
        }
#pragma unroll
        for (int slot = 0; slot < hidActsTransfer.SLOTS; slot++) {
            int row = (firstFilter + hidActsTransfer.place(slot)) * geometry.numModules() + module;
            hidActsStart[slot] = row * numImages + hidActsTransfer.step(slot);
        }
    };
    auto load = [&](int image) {
#pragma unroll
        for (int slot = 0; slot < imageTransfer.SLOTS; slot++) {
            imageTransfer.quads[slot] = imageStart[slot] < 0
                    ? make_float4(0.0f, 0.0f, 0.0f, 0.0f)
                    : loadQuad<CHECKED>(images + imageStart[slot] + image, numImages - image - imageTransfer.step(slot));
        }
#pragma unroll
        for (int slot = 0; slot < hidActsTransfer.SLOTS; slot++) {
            if (hidActsTransfer.isUsed(slot)) {
                hidActsTransfer.quads[slot] =
                        loadQuad<CHECKED>(hidActs + hidActsStart[slot] + image, numImages - image - hidActsTransfer.step(slot));
            }
        }
    };
    auto store = [&](int buffer) {
        imageTransfer.store(imageOperand[buffer]);
        hidActsTransfer.store(hidActsOperand[buffer]);
    };

    Tile chains;
    int module = chunk * partialSum;
    int endModule = module + partialSum;
    int image = 0;
    int buffer = 0;
    enter(module);
    load(image);
    store(buffer);
    __syncthreads();
    while (module < endModule) {
        int steps = numImages - image;
        image += STEPS;
        if (image >= numImages) {
            image = 0;
            module++;
            enter(module);
        }
        if (module < endModule) {
            load(image);
        }
        if (!CHECKED || steps >= STEPS) {
            chains.addStage(imageOperand[buffer], hidActsOperand[buffer]);
        } else {
#pragma unroll 1
            for (int step = 0; step < steps; step++) {
                chains.add(imageOperand[buffer], hidActsOperand[buffer], step);
            }
        }
        buffer ^= 1;
        store(buffer);
        __syncthreads();
    }
#pragma unroll
    for (int i = 0; i < Tile::THREAD_ROWS; i++) {
        int weight = firstWeight + chains.row(i);
        if (weight < numWeights) {
            int row = chunk * numWeights + weight;
            chains.template storeRow<false>(i, targets + row * geometry.numFilters + firstFilter, Tile::COLUMNS, scaleTargets,
                                            scaleOutput);
        }
    }
}

#define WEIGHT_ACTS(name, checked, ...)                                                                                \
    extern "C" __global__ void __launch_bounds__(Chains<__VA_ARGS__>::THREADS, Chains<__VA_ARGS__>::BLOCKS)            \
    name(const float* __restrict__ images, const float* __restrict__ hidActs, const int* __restrict__ colorIndices,    \
         float* __restrict__ targets, int numImages, int imgStride, int partialSum, GEOMETRY_PARAMETERS,               \
         float scaleTargets, float scaleOutput) {                                                                      \
        weightActs<Chains<__VA_ARGS__>, checked>(images, hidActs, colorIndices, targets, numImages, imgStride,         \
                                                 partialSum, GEOMETRY, scaleTargets, scaleOutput);                     \
    }

WEIGHT_ACTS(weightActs_w64_f128, false, 64, 128, 8, 8)
WEIGHT_ACTS(weightActs_w64_f96, false, 64, 96, 8, 8)
WEIGHT_ACTS(weightActs_w64_f64, false, 64, 64, 4, 8)
WEIGHT_ACTS(weightActs_w64_f48, false, 64, 48, 4, 4)
WEIGHT_ACTS(weightActs_w64_f32, false, 64, 32, 4, 4)
WEIGHT_ACTS(weightActs_w32_f64, false, 32, 64, 4, 4)
WEIGHT_ACTS(weightActs_w32_f32, false, 32, 32, 4, 4)
WEIGHT_ACTS(weightActs_w32_f16, false, 32, 16, 4, 4)
WEIGHT_ACTS(weightActs_w32_f32_checked, true, 32, 32, 4, 4)
WEIGHT_ACTS(weightActs_w32_f16_checked, true, 32, 16, 4, 4)
