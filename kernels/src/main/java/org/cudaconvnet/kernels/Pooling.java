package org.cudaconvnet.kernels;

/** Local pooling over square windows (spec: kernels-pool-norm.md sections 1 to 3); images are (filter, y, x) x image, row-major. */
public interface Pooling {
    enum Pooler { MAX, AVG, MAX_ABS }

    /**
     * Pools every window; rows then columns ascending from the pooler's base value (-2e38 for MAX, +0 otherwise). AVG divides by
     * the clipped window area.
     *
     * @param images numFilters * imgSize^2 x numImages
     * @param target numFilters * outputsX^2 x numImages
     */
    void localPool(Matrix images, Matrix target, int numFilters, int subsX, int startX, int strideX, int outputsX, Pooler pooler);

    /**
     * Gradient of max pooling: every pixel equal to its window's maximum receives the full gradient, by an fma chain over the
     * covering windows. Target is not read if and only if (scaleTargets, scaleOutput) = (0, 1).
     */
    void localMaxUndo(Matrix images, Matrix maxGrads, Matrix maxActs, Matrix target, int subsX, int startX, int strideX,
                      int outputsX, float scaleTargets, float scaleOutput);

    /** Gradient of average pooling: fma(1 / area, grad, acc) over the covering windows. Scales as {@link #localMaxUndo}. */
    void localAvgUndo(Matrix avgGrads, Matrix target, int subsX, int startX, int strideX, int outputsX, int imgSize,
                      float scaleTargets, float scaleOutput);
}
