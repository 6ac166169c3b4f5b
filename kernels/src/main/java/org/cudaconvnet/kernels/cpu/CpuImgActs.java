package org.cudaconvnet.kernels.cpu;

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
        float[] packedHidActs = hidActsBlocks.pack(hidActs, row -> row % numFilters * numModules + row / numFilters);
        Pass pass = new Pass(packedHidActs, packedFilters.pack(filters, geometry), hidActs.cols(), (int) targets.offset(),
                new ScaledStore(CpuMemory.values(targets), scaleTargets, scaleOutput), geometry,
                ImgActsSteps.of(geometry, tile.columns()));
        int rows = hidActsBlocks.count(hidActs) * geometry.imgSizeY();
        threads.forEach(rows, Math.max(1, rows / (8 * threads.count())), (from, to) -> {
            float[] scratch = new float[FmaTile.ROWS * tile.columns()];
            for (int row = from; row < to; row++) {
                for (int x = 0; x < geometry.imgSizeX(); x++) {
                    pass.pixel(row / geometry.imgSizeY(), row % geometry.imgSizeY() * geometry.imgSizeX() + x, scratch);
                }
            }
        });
    }

    private final class Pass {
        private final float[] hidActs;
        private final float[] filters;
        private final int numImages;
        private final int targetsStart;
        private final ScaledStore targets;
        private final ConvGeometry geometry;
        private final ImgActsSteps steps;

        Pass(float[] hidActs, float[] filters, int numImages, int targetsStart, ScaledStore targets, ConvGeometry geometry,
             ImgActsSteps steps) {
            this.hidActs = hidActs;
            this.filters = filters;
            this.numImages = numImages;
            this.targetsStart = targetsStart;
            this.targets = targets;
            this.geometry = geometry;
            this.steps = steps;
        }

        /** Every channel of one pixel for one block of images. */
        void pixel(int block, int pixel, float[] scratch) {
            int columns = tile.columns();
            int module = steps.firstModule(pixel);
            int firstRow = block * geometry.hidActsRows() + module * geometry.numFilters();
            int weights = ImgActsFilters.moduleOffset(geometry, module);
            for (int group = 0; group < geometry.numGroups(); group++) {
                int vectors = (firstRow + group * geometry.filtersPerGroup()) * columns;
                for (int channel = 0; channel < geometry.numFilterColors(); channel += FmaTile.ROWS) {
                    int scalars = weights + ImgActsFilters.blockOffset(geometry, group, channel / FmaTile.ROWS);
                    compute(scalars, vectors, group, channel, block * columns, pixel, scratch);
                }
            }
        }

        private void compute(int scalars, int vectors, int group, int firstChannel, int firstImage, int pixel, float[] scratch) {
            int columns = tile.columns();
            int count = Math.min(columns, numImages - firstImage);
            int rows = Math.min(FmaTile.ROWS, geometry.numFilterColors() - firstChannel);
            if (targets.isPlain() && !geometry.isSparse() && count == columns && rows == FmaTile.ROWS) {
                tile.run(filters, scalars, hidActs, vectors, steps.at(pixel), targets.target(),
                        targetStart(group, firstChannel, pixel) + firstImage, geometry.imgPixels() * numImages, false);
                return;
            }
            tile.run(filters, scalars, hidActs, vectors, steps.at(pixel), scratch, 0, columns, false);
            for (int r = 0; r < rows; r++) {
                targets.store(scratch, r * columns, targetStart(group, firstChannel + r, pixel) + firstImage, count);
            }
        }

        /** Sparse: each sample of groups has a full set of channels of its own. */
        private int targetStart(int group, int channel, int pixel) {
            int sample = group / (geometry.numGroups() / geometry.overSample());
            int row = (sample * geometry.numImgColors() + geometry.imageChannel(group, channel)) * geometry.imgPixels() + pixel;
            return targetsStart + row * numImages;
        }
    }
}
