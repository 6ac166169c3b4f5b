package org.cudaconvnet.kernels.cpu;

/** Turns rows of a matrix into columns. */
final class RowsToColumns {
    private static final int TOGETHER = 4;

    private RowsToColumns() {
    }

    /**
     * {@code target[start + i * stride + r] = source[rows[r] + i]} for each of {@code count} elements; a negative row start means
     * zeros.
     *
     * @param rows a multiple of 4 row starts: four rows at a time fill each line of the target with fewer visits
     */
    static void copy(float[] source, int[] rows, int count, float[] target, int start, int stride) {
        for (int r = 0; r < rows.length; r += TOGETHER) {
            if (rows[r] >= 0 && rows[r + 1] >= 0 && rows[r + 2] >= 0 && rows[r + 3] >= 0) {
                copyFour(source, rows[r], rows[r + 1], rows[r + 2], rows[r + 3], count, target, start + r, stride);
            } else {
                for (int i = r; i < r + TOGETHER; i++) {
                    copyOne(source, rows[i], count, target, start + i, stride);
                }
            }
        }
    }

    private static void copyFour(float[] source, int row0, int row1, int row2, int row3, int count, float[] target, int start, int stride) {
        for (int i = 0; i < count; i++) {
            int to = start + i * stride;
            target[to] = source[row0 + i];
            target[to + 1] = source[row1 + i];
            target[to + 2] = source[row2 + i];
            target[to + 3] = source[row3 + i];
        }
    }

    private static void copyOne(float[] source, int row, int count, float[] target, int start, int stride) {
        for (int i = 0; i < count; i++) {
            target[start + i * stride] = row < 0 ? 0f : source[row + i];
        }
    }
}
