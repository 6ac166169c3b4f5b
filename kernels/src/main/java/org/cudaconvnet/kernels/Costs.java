package org.cudaconvnet.kernels;

/**
 * Kernels of the softmax, the logistic regression cost and the element-wise maximum (spec: kernels-layer-and-matrix.md section 1).
 * Gradients point uphill. Labels are 1 x cases, truncated toward zero; class matrices are given as (classes x cases) row-major or as the
 * soft-transposed (cases x classes) column-major view: the same memory.
 *
 * <p>A label that is no class is no error here, because a device would have to be waited for to look at it: its log-probability is NaN
 * and it is not predicted.
 */
public interface Costs {
    /** labelLogProbs and correctProbs are 1 x cases. correctProbs = 1 / (number of classes at the maximum) if the label is one of them, else 0. */
    void logregCost(Matrix labels, Matrix probs, Matrix labelLogProbs, Matrix correctProbs);

    /**
     * As {@link #logregCost} of {@code probs}, but whether a label is right is decided by {@code ranked} (spec: layers.md section 10).
     * With b classes above the label's value and e equal to it, itself included, {@code left = k - b}: topProbs is 0 if left is not
     * positive, 1 if e is at most left, else left / e. correctProbs is 1 / e if b is 0, else 0. A NaN is never right.
     *
     * @param ranked   may be probs
     * @param topProbs 1 x cases
     * @param k        at least 1; with 1 topProbs equals correctProbs
     */
    void logregTopkCost(Matrix labels, Matrix probs, Matrix ranked, Matrix labelLogProbs, Matrix correctProbs, Matrix topProbs, int k);

    /** target = coeff * (label == class) / prob, or added to the target. */
    void logregGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff);

    /** Softmax in the order of the original's layer code: max over classes, subtract, exp, sequential sum, divide. */
    void softmax(Matrix inputs, Matrix target);

    void softmaxGrad(Matrix acts, Matrix actsGrad, Matrix target, boolean add);

    /** target = coeff * ((label == class) - prob), or added to the target: softmax and cost gradients in one. */
    void logregSoftmaxGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff);

    /** target = actGrad * (output == input), or added to the target. */
    void eltwiseMaxGrad(Matrix actGrad, Matrix input, Matrix output, Matrix target, boolean add);

    /** Both accepted forms, (classes x cases) row-major and (cases x classes) column-major, are this view. */
    static Matrix classByCase(Matrix matrix) {
        return matrix.isTransposed() ? matrix.transposedView() : matrix;
    }

    /** As {@link #classByCase(Matrix)}, of the shape {@code expected}. */
    static Matrix classByCase(Matrix matrix, Matrix expected) {
        Matrix view = classByCase(matrix);
        Shapes.requireSame(view, expected);
        return view;
    }
}
