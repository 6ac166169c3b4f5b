package org.cudaconvnet.kernels.cpu;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.Neurons;
import org.cudaconvnet.kernels.Shapes;

/** Neurons; the functions themselves are defined in {@link ScalarElementLoops}. */
final class CpuNeurons implements Neurons {
    private final Spans spans;
    private final ElementLoops loops;
    private final Set<Defect> defects;

    CpuNeurons(CpuThreads threads, ElementLoops loops, Set<Defect> defects) {
        this.spans = new Spans(threads);
        this.loops = loops;
        this.defects = defects;
    }

    @Override
    public void activate(Neuron neuron, Matrix inputs, Matrix outputs) {
        neuron.requireNoNoise();
        Shapes.requireSame(inputs, outputs);
        spans.unary(inputs, outputs, (x, i, y, j, n) -> loops.activate(neuron, x, i, y, j, n));
    }

    @Override
    public void inputGrad(Neuron neuron, Matrix actsGrad, Matrix inputs, Matrix outputs, Matrix target, boolean add) {
        Matrix acts = readByGradient(neuron.type(), actsGrad, inputs, outputs);
        if (acts == null) {
            throw new IllegalArgumentException("the gradient of " + neuron.type().configName() + " needs its "
                    + (neuron.type().usesInputs() ? "inputs" : "outputs"));
        }
        Shapes.requireSame(actsGrad, target);
        Shapes.requireSame(acts, target);
        spans.binary(actsGrad, acts, target, (g, i, z, k, t, j, n) -> loops.inputGrad(neuron, g, i, z, k, t, j, n, add));
    }

    private Matrix readByGradient(Neuron.Type type, Matrix actsGrad, Matrix inputs, Matrix outputs) {
        return switch (type) {
            case IDENT, LINEAR -> actsGrad;
            case ABS, SQUARE, DRELU -> inputs;
            case SOFTRELU -> defects.contains(Defect.SOFTRELU_GRADIENT_FROM_OUTPUT) ? outputs : inputs;
            case LOGISTIC, RELU, NRELU, SQRT, TANH, BRELU -> outputs;
        };
    }
}
