package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;

/**
 * Sum of squares times the gate of their case; inputs: gates (1 x cases), x. Its activations are the products (x * x) * gate. Gradients:
 * -coeff times the sum of the case's squares over the rows for the gate, {@code fma(scaleTargets, target, (-2 coeff) * (x * gate))} for x
 * (spec: layers.md section 12).
 */
final class GatedSumOfSquaresCostLayer extends CostLayer {
    private static final BinaryOperator MULTIPLY = BinaryOperator.of(BinaryOperator.Kind.MULTIPLY);

    private final ReusedMatrix squares;
    private final ReusedMatrix gated;

    GatedSumOfSquaresCostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        squares = new ReusedMatrix(backend);
        gated = new ReusedMatrix(backend);
    }

    @Override
    double[] computeCosts() {
        Matrix x = input(1);
        Matrix squared = squares.resize(x.rows(), x.cols());
        backend().elementwise().apply(UnaryOperator.of(UnaryOperator.Kind.SQUARE), x, squared);
        Matrix products = resizeActs(x.rows(), x.cols());
        backend().elementwise().applyVector(MULTIPLY, squared, input(0), products);
        return new double[] {total(products)};
    }

    @Override
    double preciseCost() {
        return preciseSum(acts());
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        Matrix target = inputGrad(i);
        if (i == 0) {
            backend().reductions().addSum(squares.matrix(), 0, target, scaleTargets, -coeff());
        } else {
            Matrix products = gated.resize(target.rows(), target.cols());
            backend().elementwise().applyVector(MULTIPLY, input(1), input(0), products);
            backend().elementwise().apply(BinaryOperator.weightedAdd(scaleTargets, -2 * coeff()), target, products, target);
        }
    }

    @Override
    public void close() {
        super.close();
        squares.close();
        gated.close();
    }
}
