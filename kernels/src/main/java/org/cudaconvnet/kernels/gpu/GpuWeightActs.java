package org.cudaconvnet.kernels.gpu;

import java.util.Arrays;
import java.util.List;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.ConvPreconditions;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.WeightActs;

/** Weight gradients (weight_acts.cu); a tile is weights x filters of one chunk of modules. */
final class GpuWeightActs implements WeightActs {
    private static final List<ConvTile> TILES = List.of(
            ConvTile.of("weightActs_w64_f128", 64, 128, 128),
            ConvTile.of("weightActs_w64_f96", 64, 96, 96),
            ConvTile.of("weightActs_w64_f64", 64, 64, 128),
            ConvTile.of("weightActs_w64_f48", 64, 48, 192),
            ConvTile.of("weightActs_w64_f32", 64, 32, 128),
            ConvTile.of("weightActs_w32_f64", 32, 64, 128),
            ConvTile.of("weightActs_w32_f32", 32, 32, 64),
            ConvTile.of("weightActs_w32_f16", 32, 16, 32),
            ConvTile.of("weightActs_w32_f32_checked", 32, 32, 64),
            ConvTile.of("weightActs_w32_f16_checked", 32, 16, 32));
    /** Up to here tiles of 64 weights would be at most half full. */
    private static final int FEW_WEIGHTS = 32;
    /** Images that a kernel without checks has in shared memory at once. */
    private static final int STEPS = 8;

    private final Kernels kernels;
    private final ConvOperands operands;

    GpuWeightActs(Kernels kernels, ConvOperands operands) {
        this.kernels = kernels;
        this.operands = operands;
    }

    @Override
    public void weightActs(Matrix images, Matrix hidActs, Matrix targets, ConvGeometry geometry, int partialSum,
                           float scaleTargets, float scaleOutput) {
        int modulesPerChunk = geometry.local() ? 1 : partialSum == 0 ? geometry.numModules() : partialSum;
        ConvPreconditions.checkWeightActs(images, hidActs, targets, geometry, modulesPerChunk);
        operands.requireCountable(images, hidActs, targets);
        operands.requireAligned("targets", targets);
        int numImages = images.cols();
        if (numImages == 0) {
            throw new IllegalArgumentException("weightActs: no images");
        }
        boolean quads = numImages % STEPS == 0 && images.stride() % 4 == 0 && operands.isAligned(images) && operands.isAligned(hidActs);
        boolean few = geometry.numFilterColors() * geometry.filterPixels() <= FEW_WEIGHTS;
        ConvTile tile = ConvTile.choose(TILES,
                each -> geometry.filtersPerGroup() % each.columns() == 0 && (each.checked() || quads && !(few && each.rows() > FEW_WEIGHTS)),
                each -> blocks(each, geometry, modulesPerChunk), kernels.driver().properties().multiprocessors());
        List<Object> matrices = Arrays.asList(images, hidActs, operands.colorIndices(geometry), targets, numImages, images.stride(),
                modulesPerChunk);
        kernels.launch("weight_acts", tile.kernel(), tile.geometry(blocks(tile, geometry, modulesPerChunk)),
                ConvOperands.arguments(matrices, geometry, scaleTargets, scaleOutput));
    }

    private static long blocks(ConvTile tile, ConvGeometry geometry, int modulesPerChunk) {
        int weights = geometry.numFilterColors() * geometry.filterPixels();
        return (long) geometry.numFilters() / tile.columns() * Kernels.ceilDiv(weights, tile.rows())
                * (geometry.numModules() / modulesPerChunk);
    }
}
