package org.cudaconvnet.engine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** Matrices for a measurement, freed together. */
final class Operands implements AutoCloseable {
    private static final long SEED = 1;

    private final Backend backend;
    private final Random random = new Random(SEED);
    private final List<Matrix> matrices = new ArrayList<>();

    Operands(Backend backend) {
        this.backend = backend;
    }

    /** Elements uniformly in [-0.5, 0.5). */
    Matrix random(int rows, int cols, boolean transposed) {
        float[] values = new float[Math.multiplyExact(rows, cols)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return matrix(rows, cols, transposed, values);
    }

    /** Row-major, every element the same. */
    Matrix filled(int rows, int cols, float value) {
        float[] values = new float[Math.multiplyExact(rows, cols)];
        Arrays.fill(values, value);
        return matrix(rows, cols, false, values);
    }

    private Matrix matrix(int rows, int cols, boolean transposed, float[] values) {
        Matrix matrix = backend.allocate(rows, cols, transposed);
        matrices.add(matrix);
        backend.upload(values, matrix);
        return matrix;
    }

    @Override
    public void close() {
        matrices.forEach(matrix -> matrix.memory().close());
    }
}
