package org.cudaconvnet.kernels.cpu;

import java.util.HashMap;
import java.util.Map;
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
    private final FilterActsFilters packedFilters;
    private final Map<ConvGeometry, FilterActsSteps> knownSteps = new HashMap<>();

    CpuFilterActs(CpuThreads threads) {
        this(threads, FmaTile.preferred());
    }

    CpuFilterActs(CpuThreads threads, FmaTile tile) {
        this.threads = threads;
        this.tile = tile;
        this.imageBlocks = new ImageBlocks(threads, tile.columns());
        this.packedFilters = new FilterActsFilters(threads);
    }

    @Override
    public void filterActs(Matrix images, Matrix filters, Matrix targets, ConvGeometry geometry, float scaleTargets, float scaleOutput) {
        ConvPreconditions.checkFilterActs(images, filters, targets, geometry);
        FilterActsSteps steps = knownSteps.computeIfAbsent(geometry, g -> FilterActsSteps.of(g, tile.columns()));
        Pass pass = new Pass(imageBlocks.pack(images, IntUnaryOperator.identity()), images.cols(),
                packedFilters.pack(filters, geometry, steps.order()), geometry, steps, (int) targets.offset(),
                new ScaledStore(CpuMemory.values(targets), scaleTargets, scaleOutput));
        int rows = imageBlocks.count(images) * geometry.numModulesY();
        threads.forEach(rows, Math.max(1, rows / (8 * threads.count())), (from, to) -> {
            float[] scratch = new float[FmaTile.ROWS * tile.columns()];
            for (int row = from; row < to; row++) {
                moduleRow(pass, row / geometry.numModulesY(), row % geometry.numModulesY(), scratch);
            }
        });
    }

    /** The operands of one call. */
    private record Pass(float[] images, int numImages, float[] filters, ConvGeometry geometry, FilterActsSteps steps,
                        int targetsStart, ScaledStore targets) {
    }

    /** Every filter at one row of modules for one block of images. */
    private void moduleRow(Pass pass, int block, int moduleY, float[] scratch) {
        ConvGeometry geometry = pass.geometry;
        int columns = tile.columns();
        int firstImage = block * columns;
        int count = Math.min(columns, pass.numImages - firstImage);
        int blockStart = block * geometry.imageRows() * columns;
        int targetStride = geometry.numModules() * pass.numImages;
        for (int moduleX = 0; moduleX < geometry.numModulesX(); moduleX++) {
            int module = moduleY * geometry.numModulesX() + moduleX;
            for (int filter = 0; filter < geometry.numFilters(); filter += FmaTile.ROWS) {
                int group = filter / geometry.filtersPerGroup();
                int weights = FilterActsFilters.start(geometry, module, filter);
                int vectors = blockStart + pass.steps.vectorStart(moduleY, moduleX, group);
                int target = pass.targetsStart + filter * targetStride + module * pass.numImages + firstImage;
                FmaSteps steps = pass.steps.at(module, group);
                if (pass.targets.isPlain() && count == columns) {
                    tile.run(pass.filters, weights, pass.images, vectors, steps, pass.targets.target(), target, targetStride, false);
                } else {
                    tile.run(pass.filters, weights, pass.images, vectors, steps, scratch, 0, columns, false);
                    for (int r = 0; r < FmaTile.ROWS; r++) {
                        pass.targets.store(scratch, r * columns, target + r * targetStride, count);
                    }
                }
            }
        }
    }
}
