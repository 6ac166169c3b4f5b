package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The update of 2012")
class WeightUpdateTest {
    private static final int PIXELS = 3 * 8 * 8;
    private static final int CASES = 8;
    private static final String DEFINITION = DATA + """
            [conv]
            type=conv
            inputs=data
            channels=3
            filters=16
            filterSize=3
            padding=1
            initW=0.3
            partialSum=8
            neuron=relu
            [local]
            type=local
            inputs=conv
            channels=16
            filters=16
            filterSize=3
            stride=2
            initW=0.3
            """ + classifier("local", TinyNet.CLASSES, "0.1");
    private static final List<String> LAYERS = List.of("conv", "local", "out");

    private static TinyNet net(String rates, Quirk... quirks) {
        String params = sections("epsB=0.02\nmomB=0.9\n" + rates, LAYERS.toArray(String[]::new)) + cost("logprob", 1);
        return new TinyNet(DEFINITION, params, PIXELS, CASES, Compatibility.of(Set.of(quirks)), 1);
    }

    private static TinyNet plain(Quirk... quirks) {
        return net("epsW=0.01\nmomW=0.9\nwc=0.1\n", quirks);
    }

    @Test
    void hasTheRateInTheGradientOrAtItsUse() {
        try (TinyNet atUse = plain(); TinyNet inGradient = plain(Quirk.RATE_SCALES_GRADIENT)) {
            atUse.train(0, CASES);
            inGradient.train(0, CASES);
            float[] gradient = atUse.net.weightGrad("conv", 0);
            float[] scaled = inGradient.net.weightGrad("conv", 0);
            for (int i = 0; i < gradient.length; i++) {
                assertThat(scaled[i]).isCloseTo(0.01f * gradient[i], within(1e-6f));
            }
            assertThat(inGradient.net.weights("conv", 0)).usingComparatorWithPrecision(1e-6f).containsExactly(atUse.net.weights("conv", 0));
        }
    }

    @Test
    void followsTheScheduleWithTheProgressOfTraining() {
        String rates = "epsW=0.01\nmomW=0\nwc=0\nschedW=linear[tgtFactor=4,noiseStdev=0]\n";
        try (TinyNet early = net(rates); TinyNet late = net(rates)) {
            late.net.setProgress(1);
            early.train(0, CASES);
            late.train(0, CASES);
            for (String layer : LAYERS) {
                float[] quarter = early.net.weightsInc(layer, 0);
                for (int i = 0; i < quarter.length; i++) {
                    quarter[i] /= 4;
                }
                assertThat(late.net.weightsInc(layer, 0)).as(layer).usingComparatorWithPrecision(1e-8f).containsExactly(quarter);
                assertThat(late.net.biasesInc(layer)).as(layer).containsExactly(early.net.biasesInc(layer));
            }
        }
    }

    /** Two mini-batches of four cases are one of eight, up to rounding; until the second nothing moves. */
    @Test
    void comesAfterSeveralMinibatches() {
        try (TinyNet whole = plain(); TinyNet halves = plain()) {
            halves.net.updateEvery(2, CASES / 2);
            float[] before = halves.net.weights("conv", 0);
            whole.train(0, CASES);
            halves.train(0, CASES / 2);
            assertThat(halves.net.weights("conv", 0)).containsExactly(before);
            assertThat(halves.net.pendingPasses()).isEqualTo(1);
            halves.train(CASES / 2, CASES);
            for (String layer : LAYERS) {
                assertThat(halves.net.weights(layer, 0)).as(layer).usingComparatorWithPrecision(1e-6f).containsExactly(whole.net.weights(layer, 0));
                assertThat(halves.net.biases(layer)).as(layer).usingComparatorWithPrecision(1e-6f).containsExactly(whole.net.biases(layer));
            }
        }
    }

    @Test
    void dividesASmallMinibatchOfAGroupByTheNominalSize() {
        try (TinyNet full = plain(); TinyNet small = plain()) {
            full.net.updateEvery(2, CASES);
            small.net.updateEvery(2, 2 * CASES);
            for (TinyNet tiny : List.of(full, small)) {
                tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
                tiny.net.bprop(PassType.TRAIN);
            }
            float[] half = full.net.biasGrad("out");
            for (int i = 0; i < half.length; i++) {
                half[i] /= 2;
            }
            assertThat(small.net.biasGrad("out")).containsExactly(half);
        }
    }

    @Test
    void limitsTheLengthOfEachUnitsWeights() {
        float ball = 0.002f;
        try (TinyNet tiny = net("epsW=0.01\nmomW=0.9\nwc=0\nwball=" + ball + "\n")) {
            tiny.train(0, CASES);
            assertThat(lengths(tiny.net.weights("conv", 0), 27, 16)).allMatch(length -> isAtMost(length, 27 * ball));
            assertThat(lengths(tiny.net.weights("out", 0), 16 * 16, TinyNet.CLASSES)).allMatch(length -> isAtMost(length, 256 * ball));
            float[] local = tiny.net.weights("local", 0);
            int module = 9 * 16 * 16;
            for (int m = 0; m < 16; m++) {
                float[] filters = Arrays.copyOfRange(local, m * module, (m + 1) * module);
                assertThat(lengths(filters, 9 * 16, 16)).allMatch(length -> isAtMost(length, 144 * ball));
            }
        }
    }

    private static boolean isAtMost(double length, double limit) {
        return length > 0 && length < limit * (1 + 1e-5);
    }

    private static List<Double> lengths(float[] weights, int rows, int cols) {
        List<Double> lengths = new ArrayList<>();
        for (int col = 0; col < cols; col++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += (double) weights[row * cols + col] * weights[row * cols + col];
            }
            lengths.add(Math.sqrt(sum));
        }
        return lengths;
    }

    @Test
    void leavesShortWeightsAlone() {
        try (TinyNet limited = net("epsW=0.01\nmomW=0.9\nwc=0\nwball=10\n"); TinyNet free = net("epsW=0.01\nmomW=0.9\nwc=0\n")) {
            limited.train(0, CASES);
            free.train(0, CASES);
            for (String layer : LAYERS) {
                assertThat(limited.net.weights(layer, 0)).as(layer).containsExactly(free.net.weights(layer, 0));
            }
        }
    }

    /** Column 0 has the contrast 4 / 4, column 1 a smaller one, column 2 none at all. */
    @Test
    void keepsTheContrastOfFiltersWithinLimits() {
        try (TinyNet tiny = net("epsW=0.01\nmomW=0.9\nwc=0\n")) {
            tiny.layers.get(2).put("wcNormMin", List.of(0.25f)).put("wcNormMax", List.of(0.5f));
            Matrix weights = tiny.devices.backend(0).allocate(4, 3, false);
            tiny.devices.backend(0).upload(new float[] {3, 1, 2, -1, 0.9f, 2, 3, 1, 2, -1, 0.9f, 2}, weights);
            try (WeightConstraints constraints = new WeightConstraints(tiny.devices.backend(0), tiny.layers.get(2), 0)) {
                constraints.apply(weights);
            }
            float[] values = new float[12];
            tiny.devices.backend(0).download(weights, values);
            assertThat(values[0]).isEqualTo(1.5f);
            assertThat(values[3]).isEqualTo(-0.5f);
            assertThat(values[1]).isCloseTo(10, within(1e-4f));
            assertThat(values[4]).isCloseTo(9, within(1e-4f));
            assertThat(values[2]).isEqualTo(2);
        }
    }

    @Test
    void withSuperEpsDividesByTheDeviationOrTakesTheMeanForItsSquare() {
        String rates = "epsW=0.01\nmomW=0.5\nwc=0\nsuperEps=0.0001\n";
        try (TinyNet right = net(rates); TinyNet wrong = net(rates, Quirk.SUPER_EPS_SUBTRACTS_MEAN)) {
            right.train(0, CASES);
            wrong.train(0, CASES);
            for (String layer : LAYERS) {
                float[] gradient = right.net.weightGrad(layer, 0);
                float[] inc = right.net.weightsInc(layer, 0);
                float[] wrongInc = wrong.net.weightsInc(layer, 0);
                for (int i = 0; i < gradient.length; i++) {
                    double mean = 0.5 * gradient[i];
                    double square = 0.5 * gradient[i] * gradient[i];
                    assertThat(inc[i]).isCloseTo((float) (0.01 * gradient[i] / Math.sqrt(square - mean * mean + 1e-4)), within(1e-6f));
                    if (square - mean + 1e-4 > 1e-6) {
                        assertThat(wrongInc[i]).isCloseTo((float) (0.01 * gradient[i] / Math.sqrt(square - mean + 1e-4)), within(1e-5f));
                    } else if (square - mean + 1e-4 < -1e-6) {
                        assertThat(wrongInc[i]).isNaN();
                    }
                }
            }
        }
    }
}
