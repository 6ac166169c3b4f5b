package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.kernels.cpu.TestMatrix.elements;

import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuWeightUpdatesTest {
    private final CpuThreads threads = new CpuThreads(2);
    private final CpuWeightUpdates updates = new CpuWeightUpdates(threads, ElementLoops.preferred());

    @AfterEach
    void close() {
        threads.close();
    }

    /** weight-update.md section 10: the product of the layer has put momentum and gradient into the increment already. */
    @Test
    void theExampleOfTheSpec() {
        Matrix weights = TestMatrix.rowMajor(1, 1, 1);
        Matrix inc = TestMatrix.rowMajor(1, 1, 0.5f);
        Matrix inputs = TestMatrix.rowMajor(1, 2, 1, 2);
        Matrix gradients = TestMatrix.rowMajor(2, 1, 4, 8);
        new CpuMatrixProduct(threads, ElementLoops.preferred(), FmaTile.preferred()).addProduct(inputs, gradients, inc, 0.5f, 0.5f / 2);
        updates.update(weights, inc, null, 0.5f, 1, -0.25f * 0.5f);
        assertThat(elements(inc)).containsExactly(5.125f);
        assertThat(elements(weights)).containsExactly(6.125f);

        Matrix biases = TestMatrix.rowMajor(1, 1, 0);
        Matrix biasesInc = TestMatrix.rowMajor(1, 1, 0);
        updates.update(biases, biasesInc, TestMatrix.rowMajor(1, 1, 0.25f * 12), 0.5f, 1, 0);
        assertThat(elements(biasesInc)).containsExactly(3);
        assertThat(elements(biases)).containsExactly(3);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0.9, 1, -0.004", "33, 7, 0.9, 0.01, -0.004", "513, 64, 0.9, 1, 0", "300, 300, 0, 0.3, -0.004", "16, 16, 1, 1, 0"})
    void momentumFirstThenDecayThenTheWeights(int rows, int cols, float momentum, float rate, float decay) {
        for (boolean transposed : new boolean[] {false, true}) {
            Matrix weights = TestMatrix.random(rows, cols, transposed, 1);
            Matrix inc = TestMatrix.random(rows, cols, transposed, 2);
            Matrix gradient = TestMatrix.random(rows, cols, false, 3);
            float[] w = elements(weights);
            float[] m = elements(inc);
            float[] g = elements(gradient);
            for (int i = 0; i < w.length; i++) {
                m[i] = Math.fma(momentum, m[i], rate * g[i]);
                m[i] = decay == 0 ? m[i] : m[i] + decay * w[i];
                w[i] = w[i] + m[i];
            }
            updates.update(weights, inc, gradient, momentum, rate, decay);
            assertThat(elements(inc)).containsExactly(m);
            assertThat(elements(weights)).containsExactly(w);
        }
    }

    @Test
    void lengthsOutsideTheLimitsAreBroughtToThem() {
        Matrix factors = TestMatrix.rowMajor(1, 6, 0, 0.01f, 1, 16, Float.NaN, Float.POSITIVE_INFINITY);
        updates.lengthFactors(factors, 2, 0.25f, 1);
        assertThat(elements(factors)).containsExactly(1, 0.25f / ((float) Math.sqrt(0.01f) / 2), 1, 0.5f, 1, 0);
    }

    @Test
    void incrementsOfTheOtherOrderAreRefused() {
        Matrix weights = TestMatrix.random(2, 3, false, 1);
        assertThatThrownBy(() -> updates.update(weights, TestMatrix.random(2, 3, true, 2), null, 0.5f, 1, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("storage order");
    }
}
