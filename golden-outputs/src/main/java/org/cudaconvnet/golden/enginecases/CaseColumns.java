package org.cudaconvnet.golden.enginecases;

/**
 * What is stored of a layer's row-major values (units x cases) in one mini-batch.
 *
 * @param cases    columns of the values
 * @param selected columns that are stored
 */
record CaseColumns(int cases, int[] selected) {
    float[] selected(float[] values) {
        float[] result = new float[values.length / cases * selected.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i / selected.length * cases + selected[i % selected.length]];
        }
        return result;
    }

    /** Sums over all cases, in binary64, then rounded, as in the stored data. */
    float[] sums(float[] values) {
        float[] sums = new float[values.length / cases];
        for (int row = 0; row < sums.length; row++) {
            double sum = 0;
            for (int i = 0; i < cases; i++) {
                sum += values[row * cases + i];
            }
            sums[row] = (float) sum;
        }
        return sums;
    }
}
