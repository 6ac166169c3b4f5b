package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.fc;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Gradients of the layers of 2012 agree with finite differences, and with a defect of 2012 they do not")
class GradientsOf2012LayersTest {
    private static final int PIXELS = 12;
    private static final int CASES = 16;
    private static final float STEP = 0.002f;
    private static final float LIMIT = 0.02f;
    private static final String RATES = "epsW=0.1\nepsB=0.1\nmomW=0.5\nmomB=0.5\nwc=0\n";
    private static final String DISTRIBUTIONS = DATA.replace("[labels]\ntype=data\ndataIdx=1", "[labels]\ntype=data\ndataIdx=2");
    private static final String SQUARES = "[squares]\ntype=cost.sum2\ninputs=%s\n";

    /** A trained layer "hidden" above the data. */
    private static String hidden(int outputs, String keys) {
        return fc("hidden", "data", outputs, "initW=0.4\ninitB=0.1\n" + keys);
    }

    private static String costOn(String type, String inputs, String keys) {
        return "[cost]\ntype=" + type + "\ninputs=" + inputs + "\n" + keys;
    }

    private static Arguments net(String name, String definition, String... trained) {
        String params = sections(RATES, trained) + (definition.contains("[cost]") ? cost("cost", 0.7) : "") + (definition.contains("cost.msm") ? "setSize=2\nthreads=3\n" : "")
                + (definition.contains("[logprob]") ? cost("logprob", 1) : "") + (definition.contains("[squares]") ? cost("squares", 0.3) : "");
        return Arguments.of(name, definition, params);
    }

    private static String twoConsumersOfReflection(String first, String second) {
        return DATA + hidden(3 * 3 * 3, "neuron=tanh[1,1]") + "[mirrored]\ntype=href\ninputs=hidden\nchannels=3\n"
                + fc("a", first, 4, "initW=0.3") + fc("b", second, 4, "initW=0.3") + "[sum]\ntype=eltsum\ninputs=a,b\n"
                + "[probs]\ntype=softmax\ninputs=sum\n[logprob]\ntype=cost.logreg\ninputs=labels,probs\n";
    }

    private static String unfusedCrossEntropy2() {
        return DISTRIBUTIONS + hidden(TinyNet.CLASSES, "neuron=logistic") + costOn("cost.crossent2", "labels,hidden", "")
                + SQUARES.formatted("hidden");
    }

    private static String tica(int sizeX, boolean shared) {
        return DATA.replace("[labels]\ntype=data\ndataIdx=1\n", "") + hidden(2 * 16, "")
                + (shared ? SQUARES.formatted("hidden") : "") + costOn("cost.tica", "hidden", "channels=2\nsizeX=" + sizeX + "\n");
    }

    static Stream<Arguments> nets() {
        String classes = fc("out", "hidden", TinyNet.CLASSES, "initW=0.4") + "[probs]\ntype=softmax\ninputs=out\n";
        return Stream.of(
                net("concat", DATA + hidden(5, "") + fc("other", "data", 7, "initW=0.4\nneuron=tanh[1,1]")
                        + "[all]\ntype=concat\ninputs=other,hidden\n" + classifier("all", TinyNet.CLASSES, "0.4"), "hidden", "other", "out"),
                net("concat of one layer twice and another consumer", DATA + hidden(5, "") + SQUARES.formatted("hidden")
                        + "[all]\ntype=concat\ninputs=hidden,hidden\n" + classifier("all", TinyNet.CLASSES, "0.4"), "hidden", "out"),
                net("href", twoConsumersOfReflection("mirrored", "mirrored"), "hidden", "a", "b"),
                net("href writes, another adds", twoConsumersOfReflection("mirrored", "hidden"), "hidden", "a", "b"),
                net("href adds", twoConsumersOfReflection("hidden", "mirrored"), "hidden", "a", "b"),
                net("crossent formed by the softmax", DISTRIBUTIONS + hidden(5, "neuron=tanh[1,1]") + classes
                        + costOn("cost.crossent", "labels,probs", ""), "hidden", "out"),
                net("crossent formed by the softmax and added", DISTRIBUTIONS + hidden(5, "") + classes + SQUARES.formatted("out")
                        + costOn("cost.crossent", "labels,probs", ""), "hidden", "out"),
                net("crossent beside another cost", DISTRIBUTIONS + hidden(5, "") + classes + SQUARES.formatted("probs")
                        + costOn("cost.crossent", "labels,probs", ""), "hidden", "out"),
                net("crossent2 formed by the neuron", DISTRIBUTIONS + hidden(TinyNet.CLASSES, "neuron=logistic")
                        + costOn("cost.crossent2", "labels,hidden", ""), "hidden"),
                net("crossent2 beside another cost", unfusedCrossEntropy2(), "hidden"),
                net("rflickr", DISTRIBUTIONS + hidden(TinyNet.CLASSES, "") + costOn("cost.rflickr", "labels,hidden", ""), "hidden"),
                net("rflickr beside another cost", DISTRIBUTIONS + hidden(TinyNet.CLASSES, "") + SQUARES.formatted("hidden")
                        + costOn("cost.rflickr", "labels,hidden", ""), "hidden"),
                net("gsum2", DATA.replace("[labels]\ntype=data\ndataIdx=1\n", "") + hidden(5, "") + fc("gate", "hidden", 1, "initW=0.4\ninitB=1")
                        + costOn("cost.gsum2", "gate,hidden", ""), "hidden", "gate"),
                net("gsum2 beside another cost", DATA.replace("[labels]\ntype=data\ndataIdx=1\n", "") + hidden(5, "")
                        + fc("gate", "hidden", 1, "initW=0.4\ninitB=1") + SQUARES.formatted("gate") + costOn("cost.gsum2", "gate,hidden", ""),
                        "hidden", "gate"),
                net("msm", DATA + hidden(TinyNet.CLASSES, "") + costOn("cost.msm", "labels,hidden", ""), "hidden"),
                net("msm beside another cost", DATA + hidden(TinyNet.CLASSES, "") + SQUARES.formatted("hidden")
                        + costOn("cost.msm", "labels,hidden", ""), "hidden"),
                net("treefc", DATA + hidden(5, "neuron=tanh[1,1]") + SQUARES.formatted("hidden")
                        + classifier("hidden", TinyNet.CLASSES, "0.4").replace("type=fc\ninputs=hidden\noutputs=" + TinyNet.CLASSES,
                        "type=treefc\ninputs=hidden"), "hidden", "out"),
                net("tica", tica(3, false), "hidden"),
                net("tica with an even size", tica(2, false), "hidden"),
                net("tica beside another cost", tica(3, true), "hidden"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nets")
    void agree(String name, String definition, String params) {
        assertThat(errors(definition, params)).isNotEmpty().allSatisfy(error -> assertThat(error).isLessThan(LIMIT));
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                defect(Quirk.REFLECTED_GRADIENT_OVERWRITES, twoConsumersOfReflection("hidden", "mirrored"), "hidden", "a", "b"),
                defect(Quirk.CROSS_ENTROPY_GRADIENT_ADDS, unfusedCrossEntropy2(), "hidden"),
                defect(Quirk.TICA_GRADIENT_ADDS_SQRT, tica(3, true), "hidden"),
                defect(Quirk.TICA_GRADIENT_KEEPS_WINDOW, tica(2, false), "hidden"));
    }

    private static Arguments defect(Quirk quirk, String definition, String... trained) {
        Object[] net = net("", definition, trained).get();
        return Arguments.of(quirk, net[1], net[2]);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void breakWithTheDefectAlone(Quirk quirk, String definition, String params) {
        assertThat(errors(definition, params, quirk)).anySatisfy(error -> assertThat(error).isGreaterThan(5 * LIMIT));
        assertThat(errors(definition, params)).allSatisfy(error -> assertThat(error).isLessThan(LIMIT));
    }

    private static List<Float> errors(String definition, String params, Quirk... quirks) {
        try (TinyNet tiny = new TinyNet(definition, params, PIXELS, CASES, Compatibility.of(Set.of(quirks)), 1)) {
            return new GradientCheck(tiny.net, tiny.data, CASES, STEP).run().stream()
                    .map(GradientCheck.Result::relativeError).toList();
        }
    }
}
