package org.cudaconvnet.kernels.cpu;

/**
 * The inner loop of all convolutions: a tile of {@link #ROWS} x {@link #columns()} fma chains that advance together.
 *
 * <p>Step k: {@code tile[r][l] = fma(scalars[scalarStart + scalarOffsets[k] + r], vectors[vectorStart + vectorOffsets[k] + l],
 * tile[r][l])}. Each chain takes its steps in ascending order with one rounding per step, so every implementation gives the
 * same bits.
 */
interface FmaTile {
    int ROWS = 8;

    /** Chains per row. */
    int columns();

    /**
     * @param steps     where each step finds its operands
     * @param out       the tile, row r at {@code outStart + r * outStride}
     * @param resume    true if the chains go on from the values in {@code out}, false if they start from +0
     */
    void run(float[] scalars, int scalarStart, float[] vectors, int vectorStart, FmaSteps steps,
             float[] out, int outStart, int outStride, boolean resume);

    /** The fastest implementation that this JVM can run. */
    static FmaTile preferred() {
        return VectorSupport.available() ? new VectorFmaTile() : new ScalarFmaTile();
    }
}
