package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.UnaryOperator;

/** Operators, neurons and neuron gradients over contiguous elements; every implementation gives the same bits. */
interface ElementLoops {
    void apply(UnaryOperator operator, float[] a, int aStart, float[] target, int targetStart, int length);

    void apply(BinaryOperator operator, float[] a, int aStart, float[] b, int bStart, float[] target, int targetStart, int length);

    void activate(Neuron neuron, float[] inputs, int inputsStart, float[] outputs, int outputsStart, int length);

    /**
     * The gradient is the product of two factors: {@code target = rn(left * right)}, or {@code fma(left, right, target)} if {@code add}.
     *
     * @param acts what the gradient reads: the neuron's input or its output
     */
    void inputGrad(Neuron neuron, float[] actsGrad, int actsGradStart, float[] acts, int actsStart,
                   float[] target, int targetStart, int length, boolean add);

    /** The fastest implementation that this JVM can run. */
    static ElementLoops preferred() {
        return VectorSupport.available() ? new VectorElementLoops() : new ScalarElementLoops();
    }
}
