package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;

/**
 * The neighbouring maps that take part in cross-map normalisation (spec: kernels-pool-norm.md sections 7 and 8).
 *
 * @param before maps before the own one; not used if blocked
 * @param sizeF  maps in a window before clipping
 */
record ChannelWindows(int numFilters, int before, int sizeF, boolean blocked) {

    static ChannelWindows forward(int numFilters, int sizeF, boolean blocked) {
        CpuImages.require(sizeF > 0 && sizeF <= numFilters, "sizeF", sizeF, "1 to numFilters = " + numFilters);
        return new ChannelWindows(numFilters, sizeF / 2, sizeF, blocked);
    }

    /** The maps whose window contains this one. */
    ChannelWindows mirrored() {
        return new ChannelWindows(numFilters, sizeF - 1 - before, sizeF, blocked);
    }

    private int start(int filter) {
        return blocked ? filter / sizeF * sizeF : filter - before;
    }

    /**
     * Folds the window of one map over {@code n} elements of each map, maps ascending.
     *
     * @param from  first element within the plane of a map
     * @param acc   overwritten, n elements
     */
    void fold(CpuImages images, int filter, int from, int n, MapWindow.Fold fold, float[] acc) {
        Arrays.fill(acc, 0, n, 0f);
        int end = Math.min(numFilters, start(filter) + sizeF);
        for (int map = Math.max(0, start(filter)); map < end; map++) {
            fold.fold(images.values(), images.offset() + map * images.plane() + from, acc, 0, n);
        }
    }
}
