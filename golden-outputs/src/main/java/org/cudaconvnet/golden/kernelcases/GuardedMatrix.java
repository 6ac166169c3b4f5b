package org.cudaconvnet.golden.kernelcases;

import java.util.Arrays;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceMemory;
import org.cudaconvnet.kernels.Matrix;

/**
 * A matrix in device memory between guard elements. Guards and contents without a value are one quiet NaN with a payload: an operation
 * that writes outside is found by the guards, one that reads what it must not by the NaN in its result.
 */
final class GuardedMatrix implements AutoCloseable {
    private static final int GUARD = 64;
    private static final float SENTINEL = Float.intBitsToFloat(0x7fc0dead);

    private final Backend backend;
    private final DeviceMemory memory;
    private final Matrix matrix;
    private final float[] uploaded;

    /** @param rowMajor contents, or null for sentinels */
    GuardedMatrix(Backend backend, GoldenArray shape, float[] rowMajor) {
        this.backend = backend;
        int rows = shape.rows();
        int cols = shape.cols();
        boolean columnMajor = shape.columnMajor();
        int size = Math.multiplyExact(rows, cols);
        uploaded = new float[size + 2 * GUARD];
        Arrays.fill(uploaded, SENTINEL);
        if (rowMajor != null) {
            for (int i = 0; i < size; i++) {
                uploaded[GUARD + (columnMajor ? i % cols * rows + i / cols : i)] = rowMajor[i];
            }
        }
        memory = backend.allocate(uploaded.length);
        matrix = new Matrix(memory, GUARD, rows, cols, columnMajor ? rows : cols, columnMajor);
        backend.upload(uploaded, everything());
    }

    Matrix matrix() {
        return matrix;
    }

    /** The present contents in row-major order. */
    float[] rowMajor() {
        float[] present = download();
        int rows = matrix.rows();
        int cols = matrix.cols();
        float[] rowMajor = new float[rows * cols];
        for (int i = 0; i < rowMajor.length; i++) {
            rowMajor[i] = present[GUARD + (matrix.isTransposed() ? i % cols * rows + i / cols : i)];
        }
        return rowMajor;
    }

    /** Null if nothing outside the matrix changed, else the first element that did, counted from the start of the matrix. */
    String damagedGuard() {
        float[] present = download();
        for (int i = 0; i < present.length; i++) {
            boolean guard = i < GUARD || i >= present.length - GUARD;
            if (guard && changed(present, i)) {
                return "element " + (i - GUARD) + " outside a matrix of " + matrix + " was overwritten with " + present[i];
            }
        }
        return null;
    }

    boolean isUnchanged() {
        float[] present = download();
        for (int i = 0; i < present.length; i++) {
            if (changed(present, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean changed(float[] present, int i) {
        return Float.floatToRawIntBits(present[i]) != Float.floatToRawIntBits(uploaded[i]);
    }

    private float[] download() {
        float[] present = new float[uploaded.length];
        backend.download(everything(), present);
        return present;
    }

    private Matrix everything() {
        return Matrix.of(memory, 1, uploaded.length, false);
    }

    @Override
    public void close() {
        memory.close();
    }
}
