package org.cudaconvnet.kernels.gpu;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.Neurons;
import org.cudaconvnet.kernels.Shapes;

/** Neurons and their gradients (neurons.cu). */
final class GpuNeurons implements Neurons {
    private static final String MODULE = "neurons";

    private final Kernels kernels;
    private final Set<Defect> defects;

    GpuNeurons(Kernels kernels, Set<Defect> defects) {
        this.kernels = kernels;
        this.defects = defects;
    }

    @Override
    public void activate(Neuron neuron, Matrix inputs, Matrix outputs) {
        neuron.requireNoNoise();
        Shapes.requireSame(inputs, outputs);
        String kernel = "kNeuron_" + kernelName(neuron.type());
        ElementLayout layout = ElementLayout.of(outputs, inputs);
        if (!layout.isEmpty()) {
            kernels.launch(MODULE, kernel, layout.geometry(), inputs, outputs, layout.height(), layout.width(), layout.rowStep(inputs),
                    layout.colStep(inputs), layout.targetStep(), neuron.a(), neuron.b());
        }
    }

    @Override
    public void inputGrad(Neuron neuron, Matrix actsGrad, Matrix inputs, Matrix outputs, Matrix target, boolean add) {
        String kernel = "kNeuronGrad_" + kernelName(neuron.type());
        Matrix acts = readByGradient(neuron.type(), actsGrad, inputs, outputs);
        if (acts == null) {
            throw new IllegalArgumentException("the gradient of " + neuron.type().configName() + " needs its "
                    + (neuron.type().usesInputs() ? "inputs" : "outputs"));
        }
        Shapes.requireSame(actsGrad, target);
        Shapes.requireSame(acts, target);
        ElementLayout layout = ElementLayout.of(target, actsGrad, acts);
        if (!layout.isEmpty()) {
            kernels.launch(MODULE, kernel, layout.geometry(), actsGrad, acts, target, layout.height(), layout.width(),
                    layout.rowStep(actsGrad), layout.colStep(actsGrad), layout.rowStep(acts), layout.colStep(acts), layout.targetStep(),
                    neuron.a(), neuron.b(), add);
        }
    }

    private Matrix readByGradient(Neuron.Type type, Matrix actsGrad, Matrix inputs, Matrix outputs) {
        return switch (type) {
            case IDENT, LINEAR -> actsGrad;
            case ABS, SQUARE, DRELU -> inputs;
            case SOFTRELU -> defects.contains(Defect.SOFTRELU_GRADIENT_FROM_OUTPUT) ? outputs : inputs;
            case LOGISTIC, RELU, NRELU, SQRT, TANH, BRELU -> outputs;
        };
    }

    private static String kernelName(Neuron.Type type) {
        return switch (type) {
            case IDENT -> "Ident";
            case LOGISTIC -> "Logistic";
            case ABS -> "Abs";
            case RELU, NRELU -> "Relu";
            case SOFTRELU -> "SoftRelu";
            case SQUARE -> "Square";
            case SQRT -> "Sqrt";
            case TANH -> "Tanh";
            case BRELU -> "BRelu";
            case LINEAR -> "Linear";
            case DRELU -> "DRelu";
        };
    }
}
