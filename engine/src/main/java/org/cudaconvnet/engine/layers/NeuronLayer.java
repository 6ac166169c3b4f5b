package org.cudaconvnet.engine.layers;

import java.util.Locale;
import java.util.Map;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Neuron;

/** A non-linearity (spec: neurons.md). */
final class NeuronLayer extends Layer {
    private final Neuron neuron;

    NeuronLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        neuron = neuron(dict);
    }

    static Neuron neuron(LayerDict dict) {
        Map<?, ?> description = dict.value("neuron", Map.class);
        Map<?, ?> params = (Map<?, ?>) description.get("params");
        return new Neuron(Neuron.Type.valueOf(((String) description.get("type")).toUpperCase(Locale.ROOT)),
                param(params, "a"), param(params, "b"));
    }

    private static float param(Map<?, ?> params, String name) {
        return params.get(name) instanceof Number value ? value.floatValue() : 0;
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        backend().neurons().activate(neuron, input(i), acts());
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        backend().neurons().inputGrad(neuron, v, neuron.type().usesInputs() ? input(i) : null,
                neuron.type().usesActs() ? acts() : null, inputGrad(i), scaleTargets > 0);
    }
}
