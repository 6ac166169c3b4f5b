package org.cudaconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Labels of the logistic regression cost, on every executor")
class LabelsTest {
    private static final int CLASSES = 3;
    private static final float[] LABELS = {1, 3, -1, Float.NaN, 2.5f, -0.5f, Float.POSITIVE_INFINITY};
    /** What the labels stand for; -1 for no class. */
    private static final int[] LABEL_CLASSES = {1, -1, -1, -1, 2, 0, -1};
    private static final int CASES = LABELS.length;

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void aLabelThatIsNoClassHasTheLogProbabilityNanAndIsNotPredicted(String device) {
        try (Backend backend = Devices.open(device, 1, Set.of())) {
            Matrix logProbs = backend.allocate(1, CASES, false);
            Matrix correct = backend.allocate(1, CASES, false);
            Matrix top = backend.allocate(1, CASES, false);
            Matrix probs = probs(backend);
            backend.costs().logregCost(labels(backend), probs, logProbs, correct);
            assertCosts(backend.downloadRowMajor(logProbs), backend.downloadRowMajor(correct));
            backend.costs().logregTopkCost(labels(backend), probs, probs, logProbs, correct, top, CLASSES);
            assertCosts(backend.downloadRowMajor(logProbs), backend.downloadRowMajor(correct));
            float[] amongAll = backend.downloadRowMajor(top);
            for (int c = 0; c < CASES; c++) {
                assertThat(amongAll[c]).as("label %s among all classes", LABELS[c]).isEqualTo(LABEL_CLASSES[c] < 0 ? 0 : 1);
            }
        }
    }

    private static void assertCosts(float[] logProbs, float[] predicted) {
        for (int c = 0; c < CASES; c++) {
            assertThat(Float.isNaN(logProbs[c])).as("log-probability of label %s", LABELS[c]).isEqualTo(LABEL_CLASSES[c] < 0);
            assertThat(predicted[c]).as("prediction of label %s", LABELS[c]).isEqualTo(LABEL_CLASSES[c] == 2 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void gradientsTakeALabelThatIsNoClassForNoneOfThem(String device) {
        try (Backend backend = Devices.open(device, 1, Set.of())) {
            Matrix target = backend.allocate(CLASSES, CASES, false);
            backend.costs().logregGrad(labels(backend), probs(backend), target, false, 1);
            float[] gradient = backend.downloadRowMajor(target);
            backend.costs().logregSoftmaxGrad(labels(backend), probs(backend), target, false, 1);
            float[] softmaxGradient = backend.downloadRowMajor(target);
            for (int i = 0; i < CLASSES * CASES; i++) {
                int j = i / CASES;
                boolean isLabel = LABEL_CLASSES[i % CASES] == j;
                assertThat(gradient[i]).isEqualTo(isLabel ? 1 / prob(j) : 0);
                assertThat(softmaxGradient[i]).isEqualTo((isLabel ? 1 : 0) - prob(j));
            }
        }
    }

    private static Matrix labels(Backend backend) {
        Matrix labels = backend.allocate(1, CASES, false);
        backend.upload(LABELS, labels);
        return labels;
    }

    /** In every case the last class is the likeliest. */
    private static Matrix probs(Backend backend) {
        float[] values = new float[CLASSES * CASES];
        for (int i = 0; i < values.length; i++) {
            values[i] = prob(i / CASES);
        }
        Matrix probs = backend.allocate(CLASSES, CASES, false);
        backend.upload(values, probs);
        return probs;
    }

    private static float prob(int j) {
        return new float[] {0.25f, 0.25f, 0.5f}[j];
    }
}
