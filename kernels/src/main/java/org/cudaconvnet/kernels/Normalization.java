package org.cudaconvnet.kernels;

/**
 * Response and contrast normalisation, within a map and across maps (spec: kernels-pool-norm.md sections 4 to 9 and 15). All
 * matrices are (filter, y, x) x image, row-major and contiguous, of square images, and all of one operation have one shape.
 *
 * <p>Where the 2012 kernels used approximate instructions, division is IEEE division and power is {@link PortableMath#pow}. Wrong
 * shapes or arguments throw {@link IllegalArgumentException} before anything is written. Operations have no conditions on the
 * number of filters or images.
 */
public interface Normalization {
    /**
     * Normalises by the window of each pixel within its map: rows {@code y - sizeX / 2} (integer division) and the
     * {@code sizeX - 1} after it, clipped to the image, and columns alike.
     *
     * <p>acc = +0; rows then columns ascending {@code acc = fma(d, d, acc)} with d of meanDiffs; {@code denoms = fma(acc, addScale,
     * minDiv)}; {@code target = images * pow(denoms, -powScale)}. Response normalisation passes the images as meanDiffs.
     * addScale is used as given, without division by the size of the window. The 2012 kernels have minDiv 1.
     *
     * @param denoms written: the bracket itself, not its power
     * @param target written; not the same matrix as another argument
     */
    void contrastNorm(Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target, int numFilters, int sizeX,
                      float addScale, float powScale, float minDiv);

    /**
     * Gradient of {@link #contrastNorm}. First, for all elements, {@code acts = ((k * outGrads) * acts) / denoms} with
     * {@code k = (-2 * addScale) * powScale}. Then per pixel, over the windows that contain it (the mirrored window, which begins at
     * {@code y + sizeX / 2 - sizeX + 1}), rows then columns ascending, {@code acc = acc + acts} from +0, and
     * {@code v = fma(inputs, acc, outGrads * pow(denoms, -powScale))} with that product rounded.
     *
     * <p>Stores v if (scaleTargets, scaleOutput) = (0, 1), without reading the target; for any other scales
     * {@code fma(target, scaleTargets, scaleOutput * v)} with that product rounded. With
     * {@link Defect#LARGE_NORM_UNDO_INVERTS_ADD}, sizeX at least 6 and numFilters a multiple of 4 it is the other way round: the
     * target is read for (0, 1), and for any other scales overwritten with v.
     *
     * @param inputs the meanDiffs of the forward pass
     * @param acts   target of the forward pass; overwritten as above
     * @param target may be the same matrix as outGrads
     */
    void contrastNormUndo(Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, int numFilters, int sizeX,
                          float addScale, float powScale, float scaleTargets, float scaleOutput);

    /**
     * As {@link #contrastNorm} with a window over neighbouring maps at one pixel, maps ascending: from map
     * {@code f - sizeF / 2} on, or if blocked from {@code f / sizeF * sizeF} on, sizeF maps, clipped.
     *
     * @param sizeF 1 to numFilters
     */
    void contrastNormCrossMap(Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target, int numFilters, int sizeF,
                              float addScale, float powScale, float minDiv, boolean blocked);

    /**
     * Gradient of {@link #contrastNormCrossMap}, as {@link #contrastNormUndo} with the maps whose window contains this one: from
     * {@code f + sizeF / 2 - sizeF + 1} on, or the same block. No defect is known.
     */
    void contrastNormCrossMapUndo(Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, int numFilters,
                                  int sizeF, float addScale, float powScale, boolean blocked, float scaleTargets, float scaleOutput);

    /**
     * Topographic ICA: over the window of {@link #contrastNorm} {@code acc = fma(d, d, acc)}; {@code q = 1 / s}, where s is the binary32
     * square root of acc plus 0.001, added in binary64 and rounded. Stores {@code scaleOutput * q} if scaleTarget = 0, else
     * {@code fma(target, scaleTarget, scaleOutput * q)} with that product rounded.
     */
    void tica(Matrix images, Matrix target, int numFilters, int sizeX, float scaleTarget, float scaleOutput);

    /**
     * Gradient of the sum of the windows' lengths from the result of {@link #tica}: acc = sum of ticas over the windows that hold the
     * pixel, as in {@link #contrastNormUndo} (with {@link Defect#TICA_GRADIENT_KEEPS_WINDOW} over that of {@link #tica}), {@code t = (images * scaleOutput) * acc};
     * stores -t if scaleTarget = 0, else {@code scaleTarget * target - t}, every step rounded. With
     * {@link Defect#TICA_GRADIENT_ADDS_SQRT} the second form uses the square root of acc.
     */
    void ticaGrad(Matrix images, Matrix ticas, Matrix target, int numFilters, int sizeX, float scaleTarget, float scaleOutput);

    /**
     * Scales each (module, filter) column of local weights down to an L2 norm where it is exceeded, in place:
     * {@code s = fma(w, w, s)} down the column, {@code r = sqrt(s)}, every weight times {@code norm / r} if r is greater than norm.
     * A NaN length leaves its column as it is.
     *
     * @param weights    numModules * weightsPerFilter x numFilters, row-major, contiguous
     * @param numModules a divisor of the rows
     */
    void normalizeLocalWeights(Matrix weights, int numModules, float norm);
}
