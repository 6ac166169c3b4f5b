// Gradient of convolutional and locally connected layers with respect to their images: one fma chain per image element over the
// modules that cover its pixel, within a module over the filters of the group (spec: kernels-img-acts.md section 1). The Java
// twin is CpuImgActs.
//
// imgActs_cC_iI computes C channels x I images of one pixel per block.
//   grid   x = ceil(numFilterColors / C) * numGroups * imgPixels * ceil(numImages / I), channel tiles fastest, then groups, then
//          pixels
//   block  x = the THREADS of its Chains; no dynamic shared memory
//   needs  filters per group divisible by 16, filters at an address divisible by 16. Without suffix: numFilterColors divisible
//          by C, numImages by I, hidActs and targets at addresses divisible by 16. Fewer than 2^31 elements per matrix.
// colorIndices is null unless connectivity is sparse; then each of the numFilterColors * numGroups / numImgColors samples of the
// target is written by its own groups.
#include "conv.cuh"

// Modules `from` to `to`, exclusive, along one axis cover a pixel.
struct Cover {
    int from, to;
};

static __device__ __forceinline__ Cover coverOf(const ConvGeometry& geometry, int pixel, int numModules) {
    int distance = pixel - geometry.paddingStart;
    return Cover{distance < geometry.filterSize ? 0 : 1 + (distance - geometry.filterSize) / geometry.moduleStride,
                 min(numModules, 1 + distance / geometry.moduleStride)};
}

template <class Tile, bool CHECKED>
static __device__ __forceinline__ void imgActs(const float* __restrict__ hidActs, const float* __restrict__ filters,
                                               const int* __restrict__ colorIndices, float* __restrict__ targets, int numImages,
                                               const ConvGeometry& geometry, float scaleTargets, float scaleOutput) {
    constexpr int THREADS = Tile::THREADS;
    __shared__ Operand<Tile::ROWS> filterOperand[2];
    __shared__ Operand<Tile::COLUMNS> hidActsOperand[2];

    int channelTiles = (geometry.numFilterColors + Tile::ROWS - 1) / Tile::ROWS;
    int tile = blockIdx.x / channelTiles;
    int firstChannel = blockIdx.x % channelTiles * Tile::ROWS;
    int group = tile % geometry.numGroups;
    int pixel = tile / geometry.numGroups % geometry.imgPixels();
    int firstImage = tile / geometry.numGroups / geometry.imgPixels() * Tile::COLUMNS;
    int available = numImages - firstImage;
    int y = pixel / geometry.imgSizeX;
    int x = pixel % geometry.imgSizeX;
    Cover coverY = coverOf(geometry, y, geometry.numModulesY);
    Cover coverX = coverOf(geometry, x, geometry.numModulesX);
    int filtersPerGroup = geometry.filtersPerGroup();
    int filterPixels = geometry.filterPixels();
    hidActs += group * filtersPerGroup * geometry.numModules() * numImages + firstImage;
    filters += group * filtersPerGroup;

    Transfer<Tile::COLUMNS, THREADS, false> hidActsTransfer;
    Transfer<Tile::ROWS, THREADS, true> filterTransfer;
    // Where the slots' operands start in the module that is under way; -1 beyond the channels of a group.
    int hidActsStart[hidActsTransfer.SLOTS];
    int filterStart[filterTransfer.SLOTS];
    auto enter = [&](int moduleY, int moduleX) {
        int module = moduleY * geometry.numModulesX + moduleX;
        int filterPixel = (y - geometry.paddingStart - moduleY * geometry.moduleStride) * geometry.filterSize + x
                - geometry.paddingStart - moduleX * geometry.moduleStride;
#pragma unroll
        for (int slot = 0; slot < hidActsTransfer.SLOTS; slot++) {
            int row = hidActsTransfer.step(slot) * geometry.numModules() + module;
            hidActsStart[slot] = row * numImages + hidActsTransfer.place(slot);
        }
#pragma unroll
        for (int slot = 0; slot < filterTransfer.SLOTS; slot++) {
            int channel = firstChannel + filterTransfer.place(slot);
            int row = ((geometry.local ? module * geometry.numFilterColors : 0) + channel) * filterPixels + filterPixel;
            filterStart[slot] = filterTransfer.isUsed(slot) && (!CHECKED || channel < geometry.numFilterColors)
                    ? row * geometry.numFilters + filterTransfer.step(slot) : -1;
        }
    };
    auto load = [&](int filter) {
        int hidActsRows = filter * geometry.numModules() * numImages;
#pragma unroll
        for (int slot = 0; slot < hidActsTransfer.SLOTS; slot++) {
            if (hidActsTransfer.isUsed(slot)) {
                hidActsTransfer.quads[slot] =
                        loadQuad<CHECKED>(hidActs + hidActsStart[slot] + hidActsRows, available - hidActsTransfer.place(slot));
            }
        }
#pragma unroll
        for (int slot = 0; slot < filterTransfer.SLOTS; slot++) {
            filterTransfer.quads[slot] = filterStart[slot] < 0 ? make_float4(0.0f, 0.0f, 0.0f, 0.0f)
                                                               : loadQuad<false>(filters + filterStart[slot] + filter, 4);
        }
    };
    auto store = [&](int buffer) {
        hidActsTransfer.store(hidActsOperand[buffer]);
        filterTransfer.store(filterOperand[buffer]);
    };

    Tile chains;
    int moduleY = coverY.from;
    int moduleX = coverX.from;
    int filter = 0;
    int buffer = 0;
    enter(moduleY, moduleX);
    load(filter);
    store(buffer);
    __syncthreads();
    while (moduleY < coverY.to) {
        filter += STEPS;
        if (filter == filtersPerGroup) {
            filter = 0;
            moduleX++;
            if (moduleX == coverX.to) {
                moduleX = coverX.from;
                moduleY++;
            }
            enter(moduleY, moduleX);
        }
        if (moduleY < coverY.to) {
            load(filter);
        }
        chains.addStage(filterOperand[buffer], hidActsOperand[buffer]);
        buffer ^= 1;
        store(buffer);
        __syncthreads();
    }
    int sample = colorIndices == nullptr ? 0 : group / (geometry.numImgColors / geometry.numFilterColors);
#pragma unroll
    for (int i = 0; i < Tile::THREAD_ROWS; i++) {
        int channel = firstChannel + chains.row(i);
        if (!CHECKED || channel < geometry.numFilterColors) {
            int imageChannel = geometry.imageChannel(colorIndices, group, channel);
            int row = (sample * geometry.numImgColors + imageChannel) * geometry.imgPixels() + pixel;
            chains.template storeRow<CHECKED>(i, targets + row * numImages + firstImage, available, scaleTargets, scaleOutput);
        }
    }
}

#define IMG_ACTS(name, checked, ...)                                                                                   \
    extern "C" __global__ void __launch_bounds__(Chains<__VA_ARGS__>::THREADS, Chains<__VA_ARGS__>::BLOCKS)            \
    name(const float* __restrict__ hidActs, const float* __restrict__ filters, const int* __restrict__ colorIndices,   \
         float* __restrict__ targets, int numImages, GEOMETRY_PARAMETERS, float scaleTargets, float scaleOutput) {     \
        imgActs<Chains<__VA_ARGS__>, checked>(hidActs, filters, colorIndices, targets, numImages, GEOMETRY,            \
                                              scaleTargets, scaleOutput);                                              \
    }

IMG_ACTS(imgActs_c96_i128, false, 96, 128, 8, 8)
IMG_ACTS(imgActs_c64_i128, false, 64, 128, 8, 8)
IMG_ACTS(imgActs_c48_i128, false, 48, 128, 4, 8)
IMG_ACTS(imgActs_c32_i128, false, 32, 128, 4, 8)
IMG_ACTS(imgActs_c16_i128, false, 16, 128, 4, 4)
IMG_ACTS(imgActs_c32_i32_checked, true, 32, 32, 4, 4)
IMG_ACTS(imgActs_c4_i128_checked, true, 4, 128, 4, 4)
