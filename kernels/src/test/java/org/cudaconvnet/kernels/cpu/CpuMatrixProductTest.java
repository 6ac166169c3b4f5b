package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.kernels.cpu.TestMatrix.elements;
import static org.cudaconvnet.kernels.cpu.TestMatrix.get;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The matrix product is one fma chain per output")
class CpuMatrixProductTest {
    static Stream<Arguments> shapes() {
        List<Arguments> shapes = new ArrayList<>();
        int[][] sizes = {{1, 1, 1}, {2, 1, 2}, {7, 3, 31}, {8, 32, 32}, {9, 33, 33}, {64, 128, 64}, {65, 511, 129}, {10, 513, 128}, {128, 64, 10}};
        for (int[] size : sizes) {
            for (int orders = 0; orders < 8; orders++) {
                shapes.add(Arguments.of(size[0], size[1], size[2], (orders & 1) != 0, (orders & 2) != 0, (orders & 4) != 0));
            }
        }
        return shapes.stream();
    }

    @ParameterizedTest(name = "{0} x {1} x {2}, transposed {3}, {4}, {5}")
    @MethodSource("shapes")
    void inAnyStorageOrders(int rows, int inner, int cols, boolean aTransposed, boolean bTransposed, boolean targetTransposed) {
        Matrix a = TestMatrix.random(rows, inner, aTransposed, 3, 1);
        Matrix b = TestMatrix.random(inner, cols, bTransposed, 5, 2);
        float[] chains = elements(rows, cols, (y, x) -> {
            float acc = 0;
            for (int k = 0; k < inner; k++) {
                acc = Math.fma(get(a, y, k), get(b, k, x), acc);
            }
            return acc;
        });
        float[][] scales = {{0, 1}, {1, 1}, {0.9f, 0.01f}};
        for (float[] scale : scales) {
            Matrix old = TestMatrix.random(rows, cols, targetTransposed, 2, 3);
            float[] expected = elements(rows, cols, (y, x) -> {
                float scaled = scale[1] * chains[y * cols + x];
                return scale[0] == 0 ? scaled : Math.fma(scale[0], get(old, y, x), scaled);
            });
            for (int run = 0; run < 3; run++) {
                Matrix target = TestMatrix.random(rows, cols, targetTransposed, 2, 3);
                try (CpuThreads threads = new CpuThreads(run == 0 ? 1 : 2)) {
                    product(threads, run == 2).addProduct(a, b, target, scale[0], scale[1]);
                }
                assertThat(elements(target)).as("run %d", run).isEqualTo(expected);
            }
        }
    }

    private static CpuMatrixProduct product(CpuThreads threads, boolean scalar) {
        return new CpuMatrixProduct(threads, scalar ? new ScalarElementLoops() : new VectorElementLoops(),
                scalar ? new ScalarFmaTile() : new VectorFmaTile());
    }

    @Test
    void aTargetScaledByZeroIsNotRead() {
        Matrix target = TestMatrix.rowMajor(1, 1, Float.NaN);
        try (CpuThreads threads = new CpuThreads(1)) {
            product(threads, false).addProduct(TestMatrix.rowMajor(1, 2, 1, 2), TestMatrix.rowMajor(2, 1, 3, 4), target, 0, 2);
        }
        assertThat(elements(target)).containsExactly(22);
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        try (CpuThreads threads = new CpuThreads(1)) {
            Matrix a = TestMatrix.random(2, 3, false, 1);
            assertThatThrownBy(() -> product(threads, false).addProduct(a, a, a, 0, 1))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("product of 2 x 3 row-major and 2 x 3 row-major");
        }
    }
}
