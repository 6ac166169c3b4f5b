package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.kernels.cpu.TestMatrix.elements;
import static org.cudaconvnet.kernels.cpu.TestMatrix.get;

import java.util.Random;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.PortableMath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrices are cases x classes, column-major, and once the same memory as classes x cases. */
class CpuCostsTest {
    private final CpuThreads threads = new CpuThreads(2);
    private final CpuCosts costs = new CpuCosts(threads, ElementLoops.preferred());

    @AfterEach
    void close() {
        threads.close();
    }

    private static Matrix labels(int cases, int classes) {
        Random random = new Random(4);
        float[] labels = new float[cases];
        for (int i = 0; i < cases; i++) {
            labels[i] = random.nextInt(classes);
        }
        return TestMatrix.rowMajor(1, cases, labels);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 10", "33, 2", "128, 10", "129, 17", "5, 1000"})
    void softmaxSubtractsTheMaximumAndAddsUpInClassOrder(int cases, int classes) {
        Matrix x = TestMatrix.random(cases, classes, true, 1);
        float[] expected = new float[cases * classes];
        for (int c = 0; c < cases; c++) {
            float max = get(x, c, 0);
            for (int j = 1; j < classes; j++) {
                max = Math.max(max, get(x, c, j));
            }
            float sum = PortableMath.exp(get(x, c, 0) - max);
            for (int j = 1; j < classes; j++) {
                sum += PortableMath.exp(get(x, c, j) - max);
            }
            for (int j = 0; j < classes; j++) {
                expected[c * classes + j] = PortableMath.exp(get(x, c, j) - max) / sum;
            }
        }
        Matrix y = TestMatrix.random(cases, classes, true, 2);
        costs.softmax(x, y);
        assertThat(elements(y)).isEqualTo(expected);
        costs.softmax(x.transposedView(), x.transposedView());
        assertThat(elements(x)).isEqualTo(expected);
    }

    @Test
    void logregCostSharesTheHitBetweenEqualMaxima() {
        Matrix probs = TestMatrix.rowMajor(3, 4,
                0.5f, 0.25f, 0.25f, 0.2f,
                0.25f, 0.5f, 0.5f, 0.4f,
                0.25f, 0.25f, 0.25f, 0.4f);
        Matrix logProbs = TestMatrix.random(1, 4, false, 1);
        Matrix correct = TestMatrix.random(1, 4, false, 2);
        costs.logregCost(TestMatrix.rowMajor(1, 4, 0, 1.9f, 2, 2), probs, logProbs, correct);
        assertThat(elements(logProbs)).containsExactly(PortableMath.log(0.5f), PortableMath.log(0.5f), PortableMath.log(0.25f), PortableMath.log(0.4f));
        assertThat(elements(correct)).containsExactly(1, 1, 0, 0.5f);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "33, 10", "128, 17"})
    void gradientsFollowTheirFormulas(int cases, int classes) {
        Matrix labels = labels(cases, classes);
        Matrix p = TestMatrix.random(cases, classes, true, 1);
        Matrix v = TestMatrix.random(cases, classes, true, 2);
        Matrix old = TestMatrix.random(cases, classes, true, 3);
        float coeff = 0.3f;
        for (boolean add : new boolean[] {false, true}) {
            assertThat(run(old, target -> costs.logregGrad(labels, p, target, add, coeff))).isEqualTo(
                    TestMatrix.elements(cases, classes, (c, j) -> {
                        float gradient = coeff * (get(labels, 0, c) == j ? 1 : 0) / get(p, c, j);
                        return add ? gradient + get(old, c, j) : gradient;
                    }));
            assertThat(run(old, target -> costs.logregSoftmaxGrad(labels, p, target, add, coeff))).isEqualTo(
                    TestMatrix.elements(cases, classes, (c, j) -> {
                        float d = (get(labels, 0, c) == j ? 1 : 0) - get(p, c, j);
                        return add ? Math.fma(d, coeff, get(old, c, j)) : d * coeff;
                    }));
            assertThat(run(old, target -> costs.softmaxGrad(p, v, target, add))).isEqualTo(
                    TestMatrix.elements(cases, classes, (c, j) -> {
                        float acc = 0;
                        for (int k = 0; k < classes; k++) {
                            acc = Math.fma(get(v, c, k), (k == j ? 1 : 0) - get(p, c, k), acc);
                        }
                        return add ? Math.fma(acc, get(p, c, j), get(old, c, j)) : acc * get(p, c, j);
                    }));
        }
    }

    @Test
    void theGradientOfTheMaximumGoesToEveryEqualInput() {
        Matrix input = TestMatrix.rowMajor(1, 3, 1, 2, 3);
        Matrix output = TestMatrix.rowMajor(1, 3, 1, 5, 3);
        Matrix gradient = TestMatrix.rowMajor(1, 3, 7, 8, 9);
        Matrix target = TestMatrix.rowMajor(1, 3, 1, 1, 1);
        costs.eltwiseMaxGrad(gradient, input, output, target, true);
        assertThat(elements(target)).containsExactly(8, 1, 10);
        costs.eltwiseMaxGrad(gradient, input, output, target, false);
        assertThat(elements(target)).containsExactly(7, 0, 9);
    }

    private interface Gradient {
        void into(Matrix target);
    }

    private static float[] run(Matrix old, Gradient gradient) {
        Matrix target = TestMatrix.random(old.rows(), old.cols(), true, 3);
        gradient.into(target);
        return elements(target);
    }
}
