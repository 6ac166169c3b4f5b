package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * Robust distance: log(1 + (y - t)^2) of every element; inputs: labels t, predictions y. Its activations are the elements' costs
 * (spec: layers.md section 12).
 */
final class RflickrCostLayer extends CostLayer {
    RflickrCostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    @Override
    double[] computeCosts() {
        Matrix target = resizeActs(input(1).rows(), cases());
        backend().distributionCosts().rflickrCost(input(0), input(1), target);
        return new double[] {total(target)};
    }

    @Override
    double preciseCost() {
        return preciseSum(acts());
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        if (i == 1) {
            backend().distributionCosts().rflickrGrad(input(0), input(1), inputGrad(1), scaleTargets > 0, coeff());
        }
    }
}
