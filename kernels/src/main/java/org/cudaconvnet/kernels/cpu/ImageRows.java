package org.cudaconvnet.kernels.cpu;

/**
 * The inner loops of pooling and normalisation: each works on {@code n} consecutive elements (neighbouring images, never
 * summed with each other) of arrays that start at the index after them. Results have the same bits in every implementation.
 */
interface ImageRows {
    /** Vector instructions where this run may use them, else plain loops. */
    ImageRows FASTEST = VectorSupport.available() ? new VectorImageRows() : new ScalarImageRows();

    /** acc = max.f32(acc, value): a NaN value is ignored, +0 is greater than -0; acc is never NaN. */
    void max(float[] values, int from, float[] acc, int to, int n);

    /** acc = acc if |acc| > |value|, else value. */
    void maxAbs(float[] values, int from, float[] acc, int to, int n);

    /** acc = acc + value. */
    void add(float[] values, int from, float[] acc, int to, int n);

    /** acc = fma(value, value, acc). */
    void addSquares(float[] values, int from, float[] acc, int to, int n);

    /** acc = fma(factor, value, acc). */
    void addScaled(float factor, float[] values, int from, float[] acc, int to, int n);

    /** acc = fma(grad, pixel == maximum ? 1 : 0, acc): the product with 0 is executed, so Inf and NaN reach every pixel. */
    void addWhereEqual(float[] pixels, int pixel, float[] maxima, int maximum, float[] grads, int grad, float[] acc, int to, int n);

    /** target = value / divisor. */
    void divide(float[] values, int from, float divisor, float[] target, int to, int n);

    /** target = factor * value. */
    void scale(float factor, float[] values, int from, float[] target, int to, int n);

    /** target = fma(target, scaleTarget, factor * value). */
    void addToScaled(float scaleTarget, float factor, float[] values, int from, float[] target, int to, int n);

    /** target = fma(value, factor, summand). */
    void affine(float[] values, int from, float factor, float summand, float[] target, int to, int n);

    /** target = a * b. */
    void multiply(float[] a, int fromA, float[] b, int fromB, float[] target, int to, int n);

    /** acts = ((k * grad) * act) / denom. */
    void normUndoPrelims(float k, float[] grads, int grad, float[] denoms, int denom, float[] acts, int act, int n);

    /** acc = fma(input, acc, grad * power). */
    void normUndoCombine(float[] inputs, int input, float[] grads, int grad, float[] powers, int power, float[] acc, int to, int n);
}
