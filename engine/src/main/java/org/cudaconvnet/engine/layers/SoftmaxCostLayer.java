package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * A cost of probabilities, whose gradient a softmax below it, of which it is the only consumer, forms together with its own. Its
 * activations are the negated costs of the cases.
 */
abstract class SoftmaxCostLayer extends LabelCostLayer {
    private final ReusedMatrix correctProbs;

    SoftmaxCostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        correctProbs = new ReusedMatrix(backend);
    }

    /** Gradient of this cost with respect to the softmax' input, replacing {@code target} or added to it. */
    abstract void softmaxGrad(Matrix probs, Matrix target, boolean add);

    /** Where the probability that each case is classified right is written. */
    final Matrix correctProbs(int cases) {
        return correctProbs.resize(1, cases);
    }

    @Override
    final double preciseCost() {
        return -preciseSum(acts());
    }

    @Override
    final boolean isFormedBelow() {
        return prev().get(1) instanceof SoftmaxLayer softmax && softmax.formsCostGradient();
    }

    @Override
    public void close() {
        super.close();
        correctProbs.close();
    }
}
