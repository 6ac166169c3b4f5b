package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.UnaryOperator;

/** The element-wise stages of every normalisation (spec: kernels-pool-norm.md sections 4 to 8), over consecutive elements. */
record NormRows(float addScale, float powScale, ElementLoops loops) {

    /** denoms = fma(sum, addScale, minDiv); target = image * denoms^-powScale. {@code sums} is used up. */
    void normalize(float[] sums, float minDiv, float[] images, int image, float[] denoms, int denom, float[] target, int to, int n) {
        ImageRows.FASTEST.affine(sums, 0, addScale, minDiv, denoms, denom, n);
        loops.apply(UnaryOperator.of(UnaryOperator.Kind.POW, -powScale), denoms, denom, sums, 0, n);
        ImageRows.FASTEST.multiply(images, image, sums, 0, target, to, n);
    }

    /** acts = (k * outGrad) * act / denom with k = (-2 * addScale) * powScale. */
    void undoPrelims(float[] outGrads, int grad, float[] denoms, int denom, float[] acts, int act, int n) {
        ImageRows.FASTEST.normUndoPrelims(-2 * addScale * powScale, outGrads, grad, denoms, denom, acts, act, n);
    }

    /** sums = fma(input, sum, outGrad * denom^-powScale); {@code powers} is working space. */
    void undo(float[] sums, float[] powers, float[] inputs, int input, float[] outGrads, int grad, float[] denoms, int denom, int n) {
        loops.apply(UnaryOperator.of(UnaryOperator.Kind.POW, -powScale), denoms, denom, powers, 0, n);
        ImageRows.FASTEST.normUndoCombine(inputs, input, outGrads, grad, powers, 0, sums, 0, n);
    }
}
