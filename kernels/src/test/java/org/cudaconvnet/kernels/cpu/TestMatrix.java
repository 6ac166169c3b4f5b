package org.cudaconvnet.kernels.cpu;

import java.util.Random;
import org.cudaconvnet.kernels.Matrix;

/** Small matrices for tests, read and written by logical element. */
final class TestMatrix {
    private TestMatrix() {
    }

    /** Random elements from -2 to 2 with a few zeros; {@code gap} elements lie between rows (or columns) and before the first. */
    static Matrix random(int rows, int cols, boolean transposed, int gap, long seed) {
        int stride = (transposed ? rows : cols) + gap;
        CpuMemory memory = new CpuMemory(gap + stride * (transposed ? cols : rows));
        Matrix matrix = new Matrix(memory, gap, rows, cols, stride, transposed);
        Random random = new Random(seed);
        float[] values = CpuMemory.values(matrix);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(16) == 0 ? 0 : random.nextFloat() * 4 - 2;
        }
        return matrix;
    }

    static Matrix random(int rows, int cols, boolean transposed, long seed) {
        return random(rows, cols, transposed, 0, seed);
    }

    static Matrix rowMajor(int rows, int cols, float... values) {
        Matrix matrix = Matrix.of(new CpuMemory(values.length), rows, cols, false);
        System.arraycopy(values, 0, CpuMemory.values(matrix), 0, values.length);
        return matrix;
    }

    static float get(Matrix matrix, int row, int col) {
        long index = matrix.isTransposed() ? (long) col * matrix.stride() + row : (long) row * matrix.stride() + col;
        return CpuMemory.values(matrix)[(int) (matrix.offset() + index)];
    }

    static float[] elements(Matrix matrix) {
        float[] elements = new float[matrix.rows() * matrix.cols()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = get(matrix, i / matrix.cols(), i % matrix.cols());
        }
        return elements;
    }

    interface Element {
        float at(int row, int col);
    }

    static float[] elements(int rows, int cols, Element element) {
        float[] elements = new float[rows * cols];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element.at(i / cols, i % cols);
        }
        return elements;
    }
}
