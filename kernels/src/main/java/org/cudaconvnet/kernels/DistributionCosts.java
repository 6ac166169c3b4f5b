package org.cudaconvnet.kernels;

/**
 * Costs of predictions against a matrix of labels, one for every class and case (spec: layers.md section 12; the kernels of 2012 are not
 * released, so the order of arithmetic is this project's own). Gradients point uphill.
 *
 * <p>All matrices are given as (classes x cases) row-major or as the soft-transposed (cases x classes) column-major view: the same
 * memory. Division and logarithm are IEEE division and {@link PortableMath#log}. {@code safelog(x) = x <= 0 ? -50 : log(x)}, so that a
 * NaN shows, unlike in 2012. Gradients replace the target, or are added to it if {@code add}; but for {@link #crossEntSoftmaxGrad} the
 * target may be an operand. Wrong shapes throw {@link IllegalArgumentException}.
 */
public interface DistributionCosts {
    /**
     * Per case {@code acc = fma(label, safelog(prob), acc)} from +0, classes ascending.
     *
     * @param labelLogProbs 1 x cases, written
     * @param correctProbs  1 x cases, written: 1 / (number of classes at the maximum) if one of them has a label above 0, else 0
     */
    void crossEntCost(Matrix labels, Matrix probs, Matrix labelLogProbs, Matrix correctProbs);

    /** {@code r = label / prob}: coeff * r, or fma(coeff, r, target). */
    void crossEntGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff);

    /**
     * Gradients of softmax and {@link #crossEntCost} in one: {@code acc = fma(label_k, (k == class) - prob, acc)} from +0, k ascending;
     * acc * coeff, or fma(acc, coeff, target).
     */
    void crossEntSoftmaxGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff);

    /** target = fma(label, safelog(prob), (1 - label) * safelog(1 - prob)), every step rounded. */
    void crossEnt2Cost(Matrix labels, Matrix probs, Matrix target);

    /**
     * {@code d = label / prob - (1 - label) / (1 - prob)}, every step rounded: coeff * d, or fma(coeff, d, target). With
     * {@link Defect#CROSS_ENTROPY_GRADIENT_ADDS} the quotients are added.
     */
    void crossEnt2Grad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff);

    /** Gradients of logistic neuron and {@link #crossEnt2Cost} in one: {@code v = fma(-coeff, prob, coeff * label)}, or target + v. */
    void crossEnt2LogisticGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff);

    /** target = log(fma(d, d, 1)) with d = act - label. */
    void rflickrCost(Matrix labels, Matrix acts, Matrix target);

    /** {@code r = 2 d / fma(d, d, 1)} with d = act - label: -coeff * r, or fma(-coeff, r, target). */
    void rflickrGrad(Matrix labels, Matrix acts, Matrix target, boolean add, float coeff);
}
