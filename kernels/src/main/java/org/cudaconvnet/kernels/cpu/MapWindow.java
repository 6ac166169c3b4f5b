package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;

/**
 * Square window around each pixel within one map, clipped to the image.
 *
 * @param first offset of the window's first row and column from the pixel
 * @param size  side of the window before clipping
 */
record MapWindow(int first, int size) {
    /** Adds {@code n} elements, or a function of them, to accumulators. */
    interface Fold {
        void fold(float[] values, int from, float[] acc, int to, int n);
    }

    /** Window of the forward passes: for an even size one more pixel before than after. */
    static MapWindow forward(int size) {
        CpuImages.require(size > 0, "sizeX", size, "at least 1");
        return new MapWindow(-(size / 2), size);
    }

    /** Mirror image of {@link #forward}: the pixels whose window contains this one. */
    MapWindow mirrored() {
        return new MapWindow(1 - size - first, size);
    }

    /**
     * Folds the windows of a whole row of pixels, rows then columns ascending; a column of windows is one run over all
     * pixels that have it.
     *
     * @param acc (x, image), overwritten
     */
    void foldRow(CpuImages images, int channel, int y, Fold fold, float[] acc) {
        int imgSize = images.size();
        int n = images.numImages();
        Arrays.fill(acc, 0f);
        for (int row = Math.max(0, y + first); row < Math.min(imgSize, y + first + size); row++) {
            for (int dx = first; dx < first + size; dx++) {
                int begin = Math.max(0, -dx);
                int pixels = Math.min(imgSize, imgSize - dx) - begin;
                if (pixels > 0) {
                    fold.fold(images.values(), images.at(channel, row, begin + dx), acc, begin * n, pixels * n);
                }
            }
        }
    }
}
