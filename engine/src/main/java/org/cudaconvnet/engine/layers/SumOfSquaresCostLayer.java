package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;

/**
 * Sum of squares of its input (spec: layers.md section 11). Its activations are the squares, whose order of addition is that of the
 * original's total sum.
 */
final class SumOfSquaresCostLayer extends CostLayer {
    SumOfSquaresCostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    @Override
    double[] computeCosts() {
        Matrix x = input(0);
        Matrix squares = resizeActs(x.rows(), x.cols());
        backend().elementwise().apply(UnaryOperator.of(UnaryOperator.Kind.SQUARE), x, squares);
        return new double[] {total(squares)};
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
