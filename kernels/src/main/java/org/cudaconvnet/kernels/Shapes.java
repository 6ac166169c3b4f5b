package org.cudaconvnet.kernels;

/** Shape checks that every backend makes. */
public final class Shapes {
    private Shapes() {
    }

    public static void requireSame(Matrix found, Matrix expected) {
        if (!found.sameShape(expected)) {
            throw new IllegalArgumentException("matrix of " + found + ": expected the shape of " + expected);
        }
    }

    /** Same shape and storage order, and no gaps. */
    public static void requireSameLayout(Matrix found, Matrix expected) {
        requireSame(found, expected);
        requireContiguous(found);
        if (found.isTransposed() != expected.isTransposed()) {
            throw new IllegalArgumentException("matrix of " + found + ": expected the storage order of " + expected);
        }
    }

    public static void require(Matrix found, int rows, int cols) {
        if (found.rows() != rows || found.cols() != cols) {
            throw new IllegalArgumentException("matrix of " + found + ": expected " + rows + " x " + cols);
        }
    }

    public static void requireContiguous(Matrix found) {
        if (!found.isContiguous()) {
            throw new IllegalArgumentException("matrix of " + found + ": expected a contiguous one");
        }
    }

    /** A host array holds a matrix without gaps. */
    public static void requireHostArray(float[] host, Matrix matrix) {
        if (host.length != matrix.size()) {
            throw new IllegalArgumentException("host array of " + host.length + " elements for a matrix of " + matrix);
        }
    }

    /** A matrix without gaps and host memory for at least as many elements. */
    public static void requireHostMemory(HostMemory host, Matrix matrix) {
        if (host.values().capacity() < matrix.size() || !matrix.isContiguous()) {
            throw new IllegalArgumentException("host memory of " + host.values().capacity() + " elements for a matrix of " + matrix
                    + ": expected at least as many, and a matrix without gaps");
        }
    }

    /** Between devices a matrix is copied as one block. */
    public static void requireSameBlock(Matrix source, Matrix target) {
        if (!source.sameShape(target) || source.isTransposed() != target.isTransposed() || !source.isContiguous()
                || !target.isContiguous()) {
            throw new IllegalArgumentException("copy of a matrix of " + source + " between devices to one of " + target
                    + ": expected equal ones without gaps");
        }
    }
}
