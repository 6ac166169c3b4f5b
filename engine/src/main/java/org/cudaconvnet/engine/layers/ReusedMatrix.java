package org.cudaconvnet.engine.layers;

import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** A row-major matrix whose memory grows to the largest size it has had and is then reused, so mini-batches allocate nothing. */
final class ReusedMatrix implements AutoCloseable {
    private final Backend backend;
    private Matrix matrix;
    private long capacity = -1;

    ReusedMatrix(Backend backend) {
        this.backend = backend;
    }

    /** The matrix with the given shape; contents are kept only if the shape is the current one. */
    Matrix resize(int rows, int cols) {
        if (matrix != null && matrix.rows() == rows && matrix.cols() == cols) {
            return matrix;
        }
        long size = (long) rows * cols;
        if (size > capacity) {
            close();
            matrix = backend.allocate(rows, cols, false);
            capacity = size;
        } else {
            matrix = Matrix.of(matrix.memory(), rows, cols, false);
        }
        return matrix;
    }

    /** The matrix as last resized; null before that. */
    Matrix matrix() {
        return matrix;
    }

    @Override
    public void close() {
        if (matrix != null) {
            matrix.memory().close();
            matrix = null;
            capacity = -1;
        }
    }
}
