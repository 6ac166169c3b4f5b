package org.cudaconvnet.engine.config;

/** neuron: a non-linearity of its own or detached from another layer (spec: config-language.md sections 4.8 and 6). */
final class NeuronLayerParser extends LayerWithInputParser {
    NeuronLayerParser() {
        super(1);
    }

    @Override
    void parseKeys(LayerScope scope) {
        NeuronType neuron = NeuronType.parse(scope.section(), scope.section().string("neuron"));
        scope.layer().put("outputs", scope.numInputs(0));
        putNeuron(scope.layer(), neuron);
    }

    static void putNeuron(LayerDict layer, NeuronType neuron) {
        layer.put("neuron", neuron.toMap());
        putMemoryFlags(layer, neuron.usesActs(), neuron.usesInputs(), false);
    }
}
