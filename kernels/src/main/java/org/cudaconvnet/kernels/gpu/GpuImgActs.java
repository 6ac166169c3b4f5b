package org.cudaconvnet.kernels.gpu;

import java.util.Arrays;
import java.util.List;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.ConvPreconditions;
import org.cudaconvnet.kernels.ImgActs;
import org.cudaconvnet.kernels.Matrix;

/** Image gradients (img_acts.cu); a tile is channels x images at one pixel. */
final class GpuImgActs implements ImgActs {
    private static final List<ConvTile> TILES = List.of(
            ConvTile.of("imgActs_c96_i128", 96, 128, 192),
            ConvTile.of("imgActs_c64_i128", 64, 128, 128),
            ConvTile.of("imgActs_c48_i128", 48, 128, 192),
            ConvTile.of("imgActs_c32_i128", 32, 128, 128),
            ConvTile.of("imgActs_c16_i128", 16, 128, 128),
            ConvTile.of("imgActs_c32_i32_checked", 32, 32, 64),
            ConvTile.of("imgActs_c4_i128_checked", 4, 128, 32));
    /** Up to here tiles of 32 channels would be mostly empty. */
    private static final int FEW_CHANNELS = 8;

    private final Kernels kernels;
    private final ConvOperands operands;

    GpuImgActs(Kernels kernels, ConvOperands operands) {
        this.kernels = kernels;
        this.operands = operands;
    }

    @Override
    public void imgActs(Matrix hidActs, Matrix filters, Matrix targets, ConvGeometry geometry, float scaleTargets, float scaleOutput) {
        ConvPreconditions.checkImgActs(hidActs, filters, targets, geometry);
        operands.requireCountable(hidActs, filters, targets);
        operands.requireAligned("filters", filters);
        int numImages = hidActs.cols();
        if (numImages == 0) {
            return;
        }
        boolean quads = operands.isAligned(hidActs) && operands.isAligned(targets);
        int channels = geometry.numFilterColors();
        ConvTile tile = ConvTile.choose(TILES,
                each -> each.checked() ? channels > FEW_CHANNELS || each.rows() <= FEW_CHANNELS
                        : quads && channels % each.rows() == 0 && numImages % each.columns() == 0,
                each -> blocks(each, geometry, numImages), kernels.driver().properties().multiprocessors());
        List<Object> matrices = Arrays.asList(hidActs, filters, operands.colorIndices(geometry), targets, numImages);
        kernels.launch("img_acts", tile.kernel(), tile.geometry(blocks(tile, geometry, numImages)),
                ConvOperands.arguments(matrices, geometry, scaleTargets, scaleOutput));
    }

    private static long blocks(ConvTile tile, ConvGeometry geometry, int numImages) {
        return (long) Kernels.ceilDiv(geometry.numFilterColors(), tile.rows()) * geometry.numGroups() * geometry.imgPixels()
                * Kernels.ceilDiv(numImages, tile.columns());
    }
}
