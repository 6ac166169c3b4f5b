package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.fc;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.Arrays;
import org.cudaconvnet.engine.Compatibility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Gradients reach the weights that they belong to")
class GradientFlowTest {
    private static final int PIXELS = 12;
    private static final int CASES = 8;
    private static final float EPS = 0.1f;
    private static final String TRAINED = rates(EPS, 0);
    private static final String RESTING = rates(0, 0.5f);

    private static String rates(float eps, float wc) {
        return "epsW=" + eps + "\nepsB=" + eps + "\nmomW=0.5\nmomB=0.5\nwc=" + wc + "\n";
    }

    private static TinyNet net(String definition, String params) {
        return net(definition, params, "fixed");
    }

    private static TinyNet net(String definition, String params, String era) {
        return new TinyNet(definition, params, PIXELS, CASES, Compatibility.era(era), 1);
    }

    private static String hidden(String keys) {
        return fc("a", "data", PIXELS, "initW=0.2\n" + keys);
    }

    /** scale * X' V for the only input of an fc layer in the last pass. */
    private static float[] weightGradient(TinyNet tiny, String input, String layer, float scale) {
        float[] x = tiny.net.acts(input);
        float[] v = tiny.net.actsGrad(layer);
        int cases = x.length / PIXELS;
        int outputs = v.length / cases;
        float[] product = new float[PIXELS * outputs];
        for (int row = 0; row < PIXELS; row++) {
            for (int col = 0; col < outputs; col++) {
                for (int n = 0; n < cases; n++) {
                    product[row * outputs + col] += scale * x[row * cases + n] * v[col * cases + n];
                }
            }
        }
        return product;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private static void assertClose(float[] found, float[] expected) {
        assertThat(found).usingComparatorWithPrecision(1e-6f).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void ratesAreDividedByTheCasesOfTheMiniBatchThatIsThere(int cases) {
        try (TinyNet tiny = net(DATA + classifier("data", TinyNet.CLASSES, "0.1"), sections(TRAINED, "out") + cost("logprob", 1))) {
            tiny.train(CASES - cases, CASES);
            assertClose(tiny.net.weightsInc("out", 0), weightGradient(tiny, "data", "out", EPS / cases));
        }
    }

    @Test
    void aLayerWithTiedWeightsScalesItsShareByItsOwnRate() {
        String definition = DATA + hidden("") + fc("b", "a", PIXELS, "initW=0.2\nweightSource=a")
                + classifier("b", TinyNet.CLASSES, "0.1");
        String params = sections(TRAINED, "a", "out") + sections(rates(EPS / 4, 0), "b") + cost("logprob", 1);
        try (TinyNet tiny = net(definition, params)) {
            tiny.train(0, CASES);
            assertClose(tiny.net.weightsInc("a", 0), sum(weightGradient(tiny, "data", "a", EPS / CASES),
                    weightGradient(tiny, "a", "b", EPS / 4 / CASES)));
        }
    }

    /** Spec: weight-update.md section 6. */
    @ParameterizedTest
    @ValueSource(strings = {"fixed", "v1"})
    void weightsTiedToAnOwnerWithoutARateRest(String era) {
        String definition = DATA + hidden("") + fc("b", "a", PIXELS, "initW=0.2\nweightSource=a")
                + classifier("b", TinyNet.CLASSES, "0.1");
        String params = sections(RESTING, "a") + sections(TRAINED, "b", "out") + cost("logprob", 1);
        try (TinyNet tiny = net(definition, params, era)) {
            float[] before = tiny.net.weights("a", 0);
            tiny.train(0, CASES);
            tiny.train(0, CASES);
            assertThat(tiny.net.weights("a", 0)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed", "v1"})
    void layersBelowTheLowestTrainedOneReceiveNothing(String era) {
        String definition = DATA + hidden("neuron=tanh[1,1]") + classifier("a", TinyNet.CLASSES, "0.1");
        try (TinyNet tiny = net(definition, sections(RESTING, "a") + sections(TRAINED, "out") + cost("logprob", 1), era)) {
            float[] before = tiny.net.weights("a", 0);
            tiny.train(0, CASES);
            assertThat(tiny.net.actsGrad("a")).isNull();
            assertThat(tiny.net.actsGrad("a_neuron")).isNull();
            assertThat(tiny.net.weights("a", 0)).as("not even decayed").isEqualTo(before);
            assertThat(tiny.net.actsGrad("out")).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed", "v1"})
    void theGradientsOfTwoCostsAddUpEachTimesItsCoefficient(String era) {
        String one = DATA + hidden("") + classifier("a", TinyNet.CLASSES, "0.1");
        String two = one + "[squares]\ntype=cost.sum2\ninputs=a\n";
        String params = sections(TRAINED, "a", "out") + cost("logprob", 1);
        try (TinyNet logprob = net(one, params, era); TinyNet both = net(two, params + cost("squares", 0.25), era);
             TinyNet reported = net(two, params + cost("squares", 0), era)) {
            float[] expected = both.net.weights("a", 0).clone();
            logprob.train(0, CASES);
            both.train(0, CASES);
            reported.train(0, CASES);
            assertThat(expected).isNotEqualTo(both.net.weights("a", 0));
            float[] ofSquares = both.net.acts("a");
            for (int i = 0; i < ofSquares.length; i++) {
                ofSquares[i] *= -2 * 0.25f;
            }
            assertClose(both.net.actsGrad("a"), sum(logprob.net.actsGrad("a"), ofSquares));
            assertThat(reported.net.actsGrad("a")).as("coeff 0 sends nothing").isEqualTo(logprob.net.actsGrad("a"));
            assertThat(reported.net.costs().sums().get("squares")[0]).isPositive();
        }
    }

    /** Matrices are reused from one mini-batch to the next, so nothing may read what the last one left in them. */
    @Test
    void aMiniBatchLeavesNoTraceInTheActivationsOfTheNextOne() {
        String definition = DATA + """
                [conv]
                type=conv
                inputs=data
                channels=3
                filters=16
                filterSize=3
                padding=1
                initW=0.1
                partialSum=2
                neuron=relu
                [rnorm]
                type=rnorm
                inputs=conv
                channels=16
                size=3
                [cmrnorm]
                type=cmrnorm
                inputs=rnorm
                channels=16
                size=3
                [pool]
                type=pool
                pool=avg
                inputs=cmrnorm
                channels=16
                sizeX=2
                stride=1
                [sum]
                type=eltsum
                inputs=conv,rnorm
                coeffs=1,-2
                [local]
                type=local
                inputs=sum
                channels=16
                filters=16
                filterSize=3
                initW=0.1
                """ + fc("a", "pool", PIXELS, "initW=0.1") + fc("b", "local", PIXELS, "initW=0.1")
                + "[max]\ntype=eltmax\ninputs=a,b\n" + classifier("max", TinyNet.CLASSES, "0.1");
        String norm = "scale=0.5\npow=0.75\n";
        String params = sections(TRAINED, "conv", "local", "a", "b", "out") + sections(norm, "rnorm", "cmrnorm") + cost("logprob", 1);
        int pixels = 3 * 4 * 4;
        try (TinyNet fresh = new TinyNet(definition, params, pixels, CASES); TinyNet used = new TinyNet(definition, params, pixels, CASES)) {
            float[] images = used.data.get(0).values().clone();
            Arrays.fill(used.data.get(0).values(), Float.NaN);
            used.net.fprop(used.data, 0, CASES, PassType.TEST);
            assertThat(used.net.acts("max")).containsOnly(Float.NaN);
            System.arraycopy(images, 0, used.data.get(0).values(), 0, images.length);
            fresh.train(2, 5);
            used.train(2, 5);
            for (String layer : fresh.net.weightLayerNames()) {
                assertThat(used.net.weights(layer, 0)).as(layer).isEqualTo(fresh.net.weights(layer, 0));
                assertThat(used.net.biases(layer)).as(layer).isEqualTo(fresh.net.biases(layer));
            }
        }
    }
}
