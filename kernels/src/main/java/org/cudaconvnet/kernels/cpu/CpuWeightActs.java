package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.ConvPreconditions;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.WeightActs;

/**
 * Weight gradients. A tile is 8 (filter column, channel) rows x a block of filters of one chunk; the images are its steps.
 *
 * <p>Modules whose pixel row lies in the padding are left out, images beyond the batch are absent: both only add +0 for finite
 * data (spec: kernels-weight-acts.md sections 1 and 4).
 */
final class CpuWeightActs implements WeightActs {
    private final CpuThreads threads;
    private final FmaTile tile;
    private final WeightActsImages packedImages;
    private final WeightActsHidActs packedHidActs;

    CpuWeightActs(CpuThreads threads) {
        this(threads, FmaTile.preferred());
    }

    CpuWeightActs(CpuThreads threads, FmaTile tile) {
        this.threads = threads;
        this.tile = tile;
        this.packedImages = new WeightActsImages(threads);
        this.packedHidActs = new WeightActsHidActs(threads, tile.columns());
    }

    @Override
    public void weightActs(Matrix images, Matrix hidActs, Matrix targets, ConvGeometry geometry, int partialSum,
                           float scaleTargets, float scaleOutput) {
        int modulesPerChunk = geometry.local() ? 1 : partialSum == 0 ? geometry.numModules() : partialSum;
        ConvPreconditions.checkWeightActs(images, hidActs, targets, geometry, modulesPerChunk);
        WeightActsImages.Layout layout = WeightActsImages.Layout.of(geometry, images.cols());
        Pass pass = new Pass(packedImages.pack(images, layout), layout, packedHidActs.pack(hidActs, geometry), (int) targets.offset(),
                new ScaledStore(CpuMemory.values(targets), scaleTargets, scaleOutput), modulesPerChunk);
        int tiles = geometry.numModules() / modulesPerChunk * pass.tilesPerChunk;
        threads.forEach(tiles, Math.max(1, tiles / (8 * threads.count())), (from, to) -> {
            float[] scratch = new float[FmaTile.ROWS * tile.columns()];
            for (int index = from; index < to; index++) {
                pass.compute(index, scratch);
            }
        });
    }

    private final class Pass {
        private final float[] images;
        private final WeightActsImages.Layout layout;
        private final float[] hidActs;
        private final int targetsStart;
        private final ScaledStore targets;
        private final int modulesPerChunk;
        private final ConvGeometry geometry;
        private final FmaSteps steps;
        private final int tilesPerBlock;
        private final int tilesPerChunk;

        Pass(float[] images, WeightActsImages.Layout layout, float[] hidActs, int targetsStart, ScaledStore targets, int modulesPerChunk) {
            this.images = images;
            this.layout = layout;
            this.hidActs = hidActs;
            this.targetsStart = targetsStart;
            this.targets = targets;
            this.modulesPerChunk = modulesPerChunk;
            this.geometry = layout.geometry();
            this.steps = FmaSteps.contiguous(layout.numImages(), tile.columns());
            this.tilesPerBlock = geometry.filterPixels() / layout.filterColumns() * layout.rowBlocks();
            this.tilesPerChunk = geometry.numGroups() * packedHidActs.filterBlocks(geometry) * tilesPerBlock;
        }

        /** @param index (chunk, group, filter block, filter row, filter column, row block) */
        void compute(int index, float[] scratch) {
            int rowBlock = index % layout.rowBlocks();
            int columnsPerRow = geometry.filterSize() / layout.filterColumns();
            int filterX = index / layout.rowBlocks() % columnsPerRow;
            int filterY = index / layout.rowBlocks() / columnsPerRow % geometry.filterSize();
            int filterBlock = index / tilesPerBlock % packedHidActs.filterBlocks(geometry);
            int group = index % tilesPerChunk / (tilesPerChunk / geometry.numGroups());
            int chunk = index / tilesPerChunk;
            boolean resume = false;
            for (int module = chunk * modulesPerChunk; module < (chunk + 1) * modulesPerChunk; module++) {
                int y = geometry.paddingStart() + module / geometry.numModulesX() * geometry.moduleStride() + filterY;
                int position = layout.position(module % geometry.numModulesX(), filterX);
                if (y >= 0 && y < geometry.imgSizeY() && position >= 0) {
                    tile.run(images, layout.start(group, y, position, rowBlock), hidActs,
                            packedHidActs.start(geometry, layout.numImages(), group, filterBlock, module), steps,
                            scratch, 0, tile.columns(), resume);
                    resume = true;
                }
            }
            if (!resume) {
                Arrays.fill(scratch, 0f);
            }
            store(scratch, chunk, group, filterBlock, filterY, filterX, rowBlock);
        }

        private void store(float[] scratch, int chunk, int group, int filterBlock, int filterY, int filterX, int rowBlock) {
            int columns = tile.columns();
            int firstFilter = filterBlock * columns;
            int count = Math.min(columns, geometry.filtersPerGroup() - firstFilter);
            int firstRow = rowBlock * FmaTile.ROWS;
            int rows = Math.min(FmaTile.ROWS, layout.rows() - firstRow);
            for (int r = 0; r < rows; r++) {
                int pixel = filterY * geometry.filterSize() + filterX + layout.filterColumn(firstRow + r);
                int row = (chunk * geometry.numFilterColors() + layout.channel(firstRow + r)) * geometry.filterPixels() + pixel;
                int to = targetsStart + row * geometry.numFilters() + group * geometry.filtersPerGroup() + firstFilter;
                targets.store(scratch, r * columns, to, count);
            }
        }
    }
}
