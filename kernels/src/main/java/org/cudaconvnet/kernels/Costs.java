package org.cudaconvnet.kernels;

/**
 * Kernels of the softmax, the logistic regression cost and the element-wise maximum (spec: kernels-layer-and-matrix.md section 1).
 * Gradients point uphill. Labels are 1 x cases, truncated toward zero; class matrices are given as (classes x cases) row-major or as the
 * soft-transposed (cases x classes) column-major view: the same memory.
 */
public interface Costs {
    /** labelLogProbs and correctProbs are 1 x cases. correctProbs = 1 / (number of classes at the maximum) if the label is one of them, else 0. */
    void logregCost(Matrix labels, Matrix probs, Matrix labelLogProbs, Matrix correctProbs);

    /** target = coeff * (label == class) / prob, or added to the target. */
    void logregGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff);

    /** Softmax in the order of the original's layer code: max over classes, subtract, exp, sequential sum, divide. */
    void softmax(Matrix inputs, Matrix target);

    void softmaxGrad(Matrix acts, Matrix actsGrad, Matrix target, boolean add);

    /** target = coeff * ((label == class) - prob), or added to the target: softmax and cost gradients in one. */
    void logregSoftmaxGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff);

    /** target = actGrad * (output == input), or added to the target. */
    void eltwiseMaxGrad(Matrix actGrad, Matrix input, Matrix output, Matrix target, boolean add);
}
