package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.fc;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.Defect;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Each defect of the original engine can be reproduced or left out")
class CompatibilityTest {
    private static final String RATES = "epsW=0.1\nepsB=0.1\nmomW=0.5\nmomB=0.5\nwc=0.01\n";
    private static final int PIXELS = 12;
    private static final int CASES = 8;

    private static Compatibility with(Quirk... quirks) {
        return Compatibility.of(Set.of(quirks));
    }

    private static String params(double coeff, String... layers) {
        return sections(RATES, layers) + cost("logprob", coeff);
    }

    private static String hidden(String name, String input, String more) {
        return fc(name, input, PIXELS, "initW=0.2\n" + more);
    }

    @Test
    void erasAreNamed() {
        assertThat(Compatibility.era("fixed").kernelDefects()).isEmpty();
        assertThat(Compatibility.era("v1").kernelDefects()).contains(Defect.SOFTRELU_GRADIENT_FROM_OUTPUT, Defect.SINGLE_COLUMN_SUM_COPIES);
        assertThatThrownBy(() -> Compatibility.era("2011")).isInstanceOf(InputException.class).hasMessageContaining("2011");
    }

    /** Two steps, so that the momentum of the first is there to be lost. */
    @Test
    void sharedWeightsSumOrOverwriteTheirGradients() {
        String definition = DATA + hidden("a", "data", "") + hidden("b", "a", "") + hidden("c", "b", "weightSource=b\n")
                + classifier("c", TinyNet.CLASSES, "0.1");
        String params = params(1, "a", "b", "c", "out");
        try (TinyNet sums = new TinyNet(definition, params, PIXELS, CASES, with(), 1);
             TinyNet overwrites = new TinyNet(definition, params, PIXELS, CASES, with(Quirk.SHARED_WEIGHTS_OVERWRITE), 1)) {
            for (TinyNet tiny : List.of(sums, overwrites)) {
                tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
                tiny.net.bprop(PassType.TRAIN);
            }
            float[] ofC = productOfInputAndGradient(sums, "b", "c");
            float[] ofB = productOfInputAndGradient(sums, "a", "b");
            for (int i = 0; i < ofB.length; i++) {
                assertThat(overwrites.net.weightsInc("b", 0)[i]).isCloseTo(ofB[i], Offset.offset(1e-6f));
                assertThat(sums.net.weightsInc("b", 0)[i]).isCloseTo(ofB[i] + ofC[i], Offset.offset(1e-6f));
            }
        }
    }

    /** epsilon / cases * X' V for one fc layer. */
    private static float[] productOfInputAndGradient(TinyNet tiny, String input, String layer) {
        float[] x = tiny.net.acts(input);
        float[] v = tiny.net.actsGrad(layer);
        float[] product = new float[PIXELS * PIXELS];
        for (int row = 0; row < PIXELS; row++) {
            for (int col = 0; col < PIXELS; col++) {
                for (int n = 0; n < CASES; n++) {
                    product[row * PIXELS + col] += 0.1f / CASES * x[row * CASES + n] * v[col * CASES + n];
                }
            }
        }
        return product;
    }

    @Test
    void aConsumerThatLeadsToNoCostIsWaitedForOrNot() {
        String definition = DATA + hidden("a", "data", "") + "[dead]\ntype=eltsum\ninputs=a\n[unused]\ntype=cost.sum2\ninputs=dead\n"
                + classifier("a", TinyNet.CLASSES, "0.1");
        String params = params(1, "a", "out") + cost("unused", 0);
        assertThat(changes("a", definition, params, with())).isTrue();
        assertThat(changes("a", definition, params, with(Quirk.PRODUCERS_COUNTED_WITHOUT_PATH))).isFalse();
    }

    @Test
    void weightsWithoutAFreshGradientRestOrMove() {
        String definition = DATA + hidden("a", "data", "") + classifier("a", TinyNet.CLASSES, "0.1");
        String params = params(0, "a", "out");
        assertThat(changes("a", definition, params, with())).isFalse();
        assertThat(changes("a", definition, params, with(Quirk.STALE_GRADIENT_UPDATES))).as("by decay alone").isTrue();
    }

    private static boolean changes(String layer, String definition, String params, Compatibility compatibility) {
        try (TinyNet tiny = new TinyNet(definition, params, PIXELS, CASES, compatibility, 1)) {
            float[] before = tiny.net.weights(layer, 0);
            tiny.train(0, CASES);
            return !Arrays.equals(before, tiny.net.weights(layer, 0));
        }
    }

    @Test
    void anInputListedTwiceKeepsItsGradientOrDestroysIt() {
        String definition = DATA + hidden("a", "data", "") + "[twice]\ntype=eltsum\ninputs=a,a\ncoeffs=1,-2\n"
                + classifier("twice", TinyNet.CLASSES, "0.1");
        String once = definition.replace("inputs=a,a\ncoeffs=1,-2", "inputs=a\ncoeffs=-1");
        String params = params(1, "a", "out");
        float[] expected = biasesAfterStep(once, params, with());
        assertThat(biasesAfterStep(definition, params, with())).usingComparatorWithPrecision(1e-6f).containsExactly(expected);
        assertThat(biasesAfterStep(definition, params, with(Quirk.REPEATED_INPUT_SHARES_MATRIX))).isNotEqualTo(expected);
    }

    private static float[] biasesAfterStep(String definition, String params, Compatibility compatibility) {
        try (TinyNet tiny = new TinyNet(definition, params, PIXELS, CASES, compatibility, 1)) {
            tiny.train(0, CASES);
            return tiny.net.biases("a");
        }
    }

    @Test
    void biasGradientsOfASingleCaseAreScaledOrNot() {
        String definition = DATA + hidden("a", "data", "") + classifier("a", TinyNet.CLASSES, "0.1");
        String params = params(1, "a", "out");
        // Otherwise a gradient of one case has the factor 1, and nothing is to be seen.
        Compatibility rateInGradient = with(Quirk.RATE_SCALES_GRADIENT);
        Compatibility copied = with(Quirk.RATE_SCALES_GRADIENT, Quirk.SINGLE_COLUMN_SUM_COPIES);
        try (TinyNet scales = new TinyNet(definition, params, PIXELS, CASES, rateInGradient, 1);
             TinyNet copies = new TinyNet(definition, params, PIXELS, CASES, copied, 1)) {
            scales.train(7, 8);
            copies.train(7, 8);
            float[] gradient = copies.net.biasGrad("out");
            float[] scaled = new float[gradient.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = 0.1f * gradient[i];
            }
            assertThat(scales.net.biasGrad("out")).containsExactly(scaled);
        }
    }

    @Test
    void theGradientOfAnOversampledSparseLayerIsAddedOrOverwrites() {
        String definition = DATA + """
                [low]
                type=conv
                inputs=data
                channels=3
                filters=16
                filterSize=1
                initW=0.3
                partialSum=1
                [sparse]
                type=conv
                inputs=low
                channels=16
                filters=16
                groups=4
                filterSize=1
                initW=0.3
                partialSum=1
                randSparse=1
                filterChannels=8
                [dense]
                type=fc
                inputs=low
                outputs=4
                initW=0.1
                [out]
                type=fc
                inputs=sparse
                outputs=4
                initW=0.1
                [sum]
                type=eltsum
                inputs=out,dense
                [probs]
                type=softmax
                inputs=sum
                [logprob]
                type=cost.logreg
                inputs=labels,probs
                """;
        String params = params(1, "low", "sparse", "dense", "out");
        String denseFirst = definition.replace("inputs=out,dense", "inputs=dense,out");
        float[] expected = gradientOfLow(definition, params, with());
        assertThat(gradientOfLow(denseFirst, params, with())).usingComparatorWithPrecision(1e-6f).containsExactly(expected);
        assertThat(gradientOfLow(denseFirst, params, with(Quirk.SPARSE_GRADIENT_OVERWRITES))).isNotEqualTo(expected);
    }

    private static float[] gradientOfLow(String definition, String params, Compatibility compatibility) {
        try (TinyNet tiny = new TinyNet(definition, params, PIXELS, CASES, compatibility, 1)) {
            tiny.train(0, CASES);
            return tiny.net.actsGrad("low");
        }
    }

    /** At x the derivative is 1 / (1 + e^-x); the original's formula gets the output log(1 + e^x) for x. */
    @Test
    void theGradientOfSoftReluIsEvaluatedAtItsInputOrItsOutput() {
        String definition = DATA + hidden("a", "data", "neuron=softrelu\n") + classifier("a", TinyNet.CLASSES, "0.1");
        String params = params(1, "a", "out");
        for (Compatibility compatibility : List.of(with(), with(Quirk.SOFTRELU_GRADIENT_FROM_OUTPUT))) {
            try (TinyNet tiny = new TinyNet(definition, params, PIXELS, CASES, compatibility, 1)) {
                tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
                float[] at = tiny.net.acts(compatibility.reproduces(Quirk.SOFTRELU_GRADIENT_FROM_OUTPUT) ? "a_neuron" : "a");
                tiny.net.bprop(PassType.TRAIN);
                float[] above = downstreamOfA(tiny);
                for (int i = 0; i < at.length; i++) {
                    assertThat(tiny.net.actsGrad("a")[i]).isCloseTo((float) (above[i] / (1 + Math.exp(-at[i]))), Offset.offset(1e-6f));
                }
            }
        }
    }

    /** The gradient that layer out sends down: its weights times its own gradient. */
    private static float[] downstreamOfA(TinyNet tiny) {
        float[] weights = tiny.net.weights("out", 0);
        float[] v = tiny.net.actsGrad("out");
        float[] product = new float[PIXELS * CASES];
        for (int unit = 0; unit < PIXELS; unit++) {
            for (int n = 0; n < CASES; n++) {
                for (int j = 0; j < TinyNet.CLASSES; j++) {
                    product[unit * CASES + n] += weights[unit * TinyNet.CLASSES + j] * v[j * CASES + n];
                }
            }
        }
        return product;
    }
}
