package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.cudaconvnet.kernels.Matrix;

/**
 * A matrix whose columns are images, repacked as (block, row, image in block): a tile of chains then reads neighbouring
 * memory. Images beyond the last one are zero.
 */
final class ImageBlocks {
    private final Workspace workspace = new Workspace();
    private final CpuThreads threads;
    private final int columns;

    /** @param columns images per block */
    ImageBlocks(CpuThreads threads, int columns) {
        this.threads = threads;
        this.columns = columns;
    }

    int count(Matrix images) {
        return (images.cols() + columns - 1) / columns;
    }

    /** @param sourceRow the matrix row that becomes row i of each block */
    float[] pack(Matrix images, IntUnaryOperator sourceRow) {
        int rows = images.rows();
        int blocks = count(images);
        float[] source = CpuMemory.values(images);
        float[] packed = workspace.atLeast((long) blocks * rows * columns);
        threads.forEach(rows, Math.max(1, rows / (8 * threads.count())), (from, to) -> {
            for (int block = 0; block < blocks; block++) {
                int first = block * columns;
                int filled = Math.min(columns, images.cols() - first);
                for (int row = from; row < to; row++) {
                    int start = (block * rows + row) * columns;
                    int sourceStart = (int) images.offset() + sourceRow.applyAsInt(row) * images.stride() + first;
                    System.arraycopy(source, sourceStart, packed, start, filled);
                    Arrays.fill(packed, start + filled, start + columns, 0f);
                }
            }
        });
        return packed;
    }
}
