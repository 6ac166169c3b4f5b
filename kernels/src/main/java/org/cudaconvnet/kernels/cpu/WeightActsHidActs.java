package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/**
 * A few modules of the gradients of the filter outputs, for one block of filters, with the filter as the fastest index:
 * (module, image, filter in block). Small enough to stay in the cache of the core that uses it.
 */
final class WeightActsHidActs {
    private static final int CACHED_ROWS = 256;

    private final ConvGeometry geometry;
    private final float[] source;
    private final int sourceStart;
    private final int numImages;
    private final int columns;
    private final float[] values;

    /** @param columns filters per block; missing filters of a group's last block stay zero */
    WeightActsHidActs(Matrix hidActs, ConvGeometry geometry, int columns) {
        this.geometry = geometry;
        this.source = CpuMemory.values(hidActs);
        this.sourceStart = (int) hidActs.offset();
        this.numImages = hidActs.cols();
        this.columns = columns;
        this.values = new float[modules(geometry, numImages) * numImages * columns];
    }

    /** How many modules fit at once. */
    static int modules(ConvGeometry geometry, int numImages) {
        return Math.max(1, Math.min(geometry.numModules(), CACHED_ROWS / Math.max(1, numImages)));
    }

    float[] values() {
        return values;
    }

    /** Where a module starts, counted from the first one loaded. */
    int start(int module) {
        return module * numImages * columns;
    }

    /** Modules of one filter are neighbours in memory, so that they are loaded as one row. */
    void load(int firstFilter, int numFilters, int fromModule, int toModule) {
        int[] rows = new int[columns];
        for (int filter = 0; filter < columns; filter++) {
            int row = (firstFilter + filter) * geometry.numModules() + fromModule;
            rows[filter] = filter < numFilters ? sourceStart + row * numImages : -1;
        }
        RowsToColumns.copy(source, rows, (toModule - fromModule) * numImages, values, 0, columns);
    }
}
