package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.DeviceMemory;
import org.cudaconvnet.kernels.Matrix;

/** Elements on the Java heap. */
final class CpuMemory implements DeviceMemory {
    private float[] values;

    CpuMemory(int length) {
        values = new float[length];
    }

    /** The array behind a matrix of this backend. */
    static float[] values(Matrix matrix) {
        if (!(matrix.memory() instanceof CpuMemory memory)) {
            throw new IllegalArgumentException("matrix " + matrix + " is not in CPU memory");
        }
        if (memory.values == null) {
            throw new IllegalStateException("matrix " + matrix + " is used after its memory was freed");
        }
        return memory.values;
    }

    /** Place of element (row, col) in the matrix' array. */
    static int index(Matrix matrix, int row, int col) {
        return (int) matrix.offset() + (matrix.isTransposed() ? col * matrix.stride() + row : row * matrix.stride() + col);
    }

    @Override
    public long length() {
        return values == null ? 0 : values.length;
    }

    @Override
    public void close() {
        values = null;
    }
}
