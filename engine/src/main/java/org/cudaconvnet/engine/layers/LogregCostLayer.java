package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * Negative log-probability of the label, number of errors and, if topk is above 1, number of labels that are not among the topk most
 * probable classes (for topk 1 that is the second value again, which only {@link Quirk#ERRORS_REPORTED_TWICE} reports); inputs: labels,
 * probabilities. Its activations are the labels' log-probabilities (spec: layers.md section 10).
 */
final class LogregCostLayer extends SoftmaxCostLayer {
    private final ReusedMatrix topProbs;
    private final int topk;
    private final boolean repeatsErrors;

    LogregCostLayer(LayerDict dict, Backend backend, Compatibility compatibility) {
        super(dict, backend);
        topProbs = new ReusedMatrix(backend);
        topk = dict.has("topk") ? dict.intValue("topk") : 1;
        repeatsErrors = compatibility.reproduces(Quirk.ERRORS_REPORTED_TWICE);
    }

    @Override
    boolean labelsAreClasses() {
        return true;
    }

    @Override
    double[] computeCosts() {
        return computeCosts(input(1));
    }

    /** The costs of other probabilities with the current labels, as multi-view testing needs them. */
    double[] computeCosts(Matrix probs) {
        Matrix logProbs = resizeActs(1, probs.cols());
        Matrix correct = correctProbs(probs.cols());
        if (topk == 1) {
            backend().costs().logregCost(input(0), probs, logProbs, correct);
            double logProb = -labelLogProbs(logProbs, probs);
            double errors = probs.cols() - total(correct);
            return repeatsErrors ? new double[] {logProb, errors, errors} : new double[] {logProb, errors};
        }
        Matrix top = topProbs.resize(1, probs.cols());
        backend().costs().logregTopkCost(input(0), probs, probs, logProbs, correct, top, topk);
        return new double[] {-labelLogProbs(logProbs, probs), probs.cols() - total(correct), probs.cols() - total(top)};
    }

    /**
     * Their sum. Labels that another layer made, or that came past the check of the batches, are looked at only if it is NaN.
     *
     * @throws InputException if a label is no class
     */
    private float labelLogProbs(Matrix logProbs, Matrix probs) {
        float sum = total(logProbs);
        if (Float.isNaN(sum)) {
            float[] labels = download(input(0));
            for (int i = 0; i < labels.length; i++) {
                if (!(labels[i] > -1 && labels[i] < probs.rows())) {
                    throw new InputException("layer " + name() + ": label " + labels[i] + " of case " + i + ", expected a class from 0 to "
                            + (probs.rows() - 1));
                }
            }
        }
        return sum;
    }

    @Override
    void predictionsGrad(Matrix target, float scaleTargets) {
        backend().costs().logregGrad(input(0), input(1), target, scaleTargets > 0, coeff());
    }

    @Override
    void softmaxGrad(Matrix probs, Matrix target, boolean add) {
        backend().costs().logregSoftmaxGrad(input(0), probs, target, add, coeff());
    }

    @Override
    public void close() {
        super.close();
        topProbs.close();
    }
}
