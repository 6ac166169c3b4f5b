package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * Cross-entropy of probabilities with a distribution over the classes, and number of errors; inputs: distributions, probabilities. Its
 * activations are the negated costs of the cases (spec: layers.md section 12). Above a softmax the original aborts, as it leaves the
 * gradient to a softmax that does not form it; here the softmax does in every era.
 */
final class CrossEntCostLayer extends SoftmaxCostLayer {
    CrossEntCostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    @Override
    double[] computeCosts() {
        Matrix logProbs = resizeActs(1, cases());
        Matrix correct = correctProbs(cases());
        backend().distributionCosts().crossEntCost(input(0), input(1), logProbs, correct);
        float numCorrect = total(correct);
        return new double[] {-total(logProbs), cases() - numCorrect};
    }

    @Override
    void predictionsGrad(Matrix target, float scaleTargets) {
        backend().distributionCosts().crossEntGrad(input(0), input(1), target, scaleTargets > 0, coeff());
    }

    @Override
    void softmaxGrad(Matrix probs, Matrix target, boolean add) {
        backend().distributionCosts().crossEntSoftmaxGrad(input(0), probs, target, add, coeff());
    }
}
