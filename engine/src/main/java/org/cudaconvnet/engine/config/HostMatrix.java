package org.cudaconvnet.engine.config;

/**
 * A binary32 matrix on the host, such as the weights of a layer.
 *
 * @param columnMajor storage order of {@code values}; weights and increments of fc layers are column-major (spec: checkpoints.md)
 * @param values      rows * cols elements in storage order, shared, not copied
 */
public record HostMatrix(int rows, int cols, boolean columnMajor, float[] values) implements DataMatrix {
    public HostMatrix {
        if (values.length != (long) rows * cols) {
            throw new IllegalArgumentException(values.length + " values for a matrix of " + rows + " x " + cols);
        }
    }

    public static HostMatrix zeros(int rows, int cols, boolean columnMajor) {
        return new HostMatrix(rows, cols, columnMajor, new float[Math.multiplyExact(rows, cols)]);
    }

    /** @param elements in row-major order, copied into the storage order */
    public static HostMatrix ofRowMajor(int rows, int cols, boolean columnMajor, float[] elements) {
        HostMatrix matrix = new HostMatrix(rows, cols, columnMajor, elements.clone());
        if (columnMajor) {
            for (int i = 0; i < elements.length; i++) {
                matrix.set(i / cols, i % cols, elements[i]);
            }
        }
        return matrix;
    }

    /** The elements in row-major order, copied. */
    public float[] rowMajor() {
        float[] elements = new float[values.length];
        copyColumns(0, cols, elements);
        return elements;
    }

    @Override
    public void copyColumns(int from, int to, float[] target) {
        int cases = to - from;
        for (int row = 0; row < rows; row++) {
            if (columnMajor) {
                for (int col = 0; col < cases; col++) {
                    target[row * cases + col] = values[(from + col) * rows + row];
                }
            } else {
                System.arraycopy(values, row * cols + from, target, row * cases, cases);
            }
        }
    }

    public float get(int row, int col) {
        return values[columnMajor ? col * rows + row : row * cols + col];
    }

    public void set(int row, int col, float value) {
        values[columnMajor ? col * rows + row : row * cols + col] = value;
    }
}
