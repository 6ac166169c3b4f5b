package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.ImageTransforms;
import org.cudaconvnet.kernels.Matrix;

/** Gaussian blur: a horizontal, then a vertical pass, both ways (spec: layers.md section 6). */
final class GaussianBlurLayer extends Layer {
    private final int channels;
    private final Matrix filter;
    private final ReusedMatrix horizontal;

    GaussianBlurLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        channels = dict.intValue("channels");
        HostMatrix hostFilter = dict.matrix("filter");
        filter = backend.allocate(hostFilter.rows(), hostFilter.cols(), false);
        backend.upload(hostFilter.values(), filter);
        horizontal = new ReusedMatrix(backend);
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        ImageTransforms transforms = backend().imageTransforms();
        transforms.gaussianBlur(input(i), filter, acts(), true, channels, 0, 1);
        transforms.gaussianBlur(acts(), filter, acts(), false, channels, 0, 1);
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        ImageTransforms transforms = backend().imageTransforms();
        Matrix target = inputGrad(i);
        Matrix between = scaleTargets == 0 ? target : horizontal.resize(v.rows(), v.cols());
        transforms.gaussianBlur(v, filter, between, true, channels, 0, 1);
        transforms.gaussianBlur(between, filter, target, false, channels, scaleTargets, 1);
    }

    @Override
    public void close() {
        super.close();
        filter.memory().close();
        horizontal.close();
    }
}
