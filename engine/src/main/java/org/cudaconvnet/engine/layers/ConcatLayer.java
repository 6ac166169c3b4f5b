package org.cudaconvnet.engine.layers;

import java.util.List;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;

/** Inputs stacked by rows; each receives its rows of the gradient (spec: layers.md section 6). */
final class ConcatLayer extends Layer {
    private final List<Integer> copyOffsets;

    ConcatLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        copyOffsets = dict.intList("copyOffsets");
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        backend().elementwise().copy(input(i), rowsOf(i, acts()));
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        Matrix target = inputGrad(i);
        backend().elementwise().apply(BinaryOperator.weightedAdd(scaleTargets, 1), target, rowsOf(i, v), target);
    }

    private Matrix rowsOf(int i, Matrix all) {
        return all.rowRange(copyOffsets.get(i), copyOffsets.get(i) + prev().get(i).outputs());
    }
}
