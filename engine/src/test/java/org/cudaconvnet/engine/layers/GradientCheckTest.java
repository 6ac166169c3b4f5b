package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.fc;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.engine.DivergenceException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Gradients agree with finite differences")
class GradientCheckTest {
    private static final int PIXELS = 3 * 6 * 6;
    private static final int CASES = 16;
    private static final float STEP = 0.002f;
    /** Wider than the threshold: a step over a kink and the noise of a binary32 objective matter on few cases. */
    private static final float LIMIT = 0.06f;
    private static final String CONV = """
            [conv]
            type=conv
            inputs=data
            channels=3
            filters=16
            filterSize=3
            padding=1
            stride=1
            initW=0.3
            initB=0.1
            partialSum=6
            """;
    private static final String RATES = "epsW=0.1\nepsB=0.1\nmomW=0.5\nmomB=0.5\nwc=0\n";

    private static String classified(String input) {
        return classifier(input, TinyNet.CLASSES, "0.05");
    }

    private static String above(String keys) {
        return DATA + CONV + "[middle]\ninputs=conv\n" + keys + "\n" + classified("middle");
    }

    static Stream<Arguments> middles() {
        return Stream.of(
                Arguments.of("neuron logistic", "type=neuron\nneuron=logistic", ""),
                Arguments.of("neuron tanh", "type=neuron\nneuron=tanh[1.7,0.6]", ""),
                Arguments.of("neuron softrelu", "type=neuron\nneuron=softrelu", ""),
                Arguments.of("neuron square", "type=neuron\nneuron=square", ""),
                Arguments.of("neuron linear", "type=neuron\nneuron=linear[2,0.5]", ""),
                Arguments.of("neuron abs", "type=neuron\nneuron=abs", ""),
                Arguments.of("neuron relu", "type=neuron\nneuron=relu", ""),
                Arguments.of("pool max", "type=pool\npool=max\nchannels=16\nsizeX=3\nstride=2", ""),
                Arguments.of("pool avg", "type=pool\npool=avg\nchannels=16\nsizeX=3\nstride=2", ""),
                Arguments.of("rnorm", "type=rnorm\nchannels=16\nsize=3", "scale=0.5\npow=0.75\n"),
                Arguments.of("cmrnorm", "type=cmrnorm\nchannels=16\nsize=5", "scale=0.5\npow=0.75\n"),
                Arguments.of("cmrnorm blocked", "type=cmrnorm\nchannels=16\nsize=4\nblocked=1", "scale=0.5\npow=0.75\n"),
                Arguments.of("nailbed", "type=nailbed\nchannels=16\nstride=2", ""),
                Arguments.of("blur", "type=blur\nchannels=16\nfilterSize=3\nstdev=1", ""),
                Arguments.of("conv with groups", "type=conv\nchannels=16\nfilters=16\ngroups=2\nfilterSize=3\nstride=2\npadding=1\n"
                        + "initW=0.1\npartialSum=0\nsharedBiases=0", RATES),
                Arguments.of("conv random sparse", "type=conv\nchannels=16\nfilters=16\ngroups=4\nfilterSize=3\nstride=1\npadding=0\n"
                        + "initW=0.1\npartialSum=4\nrandSparse=1\nfilterChannels=8", RATES),
                Arguments.of("local", "type=local\nchannels=16\nfilters=16\nfilterSize=3\nstride=2\npadding=1\ninitW=0.1", RATES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("middles")
    void ofTheLayerAboveAConvolution(String name, String keys, String params) {
        String sections = sections(RATES, "conv", "out") + cost("logprob", 1) + (params.isEmpty() ? "" : sections(params, "middle"));
        assertGradientsAgree(above(keys), sections);
    }

    @Test
    void ofSharedConsumersSumsMaximaAndSecondCosts() {
        String definition = DATA + CONV + """
                [a]
                type=neuron
                inputs=conv
                neuron=logistic
                [b]
                type=neuron
                inputs=conv
                neuron=tanh[1,0.5]
                [sum]
                type=eltsum
                inputs=a,b,conv
                coeffs=1,-2,0.5
                [max]
                type=eltmax
                inputs=sum,b
                [fc]
                type=fc
                inputs=max,a
                outputs=4
                initW=0.05,0.1
                [probs]
                type=softmax
                inputs=fc
                [logprob]
                type=cost.logreg
                inputs=labels,probs
                [squares]
                type=cost.sum2
                inputs=sum
                """;
        String params = "[conv]\n" + RATES + "[fc]\nepsW=0.1,0.1\nepsB=0.1\nmomW=0.5,0.5\nmomB=0.5\nwc=0,0\n[logprob]\ncoeff=1\n[squares]\ncoeff=0.01\n";
        assertGradientsAgree(definition, params);
    }

    /** With two consumers the softmax does not form the gradient of the logistic cost itself. */
    @Test
    void ofASoftmaxWithTwoCosts() {
        String definition = DATA + CONV + classified("conv") + "[squares]\ntype=cost.sum2\ninputs=probs\n";
        assertGradientsAgree(definition, sections(RATES, "conv", "out") + cost("logprob", 1) + cost("squares", 0.5));
    }

    @Test
    void ofALogisticCostOnANeuronAboveTheSoftmax() {
        String definition = DATA + CONV + classified("conv").replace("type=softmax", "type=softmax\nneuron=linear[0.9,0.02]");
        assertGradientsAgree(definition, sections(RATES, "conv", "out") + cost("logprob", 1));
    }

    @Test
    void afterTrainingWithoutItsMomentum() {
        String params = sections(RATES, "conv", "out") + cost("logprob", 1);
        try (TinyNet tiny = new TinyNet(DATA + CONV + classified("conv"), params, PIXELS, CASES)) {
            tiny.train(0, CASES);
            assertGradientsAgree(tiny);
        }
    }

    @Test
    void ofAnUntrainedMatrixPassButNotThoseThatAreNoNumbers() {
        assertThat(new GradientCheck.Result("fc", "biases", 4, STEP, 0, 0, Float.NaN).passed()).isTrue();
        assertThat(new GradientCheck.Result("fc", "biases", 4, STEP, Float.NaN, 1, Float.NaN).passed()).isFalse();
        assertThat(new GradientCheck.Result("fc", "biases", 4, STEP, 1, Float.NaN, Float.NaN).passed()).isFalse();
    }

    @Test
    void areNotComparedWithCostsThatAreNotFinite() {
        String params = sections(RATES, "conv", "out") + cost("logprob", 1);
        try (TinyNet tiny = new TinyNet(DATA + CONV + classified("conv"), params, PIXELS, CASES)) {
            tiny.data.get(0).values()[0] = Float.NaN;
            GradientCheck check = new GradientCheck(tiny.net, tiny.data, CASES, STEP);
            assertThatThrownBy(check::run).isInstanceOf(DivergenceException.class).hasMessageContaining("NaN");
        }
    }

    @Test
    void ofWeightsSharedByTwoLayers() {
        String definition = DATA + CONV + fc("fc1", "conv", 8, "initW=0.05\nneuron=tanh[1,1]")
                + fc("fc2", "fc1", 8, "initW=0.3\nneuron=tanh[1,1]") + fc("fc3", "fc2", 8, "initW=0.3\nweightSource=fc2")
                + classified("fc3");
        String params = sections(RATES, "conv", "fc1", "fc2", "fc3", "out") + cost("logprob", 1);
        assertGradientsAgree(definition, params);
    }

    private static void assertGradientsAgree(String definition, String params) {
        try (TinyNet tiny = new TinyNet(definition, params, PIXELS, CASES)) {
            assertGradientsAgree(tiny);
        }
    }

    private static void assertGradientsAgree(TinyNet tiny) {
        List<GradientCheck.Result> results = new GradientCheck(tiny.net, tiny.data, CASES, STEP).run();
        assertThat(results).allSatisfy(result -> {
            assertThat(result.analyticNorm()).as(result.toString()).isPositive();
            assertThat(result.relativeError()).as(result.toString()).isLessThan(LIMIT);
        });
    }
}
