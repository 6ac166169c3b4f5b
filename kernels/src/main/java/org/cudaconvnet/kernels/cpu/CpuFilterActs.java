package org.cudaconvnet.kernels.cpu;

import java.util.function.IntUnaryOperator;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.ConvPreconditions;
import org.cudaconvnet.kernels.FilterActs;
import org.cudaconvnet.kernels.Matrix;

/**
 * Forward convolution. A tile is 8 filters x a block of images at one module.
 *
 * <p>Steps in the padding are left out: {@code fma(+0, w, acc)} returns acc for finite weights unless acc is -0, which only a
 * product below 2^-150 can make (spec: kernels-filter-acts.md section 2).
 */
final class CpuFilterActs implements FilterActs {
    private final CpuThreads threads;
    private final FmaTile tile;
    private final ImageBlocks imageBlocks;

    CpuFilterActs(CpuThreads threads) {
        this(threads, FmaTile.preferred());
    }

    CpuFilterActs(CpuThreads threads, FmaTile tile) {
        this.threads = threads;
        this.tile = tile;
        this.imageBlocks = new ImageBlocks(threads, tile.columns());
    }

    @Override
    public void filterActs(Matrix images, Matrix filters, Matrix targets, ConvGeometry geometry, float scaleTargets, float scaleOutput) {
        ConvPreconditions.checkFilterActs(images, filters, targets, geometry);
        float[] packed = imageBlocks.pack(images, IntUnaryOperator.identity());
        Pass pass = new Pass(packed, images.cols(), CpuMemory.values(filters), (int) filters.offset(), (int) targets.offset(),
                new ScaledStore(CpuMemory.values(targets), scaleTargets, scaleOutput), geometry,
                FilterActsSteps.of(geometry, tile.columns()));
        int rows = imageBlocks.count(images) * geometry.numModulesY();
        threads.forEach(rows, Math.max(1, rows / (8 * threads.count())), (from, to) -> {
            float[] scratch = new float[FmaTile.ROWS * tile.columns()];
            for (int row = from; row < to; row++) {
                pass.moduleRow(row / geometry.numModulesY(), row % geometry.numModulesY(), scratch);
            }
        });
    }

    private final class Pass {
        private final float[] images;
        private final int numImages;
        private final float[] filters;
        private final int filtersStart;
        private final int targetsStart;
        private final ScaledStore targets;
        private final ConvGeometry geometry;
        private final FilterActsSteps steps;

        Pass(float[] images, int numImages, float[] filters, int filtersStart, int targetsStart, ScaledStore targets,
             ConvGeometry geometry, FilterActsSteps steps) {
            this.images = images;
            this.numImages = numImages;
            this.filters = filters;
            this.filtersStart = filtersStart;
            this.targetsStart = targetsStart;
            this.targets = targets;
            this.geometry = geometry;
            this.steps = steps;
        }

        /** Every filter at one row of modules for one block of images. */
        void moduleRow(int block, int moduleY, float[] scratch) {
            int columns = tile.columns();
            int firstImage = block * columns;
            int count = Math.min(columns, numImages - firstImage);
            int numModules = geometry.numModules();
            int blockStart = block * geometry.imageRows() * columns;
            for (int moduleX = 0; moduleX < geometry.numModulesX(); moduleX++) {
                int module = moduleY * geometry.numModulesX() + moduleX;
                int weights = filtersStart + (geometry.local() ? module * (geometry.filterRows() / numModules) * geometry.numFilters() : 0);
                for (int filter = 0; filter < geometry.numFilters(); filter += FmaTile.ROWS) {
                    int group = filter / geometry.filtersPerGroup();
                    int start = blockStart + steps.vectorStart(moduleY, moduleX, group);
                    int target = targetsStart + (filter * numModules + module) * numImages + firstImage;
                    if (targets.isPlain() && count == columns) {
                        tile.run(filters, weights + filter, images, start, steps.at(module, group), targets.target(), target,
                                numModules * numImages, false);
                    } else {
                        tile.run(filters, weights + filter, images, start, steps.at(module, group), scratch, 0, columns, false);
                        for (int r = 0; r < FmaTile.ROWS; r++) {
                            targets.store(scratch, r * columns, target + r * numModules * numImages, count);
                        }
                    }
                }
            }
        }
    }
}
