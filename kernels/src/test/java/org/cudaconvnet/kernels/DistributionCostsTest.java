package org.cudaconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Costs against a matrix of labels, and the best k classes, follow their formulas bit for bit")
class DistributionCostsTest {
    private static final int CLASSES = 11;
    private static final float COEFF = 0.3f;
    private static final float OLD = 0.7f;

    private interface Formula {
        float of(int classIndex, int caseIndex, float old);
    }

    /** Labels and predictions in (0, 1) on a device, and the same as [class][case] on the host. */
    private static final class Operands {
        final Backend backend;
        final int cases;
        final float[][] t;
        final float[][] y;
        final Matrix labels;
        final Matrix probs;

        Operands(Backend backend, int cases) {
            this.backend = backend;
            this.cases = cases;
            t = uniform(cases, 1);
            y = uniform(cases, 2);
            t[3][0] = 0;
            y[4][0] = 0;
            labels = upload(t);
            probs = upload(y);
        }

        private static float[][] uniform(int cases, long seed) {
            Random random = new Random(seed);
            float[][] values = new float[CLASSES][cases];
            for (float[] row : values) {
                for (int c = 0; c < cases; c++) {
                    row[c] = (1 + random.nextInt(998)) / 1000f;
                }
            }
            return values;
        }

        /** In some columns of a wider matrix. */
        private Matrix upload(float[][] values) {
            Matrix matrix = backend.allocate(CLASSES, cases + 3, false).columns(2, cases + 2);
            float[] flat = new float[CLASSES * cases];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = values[i / cases][i % cases];
            }
            backend.upload(flat, matrix);
            return matrix;
        }

        void assertTarget(BiConsumer<DistributionCosts, Matrix> operation, Formula formula) {
            Matrix target = backend.allocate(CLASSES, cases, false);
            backend.elementwise().fill(target, OLD);
            operation.accept(backend.distributionCosts(), target);
            float[] expected = new float[CLASSES * cases];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = formula.of(i / cases, i % cases, OLD);
            }
            assertThat(backend.downloadRowMajor(target)).isEqualTo(expected);
        }
    }

    private static float product(float a, float b, boolean add, float old) {
        return add ? Math.fma(a, b, old) : a * b;
    }

    private static float safelog(float x) {
        return x <= 0 ? -50 : PortableMath.log(x);
    }

    @ParameterizedTest
    @CsvSource({"cpu:0,1", "cpu:0,130", "emulated:0,1", "emulated:0,130"})
    void gradientsAndElementsOfCosts(String device, int cases) {
        try (Backend backend = Devices.open(device, 2, Set.of())) {
            Operands o = new Operands(backend, cases);
            float[][] t = o.t;
            float[][] y = o.y;
            o.assertTarget((costs, target) -> costs.crossEnt2Cost(o.labels, o.probs, target),
                    (j, c, old) -> Math.fma(t[j][c], safelog(y[j][c]), (1 - t[j][c]) * safelog(1 - y[j][c])));
            o.assertTarget((costs, target) -> costs.rflickrCost(o.labels, o.probs, target), (j, c, old) -> {
                float d = y[j][c] - t[j][c];
                return PortableMath.log(Math.fma(d, d, 1));
            });
            for (boolean add : new boolean[] {false, true}) {
                o.assertTarget((costs, target) -> costs.crossEntGrad(o.labels, o.probs, target, add, COEFF),
                        (j, c, old) -> product(COEFF, t[j][c] / y[j][c], add, old));
                o.assertTarget((costs, target) -> costs.crossEntSoftmaxGrad(o.labels, o.probs, target, add, COEFF), (j, c, old) -> {
                    float sum = 0;
                    for (int k = 0; k < CLASSES; k++) {
                        sum = Math.fma(t[k][c], (k == j ? 1 : 0) - y[j][c], sum);
                    }
                    return product(sum, COEFF, add, old);
                });
                o.assertTarget((costs, target) -> costs.crossEnt2Grad(o.labels, o.probs, target, add, COEFF),
                        (j, c, old) -> product(COEFF, t[j][c] / y[j][c] - (1 - t[j][c]) / (1 - y[j][c]), add, old));
                o.assertTarget((costs, target) -> costs.crossEnt2LogisticGrad(o.labels, o.probs, target, add, COEFF),
                        (j, c, old) -> {
                            float v = Math.fma(-COEFF, y[j][c], COEFF * t[j][c]);
                            return add ? old + v : v;
                        });
                o.assertTarget((costs, target) -> costs.rflickrGrad(o.labels, o.probs, target, add, COEFF), (j, c, old) -> {
                    float d = y[j][c] - t[j][c];
                    return product(-COEFF, 2 * d / Math.fma(d, d, 1), add, old);
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void theDefectOf2012AddsTheQuotients(String device) {
        try (Backend backend = Devices.open(device, 1, Set.of(Defect.CROSS_ENTROPY_GRADIENT_ADDS))) {
            Operands o = new Operands(backend, 33);
            o.assertTarget((costs, target) -> costs.crossEnt2Grad(o.labels, o.probs, target, false, COEFF),
                    (j, c, old) -> COEFF * (o.t[j][c] / o.y[j][c] + (1 - o.t[j][c]) / (1 - o.y[j][c])));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void crossEntropyCountsACaseAsRightIfAMaximalClassHasALabel(String device) {
        try (Backend backend = Devices.open(device, 1, Set.of())) {
            Matrix labels = matrix(backend, 3, 4, 1, 0, 0, 0.5f, 0, 1, 0.25f, 0.5f, 0, 0, 0.75f, 0);
            Matrix probs = matrix(backend, 3, 4, 0.5f, 0.5f, 0.25f, 0.4f, 0.25f, 0.25f, 0.375f, 0.2f, 0.25f, 0.25f, 0.375f, 0.4f);
            Matrix logProbs = backend.allocate(1, 4, false);
            Matrix correct = backend.allocate(1, 4, false);
            backend.distributionCosts().crossEntCost(labels, probs, logProbs, correct);
            assertThat(backend.downloadRowMajor(correct)).containsExactly(1, 0, 0.5f, 0.5f);
            assertThat(backend.downloadRowMajor(logProbs)).containsExactly(PortableMath.log(0.5f), PortableMath.log(0.25f),
                    Math.fma(0.75f, PortableMath.log(0.375f), 0.25f * PortableMath.log(0.375f)),
                    Math.fma(0.5f, PortableMath.log(0.2f), 0.5f * PortableMath.log(0.4f)));
            assertThatThrownBy(() -> backend.distributionCosts().crossEntCost(labels.columns(0, 3), probs, logProbs, correct))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The third case shares what is left of the best two among three equal classes, the fourth has a NaN as its label's probability. */
    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void theBestClassesShareTheirPlaces(String device) {
        try (Backend backend = Devices.open(device, 1, Set.of())) {
            Matrix labels = matrix(backend, 1, 4, 0, 1.9f, 2, 3);
            Matrix probs = matrix(backend, 4, 4, 0.5f, 0.5f, 0.4f, 0.1f, 0.3f, 0.3f, 0.2f, 0.3f, 0.1f, 0.1f, 0.2f, 0.3f, 0.1f, 0.1f, 0.2f,
                    Float.NaN);
            Matrix[] rows = {backend.allocate(1, 4, false), backend.allocate(1, 4, false), backend.allocate(1, 4, false)};
            backend.costs().logregTopkCost(labels, probs, probs, rows[0], rows[1], rows[2], 2);
            assertThat(backend.downloadRowMajor(rows[0])).containsExactly(PortableMath.log(0.5f), PortableMath.log(0.3f),
                    PortableMath.log(0.2f), Float.NaN);
            assertThat(backend.downloadRowMajor(rows[1])).containsExactly(1, 0, 0, 0);
            assertThat(backend.downloadRowMajor(rows[2])).containsExactly(1, 1, 1f / 3, 0);
        }
    }

    /** Matrices as wide as blocks, views and equal maxima: the second executor takes the same decisions. */
    @ParameterizedTest
    @CsvSource({"cpu:0,129", "emulated:0,129"})
    void oneBestClassIsTheRightOne(String device, int cases) {
        try (Backend backend = Devices.open(device, 1, Set.of())) {
            Operands o = new Operands(backend, cases);
            Matrix labels = backend.allocate(1, cases, false);
            backend.elementwise().fill(labels, 6);
            Matrix[] rows = new Matrix[5];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = backend.allocate(1, cases, false);
            }
            backend.costs().logregCost(labels, o.probs, rows[0], rows[1]);
            backend.costs().logregTopkCost(labels, o.probs, o.probs, rows[2], rows[3], rows[4], 1);
            assertThat(backend.downloadRowMajor(rows[2])).isEqualTo(backend.downloadRowMajor(rows[0]));
            assertThat(backend.downloadRowMajor(rows[3])).isEqualTo(backend.downloadRowMajor(rows[1]));
            assertThat(backend.downloadRowMajor(rows[4])).isEqualTo(backend.downloadRowMajor(rows[1]));
        }
    }

    private static Matrix matrix(Backend backend, int rows, int cols, float... values) {
        Matrix matrix = backend.allocate(rows, cols, false);
        backend.upload(values, matrix);
        return matrix;
    }
}
