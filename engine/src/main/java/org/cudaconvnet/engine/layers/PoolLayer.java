package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Pooling.Pooler;

/** Max or average pooling (spec: layers.md section 5). */
final class PoolLayer extends Layer {
    private final Pooler pooler;
    private final int channels;
    private final int sizeX;
    private final int start;
    private final int stride;
    private final int outputsX;
    private final int imgSize;

    PoolLayer(LayerDict dict, Backend backend, Pooler pooler) {
        super(dict, backend);
        this.pooler = pooler;
        channels = dict.intValue("channels");
        sizeX = dict.intValue("sizeX");
        start = dict.intValue("start");
        stride = dict.intValue("stride");
        outputsX = dict.intValue("outputsX");
        imgSize = dict.intValue("imgSize");
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        backend().pooling().localPool(input(i), acts(), channels, sizeX, start, stride, outputsX, pooler);
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        if (pooler == Pooler.AVG) {
            backend().pooling().localAvgUndo(v, inputGrad(i), sizeX, start, stride, outputsX, imgSize, scaleTargets, 1);
        } else {
            backend().pooling().localMaxUndo(input(i), v, acts(), inputGrad(i), sizeX, start, stride, outputsX, scaleTargets, 1);
        }
    }
}
