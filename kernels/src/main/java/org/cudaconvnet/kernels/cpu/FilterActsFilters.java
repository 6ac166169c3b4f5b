package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/**
 * Filters repacked for the forward pass as (module if local, filter block, step, filter in block), in blocks of
 * {@link FmaTile#ROWS} filters, so that a tile reads its weights one after the other.
 */
final class FilterActsFilters {
    private final Workspace workspace = new Workspace();
    private final CpuThreads threads;

    FilterActsFilters(CpuThreads threads) {
        this.threads = threads;
    }

    /** Where the weights of a block of filters start. */
    static int start(ConvGeometry geometry, int module, int firstFilter) {
        int filterRows = geometry.numFilterColors() * geometry.filterPixels();
        return ((geometry.local() ? module * geometry.numFilters() : 0) + firstFilter) * filterRows;
    }

    /** @param order the row of the filter matrix, within a module, that each step of a whole filter reads */
    float[] pack(Matrix filters, ConvGeometry geometry, int[] order) {
        int modules = geometry.local() ? geometry.numModules() : 1;
        float[] source = CpuMemory.values(filters);
        float[] packed = workspace.atLeast(filters.size());
        threads.forEach(modules, 1, (from, to) -> {
            for (int module = from; module < to; module++) {
                for (int filter = 0; filter < geometry.numFilters(); filter += FmaTile.ROWS) {
                    int blockStart = start(geometry, module, filter);
                    for (int step = 0; step < order.length; step++) {
                        int row = module * order.length + order[step];
                        System.arraycopy(source, (int) filters.offset() + row * geometry.numFilters() + filter, packed,
                                blockStart + step * FmaTile.ROWS, FmaTile.ROWS);
                    }
                }
            }
        });
        return packed;
    }
}
