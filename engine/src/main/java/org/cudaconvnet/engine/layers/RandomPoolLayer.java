package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * Pooling that keeps a pixel at random, by the definition of {@link org.cudaconvnet.kernels.Pooling#localRandomPool}; it draws one number
 * per output in every forward pass, of tests too (spec: layers.md section 5, random.md section 1). The gradient goes to all pixels of the
 * window that equal the kept one.
 */
final class RandomPoolLayer extends Layer implements RandomLayer {
    private final int channels;
    private final int sizeX;
    private final int start;
    private final int stride;
    private final int outputsX;
    private final ReusedMatrix uniforms;
    private LayerStreams streams;

    RandomPoolLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        channels = dict.intValue("channels");
        sizeX = dict.intValue("sizeX");
        start = dict.intValue("start");
        stride = dict.intValue("stride");
        outputsX = dict.intValue("outputsX");
        uniforms = new ReusedMatrix(backend);
    }

    @Override
    public void drawFrom(LayerStreams layerStreams) {
        streams = layerStreams;
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        Matrix drawn = uniforms.resize(outputs(), cases());
        streams.open().randomizeUniform(drawn);
        backend().pooling().localRandomPool(input(i), drawn, acts(), channels, sizeX, start, stride, outputsX);
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        backend().pooling().localMaxUndo(input(i), v, acts(), inputGrad(i), sizeX, start, stride, outputsX, scaleTargets, 1);
    }

    @Override
    public void close() {
        super.close();
        uniforms.close();
    }
}
