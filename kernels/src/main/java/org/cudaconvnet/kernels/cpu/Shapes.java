package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;

/** Shape checks and element addresses that the operations share. */
final class Shapes {
    private Shapes() {
    }

    static void requireSame(Matrix found, Matrix expected) {
        if (!found.sameShape(expected)) {
            throw new IllegalArgumentException("matrix of " + found + ": expected the shape of " + expected);
        }
    }

    static void require(Matrix found, int rows, int cols) {
        if (found.rows() != rows || found.cols() != cols) {
            throw new IllegalArgumentException("matrix of " + found + ": expected " + rows + " x " + cols);
        }
    }

    /** Place of element (row, col) in the matrix' array. */
    static int index(Matrix matrix, int row, int col) {
        return (int) matrix.offset() + (matrix.isTransposed() ? col * matrix.stride() + row : row * matrix.stride() + col);
    }
}
