package org.cudaconvnet.kernels;

/** Fixed image operations (spec: kernels-pool-norm.md sections 10 to 14); images are (channel, y, x) x image, row-major. */
public interface ImageTransforms {
    /**
     * One pass of a symmetric 1-D filter along x or y, zeros outside, no renormalisation.
     *
     * @param filter 1 x (2 radius + 1)
     */
    void gaussianBlur(Matrix images, Matrix filter, Matrix target, boolean horiz, int numChannels,
                      float scaleTargets, float scaleOutputs);

    void bedOfNails(Matrix images, Matrix target, int numChannels, int imgSize, int startX, int strideX,
                    float scaleTargets, float scaleOutput);

    void bedOfNailsUndo(Matrix actsGrad, Matrix target, int numChannels, int imgSize, int startX, int strideX,
                        float scaleTargets, float scaleOutput);

    void resizeBilinear(Matrix images, Matrix target, int imgSize, int tgtSize, float scale);

    void rgbToYuv(Matrix images, Matrix target);

    void rgbToLab(Matrix images, Matrix target, boolean center);

    void crop(Matrix images, Matrix target, int imgSize, int tgtSize, int startY, int startX);
}
