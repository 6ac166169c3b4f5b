package org.cudaconvnet.kernels;

/** The update rule of 2012 (spec: weight-update.md sections 2 and 4, kernels-layer-and-matrix.md section 2). */
public interface WeightUpdates {
    /**
     * One step, all matrices of one shape: if gradient is not null, inc = fma(momentum, inc, rn(rate * gradient)) (plain add if both factors are
     * 1; rn(rate * gradient) alone if momentum is 0); if decay is not 0, inc = rn(inc + rn(decay * weights)); weights = rn(weights + inc).
     *
     * @param gradient null if inc already holds momentum and gradient
     * @param rate     factor of the gradient; the engine of July 2012 has it in the gradient and passes 1
     * @param decay    the host product -wc * eps in binary32; 0 for none
     */
    void update(Matrix weights, Matrix inc, Matrix gradient, float momentum, float rate, float decay);

    /**
     * Turns sums of squares into the factors that bring lengths within limits, in place: d = sqrt(s) / divisor (both IEEE); s = min / d if
     * d < min, max / d if d > max, else 1. Nothing scales a length of 0 or one that is not a number: their factor is 1.
     *
     * @param sumsOfSquares contiguous
     */
    void lengthFactors(Matrix sumsOfSquares, float divisor, float min, float max);
}
