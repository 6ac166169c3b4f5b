package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.engine.config.Definitions.named;

import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.NetText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neurons and the layers that they become (spec: config-language.md section 6). */
class NeuronLayersTest {
    private static List<LayerDict> parse(String layers) {
        String definition = "[data]\ntype=data\ndataIdx=0\n" + layers;
        return LayerParser.parseDefinition(ConfigFile.parse("layers.cfg", definition), ParseContext.withoutWeights(List.of(8), 10));
    }

    private static LayerDict neuron(String neuron) {
        return named(parse("[n]\ntype=neuron\ninputs=data\nneuron=" + neuron + "\n[cost]\ntype=cost.sum2\ninputs=n\n"), "n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ident|false|false", "logistic|true|false", "abs|false|true", "relu|true|false", "nrelu|true|false", "softrelu|true|false",
        "square|false|true", "sqrt|true|false", "tanh[1,2]|true|false", "brelu[1]|true|false", "linear[1,2]|true|false",
        "drelu[1]|false|true"})
    void everyNeuronKnowsWhatItsGradientNeeds(String neuron, boolean usesActs, boolean usesInputs) {
        LayerDict layer = neuron(neuron);
        assertThat(layer.booleanValue("usesActs")).isEqualTo(usesActs);
        assertThat(layer.booleanValue("usesInputs")).isEqualTo(usesInputs);
        assertThat(layer.booleanValue("forceOwnActs")).isFalse();
        assertThat(layer.outputs()).isEqualTo(8);
    }

    @Test
    void parametersAreStoredByName() {
        assertThat(neuron("tanh [ 1.7159 , -.6667 ] ").value("neuron", Map.class))
                .isEqualTo(Map.of("type", "tanh", "params", Map.of("a", 1.7159f, "b", -.6667f), "usesActs", true, "usesInputs", false));
        assertThat(neuron("brelu[1e-1]").value("neuron", Map.class).get("params")).isEqualTo(Map.of("a", .1f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Relu", "tanh", "tanh[1]", "tanh[1,2,3]", "relu[1]", "tanh[a,b]", "abstanh[1,2]"})
    void otherNeuronsAreErrorsThatListAll(String neuron) {
        assertThatThrownBy(() -> neuron(neuron)).isInstanceOf(InputException.class).hasMessage("layers.cfg:7: [n] neuron: found \"" + neuron
                + "\", expected one of: ident = x, logistic = 1/(1+e^-x), abs = |x|, relu = max(0,x), nrelu = max(0,max(0,x)+noise), "
                + "softrelu = log(1+e^x), square = x^2, sqrt = sqrt(x), tanh[a,b] = a*tanh(b*x), brelu[a] = min(a,max(0,x)), "
                + "linear[a,b] = a*x+b, drelu[a] = x-a*tanh(x/a)");
    }

    @Test
    void parametersThatAreNoNumbersAreErrors() {
        assertThatThrownBy(() -> neuron("tanh[1,-]")).isInstanceOf(InputException.class)
                .hasMessage("layers.cfg:7: [n] neuron: found \"tanh[1,-]\", expected numbers as parameters of tanh[a,b] = a*tanh(b*x)");
    }

    @Test
    void takenNamesGetANumber() {
        List<LayerDict> layers = parse("""
                [a_neuron]
                type=eltsum
                inputs=data
                [a_neuron.1]
                type=eltsum
                inputs=data
                [a]
                type=eltsum
                inputs=a_neuron,a_neuron.1
                neuron=ident
                [cost]
                type=cost.sum2
                inputs=a
                """);
        assertThat(layers).extracting(LayerDict::name).containsExactly("data", "a_neuron", "a_neuron.1", "a", "a_neuron.2", "cost");
        assertThat(named(layers, "cost").inputs()).containsExactly("a_neuron.2");
        assertThat(named(layers, "a_neuron.2").stringValue("src_layer")).isEqualTo("a");
        assertThat(named(layers, "a").stringValue("neuron")).isEqualTo("ident");
    }

    @Test
    void neuronOnASoftmaxLayerPassesTheCheckOfTheCostAndThenFeedsIt() {
        List<LayerDict> layers = LayerParser.parseDefinition(ConfigFile.parse("layers.cfg", NetText.DATA + """
                [probs]
                type=softmax
                inputs=data
                neuron=ident
                [logprob]
                type=cost.logreg
                inputs=labels,probs
                """), ParseContext.withoutWeights(List.of(10, 1), 10));
        assertThat(named(layers, "logprob").inputs()).containsExactly("labels", "probs_neuron");
    }
}
