package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * Softmax; where a {@link SoftmaxCostLayer} on the same logical device is its only consumer both gradients are formed in one step (spec:
 * layers.md section 9).
 */
final class SoftmaxLayer extends Layer {
    SoftmaxLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        backend().costs().softmax(input(i), acts());
    }

    boolean formsCostGradient() {
        return next().size() == 1 && next().get(0) instanceof SoftmaxCostLayer cost && cost.gpu() == gpu();
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        if (formsCostGradient()) {
            ((SoftmaxCostLayer) next().get(0)).softmaxGrad(acts(), inputGrad(i), scaleTargets > 0);
        } else {
            backend().costs().softmaxGrad(acts(), v, inputGrad(i), scaleTargets > 0);
        }
    }
}
