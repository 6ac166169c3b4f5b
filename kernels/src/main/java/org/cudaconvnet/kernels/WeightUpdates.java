package org.cudaconvnet.kernels;

/** The update rule of the 2012 engine (spec: weight-update.md section 2, kernels-layer-and-matrix.md section 2). */
public interface WeightUpdates {
    /**
     * One step, all matrices of one shape: if gradient is not null, inc = fma(momentum, inc, gradient) (plain add if momentum is 1; gradient
     * alone if it is 0); if decay is not 0, inc = rn(inc + rn(decay * weights)); weights = rn(weights + inc).
     *
     * @param gradient null if inc already holds momentum and gradient
     * @param decay    the host product -wc * eps in binary32; 0 for none
     */
    void update(Matrix weights, Matrix inc, Matrix gradient, float momentum, float decay);
}
