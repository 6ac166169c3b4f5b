package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;

/**
 * Dropout as of 2012 (spec: layers.md section 13). In training a new mask of ones (with probability keep) and zeros multiplies the input,
 * and in the backward pass the gradient. In other passes, or if not enabled, both are multiplied by keep.
 */
final class HiddenSexLayer extends Layer implements RandomLayer {
    private final float keep;
    private final boolean enable;
    private final ReusedMatrix mask;
    private final ReusedMatrix masked;
    private LayerStreams streams;
    private boolean drops;

    HiddenSexLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        keep = dict.floatValue("keep");
        enable = dict.booleanValue("enable");
        mask = new ReusedMatrix(backend);
        masked = new ReusedMatrix(backend);
    }

    @Override
    public void drawFrom(LayerStreams layerStreams) {
        streams = layerStreams;
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        drops = enable && passType() == PassType.TRAIN;
        if (drops) {
            streams.open().randomizeBinary(keep, mask.resize(outputs(), cases()));
            backend().elementwise().apply(BinaryOperator.of(BinaryOperator.Kind.MULTIPLY), input(i), mask.matrix(), acts());
        } else {
            backend().elementwise().apply(UnaryOperator.of(UnaryOperator.Kind.SCALE, keep), input(i), acts());
        }
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        Matrix target = inputGrad(i);
        if (!drops) {
            backend().elementwise().apply(BinaryOperator.weightedAdd(scaleTargets, keep), target, v, target);
        } else if (scaleTargets == 0) {
            backend().elementwise().apply(BinaryOperator.of(BinaryOperator.Kind.MULTIPLY), v, mask.matrix(), target);
        } else {
            Matrix product = masked.resize(outputs(), cases());
            backend().elementwise().apply(BinaryOperator.of(BinaryOperator.Kind.MULTIPLY), v, mask.matrix(), product);
            backend().elementwise().apply(BinaryOperator.weightedAdd(scaleTargets, 1), target, product, target);
        }
    }

    @Override
    public void close() {
        super.close();
        mask.close();
        masked.close();
    }
}
