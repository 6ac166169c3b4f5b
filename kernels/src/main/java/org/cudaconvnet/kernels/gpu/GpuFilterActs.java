package org.cudaconvnet.kernels.gpu;

import java.util.Arrays;
import java.util.List;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.ConvPreconditions;
import org.cudaconvnet.kernels.FilterActs;
import org.cudaconvnet.kernels.Matrix;

/** Forward convolution (filter_acts.cu); a tile is filters x images at one module. */
final class GpuFilterActs implements FilterActs {
    private static final List<ConvTile> TILES = List.of(
            ConvTile.of("filterActs_f96_i128", 96, 128, 192),
            ConvTile.of("filterActs_f64_i128", 64, 128, 128),
            ConvTile.of("filterActs_f48_i128", 48, 128, 192),
            ConvTile.of("filterActs_f32_i128", 32, 128, 128),
            ConvTile.of("filterActs_f16_i128", 16, 128, 128),
            ConvTile.of("filterActs_f32_i32_checked", 32, 32, 64),
            ConvTile.of("filterActs_f16_i32_checked", 16, 32, 32));

    private final Kernels kernels;
    private final ConvOperands operands;

    GpuFilterActs(Kernels kernels, ConvOperands operands) {
        this.kernels = kernels;
        this.operands = operands;
    }

    @Override
    public void filterActs(Matrix images, Matrix filters, Matrix targets, ConvGeometry geometry, float scaleTargets, float scaleOutput) {
        ConvPreconditions.checkFilterActs(images, filters, targets, geometry);
        operands.requireCountable(images, filters, targets);
        operands.requireAligned("filters", filters);
        int numImages = images.cols();
        if (numImages == 0) {
            return;
        }
        boolean quads = images.stride() % 4 == 0 && operands.isAligned(images) && operands.isAligned(targets);
        ConvTile tile = ConvTile.choose(TILES,
                each -> geometry.filtersPerGroup() % each.rows() == 0 && (each.checked() || quads && numImages % each.columns() == 0),
                each -> blocks(each, geometry, numImages), kernels.driver().properties().multiprocessors());
        List<Object> matrices = Arrays.asList(images, filters, operands.colorIndices(geometry), targets, numImages, images.stride());
        kernels.launch("filter_acts", tile.kernel(), tile.geometry(blocks(tile, geometry, numImages)),
                ConvOperands.arguments(matrices, geometry, scaleTargets, scaleOutput));
    }

    private static long blocks(ConvTile tile, ConvGeometry geometry, int numImages) {
        return (long) geometry.numFilters() / tile.rows() * geometry.numModules() * Kernels.ceilDiv(numImages, tile.columns());
    }
}
