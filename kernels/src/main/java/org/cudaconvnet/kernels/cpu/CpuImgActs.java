package org.cudaconvnet.kernels.cpu;

import java.util.HashMap;
import java.util.Map;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.ConvPreconditions;
import org.cudaconvnet.kernels.ImgActs;
import org.cudaconvnet.kernels.Matrix;

/** Image gradients. A tile is 8 channels of a group x a block of images at one pixel. */
final class CpuImgActs implements ImgActs {
    private final CpuThreads threads;
    private final FmaTile tile;
    private final ImageBlocks hidActsBlocks;
    private final ImgActsFilters packedFilters;
    private final Map<ConvGeometry, ImgActsSteps> knownSteps = new HashMap<>();

    CpuImgActs(CpuThreads threads) {
        this(threads, FmaTile.preferred());
    }

    CpuImgActs(CpuThreads threads, FmaTile tile) {
        this.threads = threads;
        this.tile = tile;
        this.hidActsBlocks = new ImageBlocks(threads, tile.columns());
        this.packedFilters = new ImgActsFilters(threads);
    }

    @Override
    public void imgActs(Matrix hidActs, Matrix filters, Matrix targets, ConvGeometry geometry, float scaleTargets, float scaleOutput) {
        ConvPreconditions.checkImgActs(hidActs, filters, targets, geometry);
        int numFilters = geometry.numFilters();
        int numModules = geometry.numModules();
        Pass pass = new Pass(hidActsBlocks.pack(hidActs, row -> row % numFilters * numModules + row / numFilters), hidActs.cols(),
                packedFilters.pack(filters, geometry), geometry,
                knownSteps.computeIfAbsent(geometry, g -> ImgActsSteps.of(g, tile.columns())), (int) targets.offset(),
                new ScaledStore(CpuMemory.values(targets), scaleTargets, scaleOutput));
        int rows = hidActsBlocks.count(hidActs) * geometry.imgSizeY();
        threads.forEach(rows, Math.max(1, rows / (8 * threads.count())), (from, to) -> {
            float[] scratch = new float[FmaTile.ROWS * tile.columns()];
            for (int row = from; row < to; row++) {
                for (int x = 0; x < geometry.imgSizeX(); x++) {
                    pixel(pass, row / geometry.imgSizeY(), row % geometry.imgSizeY() * geometry.imgSizeX() + x, scratch);
                }
            }
        });
    }

    /** The operands of one call. */
    private record Pass(float[] hidActs, int numImages, float[] filters, ConvGeometry geometry, ImgActsSteps steps,
                        int targetsStart, ScaledStore targets) {
        /** Sparse: each sample of groups has a full set of channels of its own. */
        int targetStart(int group, int channel, int pixel) {
            int sample = group / (geometry.numGroups() / geometry.overSample());
            int row = (sample * geometry.numImgColors() + geometry.imageChannel(group, channel)) * geometry.imgPixels() + pixel;
            return targetsStart + row * numImages;
        }
    }

    /** Every channel of one pixel for one block of images. */
    private void pixel(Pass pass, int block, int pixel, float[] scratch) {
        ConvGeometry geometry = pass.geometry;
        int columns = tile.columns();
        int firstImage = block * columns;
        int count = Math.min(columns, pass.numImages - firstImage);
        int module = pass.steps.firstModule(pixel);
        FmaSteps steps = pass.steps.at(pixel);
        for (int group = 0; group < geometry.numGroups(); group++) {
            int row = block * geometry.hidActsRows() + module * geometry.numFilters() + group * geometry.filtersPerGroup();
            for (int channel = 0; channel < geometry.numFilterColors(); channel += FmaTile.ROWS) {
                int weights = ImgActsFilters.moduleOffset(geometry, module)
                        + ImgActsFilters.blockOffset(geometry, group, channel / FmaTile.ROWS);
                int rows = Math.min(FmaTile.ROWS, geometry.numFilterColors() - channel);
                if (pass.targets.isPlain() && !geometry.isSparse() && count == columns && rows == FmaTile.ROWS) {
                    tile.run(pass.filters, weights, pass.hidActs, row * columns, steps, pass.targets.target(),
                            pass.targetStart(group, channel, pixel) + firstImage, geometry.imgPixels() * pass.numImages, false);
                } else {
                    tile.run(pass.filters, weights, pass.hidActs, row * columns, steps, scratch, 0, columns, false);
                    for (int r = 0; r < rows; r++) {
                        pass.targets.store(scratch, r * columns, pass.targetStart(group, channel + r, pixel) + firstImage, count);
                    }
                }
            }
        }
    }
}
