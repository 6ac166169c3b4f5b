package org.cudaconvnet.engine.config;

/**
 * A matrix of a data batch, (dimension x cases), one case per column. Its columns may be formed only when a mini-batch asks for
 * them, so that a batch of large images need not lie in memory as numbers.
 */
public interface DataMatrix {
    int rows();

    int cols();

    /** Writes columns {@code from} (inclusive) to {@code to} (exclusive) into {@code target}, row-major without gaps. */
    void copyColumns(int from, int to, float[] target);
}
