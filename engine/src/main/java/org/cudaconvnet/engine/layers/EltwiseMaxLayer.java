package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;

/** Maximum of two or more inputs; every input equal to the maximum receives the full gradient (spec: layers.md section 4). */
final class EltwiseMaxLayer extends Layer {
    private static final BinaryOperator MAX = BinaryOperator.of(BinaryOperator.Kind.MAX);

    EltwiseMaxLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    /** The first input has no step of its own: the second one compares both, itself as the first operand. */
    @Override
    void fpropActs(int i, float scaleTargets) {
        if (i == 1) {
            backend().elementwise().apply(MAX, input(1), input(0), acts());
        } else if (i > 1) {
            backend().elementwise().apply(MAX, acts(), input(i), acts());
        }
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        backend().costs().eltwiseMaxGrad(v, input(i), acts(), inputGrad(i), scaleTargets > 0);
    }
}
