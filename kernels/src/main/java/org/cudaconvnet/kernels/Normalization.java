package org.cudaconvnet.kernels;

/**
 * Response and contrast normalisation, within a map and across maps (spec: kernels-pool-norm.md sections 4 to 9 and 15).
 * Matrices are (filter, y, x) x image, row-major. The 2012 kernels' approximate power and division are portable here
 * ({@link Elementwise}).
 */
public interface Normalization {
    /**
     * denoms = fma(sum of squares of meanDiffs over the window, addScale, minDiv); target = images * denoms^-powScale.
     * Response normalisation passes the images as meanDiffs.
     */
    void contrastNorm(Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target, int numFilters, int sizeX,
                      float addScale, float powScale, float minDiv);

    /** Gradient of {@link #contrastNorm}; {@code acts} (the forward output) is overwritten. inputs are the meanDiffs. */
    void contrastNormUndo(Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, int numFilters, int sizeX,
                          float addScale, float powScale, float scaleTargets, float scaleOutput);

    /** As {@link #contrastNorm} with a window over sizeF neighbouring maps at one pixel, sliding or in disjoint blocks. */
    void contrastNormCrossMap(Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target, int numFilters, int sizeF,
                              float addScale, float powScale, float minDiv, boolean blocked);

    /** Gradient of {@link #contrastNormCrossMap}; {@code acts} (the forward output) is overwritten. */
    void contrastNormCrossMapUndo(Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, int numFilters,
                                  int sizeF, float addScale, float powScale, boolean blocked, float scaleTargets, float scaleOutput);

    /** Topographic ICA: 1 / (0.001 + sqrt(sum of squares over the window)). */
    void tica(Matrix images, Matrix target, int numFilters, int sizeX, float scaleTarget, float scaleOutput);

    void ticaGrad(Matrix images, Matrix ticas, Matrix target, int numFilters, int sizeX, float scaleTarget, float scaleOutput);

    /** Scales each (module, filter) column of local weights down to the given L2 norm where it is exceeded, in place. */
    void normalizeLocalWeights(Matrix weights, int numModules, float norm);
}
