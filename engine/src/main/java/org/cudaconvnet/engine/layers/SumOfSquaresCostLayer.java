package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;

/** Sum of squares of its input (spec: layers.md section 11). */
final class SumOfSquaresCostLayer extends CostLayer {
    SumOfSquaresCostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    @Override
    double[] computeCosts() {
        return new double[] {backend().reductions().norm2(input(0))};
    }

    @Override
    double preciseCost() {
        double sum = 0;
        for (float value : download(input(0))) {
            sum += (double) value * value;
        }
        return sum;
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        Matrix target = inputGrad(i);
        backend().elementwise().apply(BinaryOperator.weightedAdd(scaleTargets, -2 * coeff()), target, input(i), target);
    }
}
