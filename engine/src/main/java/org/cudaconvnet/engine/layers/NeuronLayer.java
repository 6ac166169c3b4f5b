package org.cudaconvnet.engine.layers;

import java.util.Locale;
import java.util.Map;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Neuron;

/**
 * A non-linearity (spec: neurons.md). A logistic one whose only consumer is a cost.crossent2 on the same logical device forms both
 * gradients in one step (spec: layers.md section 3).
 */
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

    boolean formsCostGradient() {
        return neuron.type() == Neuron.Type.LOGISTIC && next().size() == 1 && next().get(0) instanceof CrossEnt2CostLayer cost
                && cost.gpu() == gpu();
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        if (formsCostGradient()) {
            ((CrossEnt2CostLayer) next().get(0)).logisticGrad(acts(), inputGrad(i), scaleTargets > 0);
            return;
        }
        backend().neurons().inputGrad(neuron, v, neuron.type().usesInputs() ? input(i) : null,
                neuron.type().usesActs() ? acts() : null, inputGrad(i), scaleTargets > 0);
    }
}
