package org.cudaconvnet.golden.kernelcases;

import java.util.Map;
import java.util.function.Consumer;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.Neurons;

/** Neurons and their gradients. */
final class NeuronCases {
    private NeuronCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        return Map.of(
                "Neuron::activate",
                call -> call.backend().neurons().activate(neuron(call), call.matrix("inputs"), call.matrix("outputs")),
                "Neuron::computeInputGrad", NeuronCases::inputGrad);
    }

    private static void inputGrad(KernelCall call) {
        Neuron neuron = neuron(call);
        Neurons neurons = call.backend().neurons();
        neurons.activate(neuron, call.matrix("inputs"), call.matrix("outputs"));
        neurons.inputGrad(neuron, call.matrix("actsGrad"),
                neuron.type().usesInputs() ? call.matrix("inputs") : null,
                neuron.type().usesActs() ? call.matrix("outputs") : null,
                call.matrix("target"), call.booleanArgument("add"));
    }

    private static Neuron neuron(KernelCall call) {
        String name = call.textArgument("type");
        for (Neuron.Type type : Neuron.Type.values()) {
            if (type.configName().equals(name)) {
                return new Neuron(type, call.has("a") ? call.floatArgument("a") : 0, call.has("b") ? call.floatArgument("b") : 0);
            }
        }
        throw new InputException("neuron \"" + name + "\" is unknown");
    }
}
