package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.parallel.SharedMatrix;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** What the consumers of a layer on one logical device have sent to it in the current pass: the first writes, later ones add. */
final class GradientShare implements AutoCloseable {
    private final ReusedMatrix own;
    private GradientShare inPlaceOf;
    private SharedMatrix shared;
    private boolean written;

    /** @param backend of the device where the consumers write */
    GradientShare(Backend backend) {
        own = new ReusedMatrix(backend);
    }

    /** Lets this share use the memory of another one, which is written only when this one has been read. */
    void useMemoryOf(GradientShare other) {
        inPlaceOf = other;
    }

    /** Lets the layer's device pull this share. */
    void shareAs(SharedMatrix matrix) {
        shared = matrix;
    }

    /** Null if the layer's device needs no copy. */
    SharedMatrix shared() {
        return shared;
    }

    Matrix write(int rows, int cols) {
        written = true;
        return resize(rows, cols);
    }

    private Matrix resize(int rows, int cols) {
        return inPlaceOf != null ? inPlaceOf.resize(rows, cols) : own.resize(rows, cols);
    }

    /** Whether a consumer has written in this pass. */
    boolean isWritten() {
        return written;
    }

    /** As last written; null if it never was. */
    Matrix matrix() {
        return inPlaceOf != null ? inPlaceOf.matrix() : own.matrix();
    }

    /** Null if nothing was written in this pass. */
    Matrix writtenMatrix() {
        return written ? matrix() : null;
    }

    void reset() {
        written = false;
    }

    @Override
    public void close() {
        own.close();
    }
}
