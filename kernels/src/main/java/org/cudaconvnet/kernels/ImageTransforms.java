package org.cudaconvnet.kernels;

/**
 * Fixed image operations (spec: kernels-pool-norm.md sections 10 to 14). Matrices are (channel, y, x) x image, row-major; sources of
 * blur, resize, colour conversions, reflection and crop may be views of some columns, all other matrices are contiguous. Images are square
 * except in the colour conversions.
 *
 * <p>With two scales the result v is stored as {@code scaleOutput * v} if scaleTargets = 0, without reading the target, else as
 * {@code fma(target, scaleTargets, scaleOutput * v)} with that product rounded. Wrong shapes or arguments throw
 * {@link IllegalArgumentException} before anything is written.
 */
public interface ImageTransforms {
    /**
     * One pass of a symmetric filter along rows (horiz) or columns; zeros outside, no renormalisation.
     *
     * <p>With radius r, every pixel t sums its neighbours u = t - r to t + r inside the image, ascending, times taps[r - |u - t|], as
     * an fma chain from +0 with these exceptions for u of at least r. Those steps count from u = r; a step is <em>shared</em> if it is
     * the last of a whole group of four or in the incomplete group at the end. If the first neighbour is t - r, at a shared step the
     * chain starts with the rounded product, at another one with {@code fma(p(u), taps[0], p(u + 1) * taps[1])}, that product
     * rounded. The product of the last neighbour t + r is rounded before it is added if its step is shared.
     *
     * @param filter       1 x (2 * radius + 1), radius 1 to 4, symmetric: the taps after the middle one are not read
     * @param target       may be the same matrix as images
     * @param images       side at least the size of the filter
     */
    void gaussianBlur(Matrix images, Matrix filter, Matrix target, boolean horiz, int numChannels,
                      float scaleTargets, float scaleOutputs);

    /**
     * Keeps the pixels (startX + strideX * oy, startX + strideX * ox).
     *
     * @param images  numChannels * imgSize^2 x numImages
     * @param target  numChannels * outputsX^2 x numImages with outputsX = ceil(imgSize / strideX)
     * @param strideX at least 2
     * @param startX  such that all sampled pixels are inside
     */
    void bedOfNails(Matrix images, Matrix target, int numChannels, int imgSize, int startX, int strideX,
                    float scaleTargets, float scaleOutput);

    /**
     * Gradient of {@link #bedOfNails}, stored at the sampled pixels. The others become +0 if scaleTargets = 0; else they keep
     * their value, unscaled, as in 2012.
     *
     * @param actsGrad numChannels * outputsX^2 x numImages
     * @param target   numChannels * imgSize^2 x numImages
     */
    void bedOfNailsUndo(Matrix actsGrad, Matrix target, int numChannels, int imgSize, int startX, int strideX,
                        float scaleTargets, float scaleOutput);

    /**
     * Bilinear interpolation at {@code s = max(0, min(imgSize - 1.01, fma(t, scale, centre)))} for target coordinate t of either axis,
     * centre = imgSize / 2 - tgtSize / 2 * scale in binary64, rounded. With {@code u = floor(sx + 1) - sx} and
     * {@code w = sy - floor(sy)}: each of the two rows {@code c = fma(u, left - right, right)}, then
     * {@code fma(w, lower - upper, upper)}.
     *
     * @param images numChannels * imgSize^2 x numImages, imgSize at least 2
     * @param target numChannels * tgtSize^2 x numImages
     */
    void resizeBilinear(Matrix images, Matrix target, int imgSize, int tgtSize, float scale);

    /**
     * Planes R, G, B to Y, U, V. Y = fma(B, .0722, fma(R, .2126, G * .7152)). For a number of images that is no multiple of 64
     * U = fma(B, .436, fma(G, -.33609, R * -.09991)), V = fma(B, -.05639, fma(R, .615, G * -.55861)); else
     * U = fma(B, .436, R * -.09991 + G * -.33609), V = (R * .615 + G * -.55861) + B * -.05639, every other step rounded.
     *
     * @param images 3 * imgPixels x numImages
     * @param target as images
     */
    void rgbToYuv(Matrix images, Matrix target);

    /**
     * Planes R, G, B in 0..1 to L, a, b. X = fma(B, .2, fma(R, .49, G * .31)), Y = fma(B, .01063, fma(R, .17697, G * .8124)),
     * Z = fma(G, .01, B * .99); f(t) = {@link PortableMath#pow}(t, 0.3333) if t > 0.0088564517, else
     * fma(t, 7.787037, 0.13793103). L = fma(116, f(Y), -16), less 50 if center; a = 500 * (f(X) - f(Y)); b = 200 * (f(Y) - f(Z)).
     */
    void rgbToLab(Matrix images, Matrix target, boolean center);

    /**
     * Mirrors left and right: pixel (y, x) goes to (y, imgSize - 1 - x). Stores it if scaleTargets = 0, without reading the target, else
     * {@code fma(target, scaleTargets, pixel)}.
     *
     * @param images channels * imgSize^2 x numImages
     * @param target as images, another matrix
     */
    void reflectHorizontal(Matrix images, Matrix target, int imgSize, float scaleTargets);

    /**
     * Copies the square of tgtSize pixels whose corner is (startY, startX); it must lie inside the images.
     *
     * @param images numChannels * imgSize^2 x numImages
     * @param target numChannels * tgtSize^2 x numImages
     */
    void crop(Matrix images, Matrix target, int imgSize, int tgtSize, int startY, int startX);
}
