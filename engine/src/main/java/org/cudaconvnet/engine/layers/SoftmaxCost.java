package org.cudaconvnet.engine.layers;

import org.cudaconvnet.kernels.Matrix;

/** A cost whose gradient a softmax below it, of which it is the only consumer, forms together with its own. */
interface SoftmaxCost {
    /** Gradient of this cost with respect to the softmax' input, replacing {@code target} or added to it. */
    void softmaxGrad(Matrix probs, Matrix target, boolean add);
}
