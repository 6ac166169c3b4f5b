package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** Every stride-th pixel (spec: layers.md section 6). */
final class NailbedLayer extends Layer {
    private final int channels;
    private final int imgSize;
    private final int start;
    private final int stride;

    NailbedLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        channels = dict.intValue("channels");
        imgSize = dict.intValue("imgSize");
        start = dict.intValue("start");
        stride = dict.intValue("stride");
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        backend().imageTransforms().bedOfNails(input(i), acts(), channels, imgSize, start, stride, 0, 1);
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        backend().imageTransforms().bedOfNailsUndo(v, inputGrad(i), channels, imgSize, start, stride, scaleTargets, 1);
    }
}
