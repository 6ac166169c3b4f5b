package org.cudaconvnet.kernels;

/**
 * Local pooling over square windows (spec: kernels-pool-norm.md sections 1 to 3). All matrices are (filter, y, x) x image,
 * row-major and contiguous, of square images; start, stride and size are those of both axes.
 *
 * <p>The window of output (oy, ox) covers rows {@code startX + oy * strideX} and the {@code subsX - 1} after it, clipped to the
 * image, and columns alike; {@code startX} may be negative. No operation has conditions on the number of filters or images.
 * Wrong shapes or arguments throw {@link IllegalArgumentException} before anything is written.
 */
public interface Pooling {
    /**
     * What is kept of a window, whose pixels {@code v} are visited rows then columns ascending:
     * <ul>
     * <li>MAX: acc from -2e38 (bits 0xFF167699), {@code max.f32}: NaN is ignored, +0 is greater than -0. A window of nothing but
     *     NaN or smaller values gives the start value.
     * <li>AVG: acc from +0, {@code acc + v}, at last divided (IEEE) by the area of the clipped window; NaN for an empty one.
     * <li>MAX_ABS: acc from +0, kept if {@code |acc| > |v|}, else {@code v} (ties and NaN take the later one).
     * </ul>
     */
    enum Pooler { MAX, AVG, MAX_ABS }

    /**
     * Pools every window.
     *
     * @param images    numFilters * imgSize^2 x numImages
     * @param target    numFilters * outputsX^2 x numImages, overwritten
     * @param subsX     side of the windows, at least 1
     * @param startX    coordinate of the first window
     * @param strideX   distance between windows, at least 1
     * @param outputsX  number of windows along each axis
     */
    void localPool(Matrix images, Matrix target, int numFilters, int subsX, int startX, int strideX, int outputsX, Pooler pooler);

    /**
     * Keeps one pixel of every window, chosen with a probability proportional to its value where that is positive. The original's kernel
     * is not released; this definition is the project's own. Over the positive pixels, rows then columns ascending, {@code sum = sum + v}
     * from +0; kept is the first at which the running sum is at least {@code u * sum}, rounded. Without a positive pixel it is what
     * MAX keeps. {@link #localMaxUndo} is its gradient.
     *
     * @param uniforms random numbers u in (0, 1], as target
     * @see #localPool
     */
    void localRandomPool(Matrix images, Matrix uniforms, Matrix target, int numFilters, int subsX, int startX, int strideX, int outputsX);

    /**
     * Gradient of max pooling: for every pixel an fma chain {@code acc = fma(maxGrad, img == maxAct ? 1 : 0, acc)} from +0 over the
     * windows that cover it, rows then columns ascending. All tied pixels receive the full gradient; an infinite or NaN gradient
     * reaches every pixel of its window (0 * Inf). A pixel in no window gets +0.
     *
     * <p>Stores acc if (scaleTargets, scaleOutput) = (0, 1), without reading the target; for any other scales
     * {@code fma(target, scaleTargets, scaleOutput * acc)} with that product rounded.
     *
     * @param images   numFilters * imgSize^2 x numImages, as pooled; numFilters follows from maxGrads
     * @param maxGrads numFilters * outputsX^2 x numImages
     * @param maxActs  result of pooling, as maxGrads
     * @param target   as images
     * @param strideX  1 to subsX
     */
    void localMaxUndo(Matrix images, Matrix maxGrads, Matrix maxActs, Matrix target, int subsX, int startX, int strideX,
                      int outputsX, float scaleTargets, float scaleOutput);

    /**
     * Gradient of average pooling: {@code acc = fma(1 / area, avgGrad, acc)} with the correctly rounded reciprocal of the clipped
     * area, over the windows that cover the pixel. Order, scales and store as {@link #localMaxUndo}.
     *
     * @param avgGrads numFilters * outputsX^2 x numImages
     * @param target   numFilters * imgSize^2 x numImages
     */
    void localAvgUndo(Matrix avgGrads, Matrix target, int subsX, int startX, int strideX, int outputsX, int imgSize,
                      float scaleTargets, float scaleOutput);
}
