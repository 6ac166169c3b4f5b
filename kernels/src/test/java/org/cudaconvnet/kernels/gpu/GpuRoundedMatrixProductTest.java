package org.cudaconvnet.kernels.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The matrix product in the arithmetic of the golden data")
class GpuRoundedMatrixProductTest {
    private static final int ROWS = 11;
    private static final int COLS = 35;
    private static final int INNER = 70;

    @ParameterizedTest
    @CsvSource({
        "false, false, false, 0", "true, false, false, 0.5", "false, true, false, 0.5", "false, false, true, 0.5", "true, true, true, 0"})
    void givesTheBitsOfTheCpuForEveryStorageOrder(boolean aTransposed, boolean bTransposed, boolean targetTransposed, float scaleThis) {
        try (Backend portable = Devices.open("cpu:0", 1, Set.of());
             Backend cpu = Devices.open("cpu:0", 1, Set.of(), Arithmetic.ROUNDED_2012);
             Backend gpu = new GpuBackend(EmulatedDriver.openChecked(0), Set.of(), Arithmetic.ROUNDED_2012)) {
            float[] expected = product(cpu, aTransposed, bTransposed, targetTransposed, scaleThis);
            assertThat(product(gpu, aTransposed, bTransposed, targetTransposed, scaleThis)).isEqualTo(expected);
            assertThat(product(portable, aTransposed, bTransposed, targetTransposed, scaleThis)).as("one fma chain").isNotEqualTo(expected);
        }
    }

    private static float[] product(Backend backend, boolean aTransposed, boolean bTransposed, boolean targetTransposed, float scaleThis) {
        Random random = new Random(5);
        Matrix a = random(backend, ROWS, INNER, aTransposed, random);
        Matrix b = random(backend, INNER, COLS, bTransposed, random);
        Matrix target = random(backend, ROWS, COLS, targetTransposed, random);
        backend.matrixProduct().addProduct(a, b, target, scaleThis, 1.7f);
        return backend.downloadRowMajor(target);
    }

    private static Matrix random(Backend backend, int rows, int cols, boolean transposed, Random random) {
        Matrix matrix = backend.allocate(rows, cols, transposed);
        float[] values = new float[rows * cols];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        backend.upload(values, matrix);
        return matrix;
    }
}
