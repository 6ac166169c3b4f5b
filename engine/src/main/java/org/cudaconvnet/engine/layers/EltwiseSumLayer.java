package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;

/** Sum of the inputs, each times its coefficient. */
final class EltwiseSumLayer extends Layer {
    EltwiseSumLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    private float coeff(int i) {
        return dict().floatList("coeffs").get(i);
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        backend().elementwise().apply(BinaryOperator.weightedAdd(scaleTargets, coeff(i)), acts(), input(i), acts());
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        Matrix target = inputGrad(i);
        backend().elementwise().apply(BinaryOperator.weightedAdd(scaleTargets, coeff(i)), target, v, target);
    }
}
