package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Reductions.Aggregation;

/**
 * Negative log-probability of the label and number of errors; inputs: labels, probabilities. Its activations are the labels'
 * log-probabilities (spec: layers.md section 10).
 */
final class LogregCostLayer extends CostLayer {
    private final ReusedMatrix correctProbs;

    LogregCostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        correctProbs = new ReusedMatrix(backend);
    }

    @Override
    double[] computeCosts() {
        return computeCosts(input(1));
    }

    /** The costs of other probabilities with the current labels, as multi-view testing needs them. */
    double[] computeCosts(Matrix probs) {
        Matrix logProbs = resizeActs(1, probs.cols());
        Matrix correct = correctProbs.resize(1, probs.cols());
        backend().costs().logregCost(input(0), probs, logProbs, correct);
        float logProbability = backend().reductions().total(Aggregation.SUM, logProbs);
        float numCorrect = backend().reductions().total(Aggregation.SUM, correct);
        return new double[] {-logProbability, probs.cols() - numCorrect};
    }

    @Override
    double preciseCost() {
        double sum = 0;
        for (float logProb : download(acts())) {
            sum -= logProb;
        }
        return sum;
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        boolean formedBySoftmax = prev().get(1) instanceof SoftmaxLayer softmax && softmax.formsCostGradient();
        if (i == 1 && !formedBySoftmax) {
            backend().costs().logregGrad(input(0), input(1), inputGrad(1), scaleTargets > 0, coeff());
        }
    }

    @Override
    public void close() {
        super.close();
        correctProbs.close();
    }
}
