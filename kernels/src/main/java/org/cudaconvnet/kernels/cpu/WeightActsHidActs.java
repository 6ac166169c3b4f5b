package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/**
 * Gradients of the filter outputs repacked for weight gradients with the filter as the fastest index: (group, filter block,
 * module, image, filter in block). Missing filters of a group's last block are zero.
 */
final class WeightActsHidActs {
    private final CpuThreads threads;
    private final int columns;
    private final Workspace workspace = new Workspace();

    /** @param columns filters per block */
    WeightActsHidActs(CpuThreads threads, int columns) {
        this.threads = threads;
        this.columns = columns;
    }

    /** Filter blocks per group. */
    int filterBlocks(ConvGeometry geometry) {
        return (geometry.filtersPerGroup() + columns - 1) / columns;
    }

    int start(ConvGeometry geometry, int numImages, int group, int filterBlock, int module) {
        return ((group * filterBlocks(geometry) + filterBlock) * geometry.numModules() + module) * numImages * columns;
    }

    float[] pack(Matrix hidActs, ConvGeometry geometry) {
        int numImages = hidActs.cols();
        float[] source = CpuMemory.values(hidActs);
        float[] packed = workspace.atLeast(start(geometry, numImages, geometry.numGroups(), 0, 0));
        threads.forEach(geometry.numModules(), 1, (from, to) -> {
            for (int module = from; module < to; module++) {
                for (int group = 0; group < geometry.numGroups(); group++) {
                    for (int block = 0; block < filterBlocks(geometry); block++) {
                        int first = group * geometry.filtersPerGroup() + block * columns;
                        int filled = Math.min(columns, (group + 1) * geometry.filtersPerGroup() - first);
                        int sourceStart = (int) hidActs.offset() + (first * geometry.numModules() + module) * numImages;
                        transpose(source, sourceStart, geometry.numModules() * numImages, filled, numImages, packed,
                                start(geometry, numImages, group, block, module));
                    }
                }
            }
        });
        return packed;
    }

    private void transpose(float[] source, int sourceStart, int sourceStride, int rows, int numImages, float[] packed, int start) {
        for (int row = 0; row < columns; row++) {
            for (int image = 0; image < numImages; image++) {
                packed[start + image * columns + row] = row < rows ? source[sourceStart + row * sourceStride + image] : 0f;
            }
        }
    }
}
