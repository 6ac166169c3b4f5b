package org.cudaconvnet.kernels;

/** Non-linearities and their gradients (spec: neurons.md; kernels-layer-and-matrix.md section 2). All matrices have one shape and storage order. */
public interface Neurons {
    /** outputs = f(inputs); outputs may be the same view as inputs. Not for nrelu, see {@link RandomStreams#noisyRelu}. */
    void activate(Neuron neuron, Matrix inputs, Matrix outputs);

    /**
     * target = actsGrad * f'(...), or added to the target if {@code add} (the last product fuses with the addition,
     * except for soft-ReLU, where it is rounded first).
     * target may be the same view as actsGrad unless {@code add}.
     *
     * @param inputs  input of the neuron, null if {@link Neuron.Type#usesInputs()} is false
     * @param outputs output of the neuron, null if {@link Neuron.Type#usesActs()} is false
     */
    void inputGrad(Neuron neuron, Matrix actsGrad, Matrix inputs, Matrix outputs, Matrix target, boolean add);
}
