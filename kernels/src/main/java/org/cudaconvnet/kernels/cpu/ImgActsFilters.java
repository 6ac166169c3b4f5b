package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/**
 * Filters repacked for image gradients as (module if local, group, channel block, pixel, filter in group, channel in block), in
 * blocks of {@link FmaTile#ROWS} channels; missing channels of the last block are zero.
 */
final class ImgActsFilters {
    private final Workspace workspace = new Workspace();
    private final CpuThreads threads;

    ImgActsFilters(CpuThreads threads) {
        this.threads = threads;
    }

    /** Channel blocks per group. */
    static int channelBlocks(ConvGeometry geometry) {
        return (geometry.numFilterColors() + FmaTile.ROWS - 1) / FmaTile.ROWS;
    }

    static int moduleOffset(ConvGeometry geometry, int module) {
        return geometry.local() ? module * geometry.numGroups() * channelBlocks(geometry) * blockSize(geometry) : 0;
    }

    static int blockOffset(ConvGeometry geometry, int group, int channelBlock) {
        return (group * channelBlocks(geometry) + channelBlock) * blockSize(geometry);
    }

    private static int blockSize(ConvGeometry geometry) {
        return geometry.filterPixels() * geometry.filtersPerGroup() * FmaTile.ROWS;
    }

    float[] pack(Matrix filters, ConvGeometry geometry) {
        int modules = geometry.local() ? geometry.numModules() : 1;
        int blocksPerModule = geometry.numGroups() * channelBlocks(geometry);
        float[] source = CpuMemory.values(filters);
        float[] packed = workspace.atLeast((long) modules * blocksPerModule * blockSize(geometry));
        threads.forEach(modules * blocksPerModule, 1, (from, to) -> {
            for (int block = from; block < to; block++) {
                int moduleStart = (int) filters.offset()
                        + block / blocksPerModule * geometry.numFilterColors() * geometry.filterPixels() * geometry.numFilters();
                int group = block % blocksPerModule / channelBlocks(geometry);
                int firstChannel = block % channelBlocks(geometry) * FmaTile.ROWS;
                packBlock(source, moduleStart + group * geometry.filtersPerGroup(), firstChannel, geometry, packed,
                        block * blockSize(geometry));
            }
        });
        return packed;
    }

    private static void packBlock(float[] source, int sourceStart, int firstChannel, ConvGeometry geometry, float[] packed, int start) {
        for (int r = 0; r < FmaTile.ROWS; r++) {
            int channel = firstChannel + r;
            for (int pixel = 0; pixel < geometry.filterPixels(); pixel++) {
                int row = sourceStart + (channel * geometry.filterPixels() + pixel) * geometry.numFilters();
                int to = start + pixel * geometry.filtersPerGroup() * FmaTile.ROWS + r;
                for (int filter = 0; filter < geometry.filtersPerGroup(); filter++) {
                    packed[to + filter * FmaTile.ROWS] = channel < geometry.numFilterColors() ? source[row + filter] : 0f;
                }
            }
        }
    }
}
