package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * Cross-entropy of every unit as a probability of its own; inputs: labels, probabilities. Its activations are the negated costs of the
 * elements. A logistic neuron below, of which it is the only consumer, forms both gradients in one step (spec: layers.md sections 3, 12).
 */
final class CrossEnt2CostLayer extends LabelCostLayer {
    CrossEnt2CostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    @Override
    double[] computeCosts() {
        Matrix target = resizeActs(input(1).rows(), cases());
        backend().distributionCosts().crossEnt2Cost(input(0), input(1), target);
        return new double[] {-total(target)};
    }

    @Override
    double preciseCost() {
        return -preciseSum(acts());
    }

    @Override
    boolean isFormedBelow() {
        return prev().get(1) instanceof NeuronLayer neuron && neuron.formsCostGradient();
    }

    @Override
    void predictionsGrad(Matrix target, float scaleTargets) {
        backend().distributionCosts().crossEnt2Grad(input(0), input(1), target, scaleTargets > 0, coeff());
    }

    /** Gradient with respect to the input of the logistic neuron below. */
    void logisticGrad(Matrix probs, Matrix target, boolean add) {
        backend().distributionCosts().crossEnt2LogisticGrad(input(0), probs, target, add, coeff());
    }
}
