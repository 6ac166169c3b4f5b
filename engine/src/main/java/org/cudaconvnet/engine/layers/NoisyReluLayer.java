package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Neuron;

/**
 * The neuron nrelu. Noise is drawn in every forward pass, of tests too; the gradient is that of relu, as if the noise did not depend on the
 * input (spec: neurons.md).
 */
final class NoisyReluLayer extends Layer implements RandomLayer {
    private static final Neuron NRELU = new Neuron(Neuron.Type.NRELU, 0, 0);

    private LayerStreams streams;

    NoisyReluLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    @Override
    public void drawFrom(LayerStreams layerStreams) {
        streams = layerStreams;
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        streams.open().noisyRelu(input(i), acts());
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        backend().neurons().inputGrad(NRELU, v, null, acts(), inputGrad(i), scaleTargets > 0);
    }
}
