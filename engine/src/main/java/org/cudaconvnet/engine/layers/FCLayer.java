package org.cudaconvnet.engine.layers;

import java.util.function.Function;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;

/** Fully connected: Y = sum of X_i W_i + bias, the bias added after the first product (spec: layers.md section 2.1). */
final class FCLayer extends WeightLayer {
    FCLayer(LayerDict dict, Backend backend, Compatibility compatibility, Function<String, WeightLayer> layerAbove) {
        super(dict, backend, compatibility, false, layerAbove);
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        Matrix target = acts().transposedView();
        backend().matrixProduct().addProduct(input(i).transposedView(), weights().get(i).weights(), target, scaleTargets, 1);
        if (scaleTargets == 0) {
            backend().elementwise().applyVector(BinaryOperator.weightedAdd(1, 1), target, biases().weights(), target);
        }
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        backend().matrixProduct().addProduct(v.transposedView(), weights().get(i).weights().transposedView(),
                inputGrad(i).transposedView(), scaleTargets, 1);
    }

    @Override
    void bpropBiases(Matrix v, float scaleTargets, float scale) {
        backend().reductions().addSum(v.transposedView(), 0, biases().grad(), scaleTargets, scale);
    }

    @Override
    void bpropWeightsOf(Weights target, Matrix v, int i, PassType pass) {
        backend().matrixProduct().addProduct(input(i), v.transposedView(), target.gradOrInc(), scaleTargets(target, pass),
                gradScale(target, pass));
    }

    @Override
    float weightStep() {
        return 0.1f;
    }

    @Override
    float biasStep() {
        return 0.01f;
    }
}
