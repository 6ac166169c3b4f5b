package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * Robust distance: log(1 + (y - t)^2) of every element; inputs: labels t, predictions y. Its activations are the elements' costs
 * (spec: layers.md section 12).
 */
final class RflickrCostLayer extends LabelCostLayer {
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
    void predictionsGrad(Matrix target, float scaleTargets) {
        backend().distributionCosts().rflickrGrad(input(0), input(1), target, scaleTargets > 0, coeff());
    }
}
