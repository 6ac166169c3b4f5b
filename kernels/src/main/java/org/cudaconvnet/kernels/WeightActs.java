package org.cudaconvnet.kernels;

/** Gradient of convolutional and locally connected layers with respect to their filters (spec: kernels-weight-acts.md). */
public interface WeightActs {
    /**
     * Accumulates image x hidAct over the modules of each chunk and over all images.
     *
     * <p>Order of arithmetic: one fma chain per output from +0, {@code acc = fma(image, hidAct, acc)}, over the partialSum modules of
     * the chunk in ascending order, within a module over the images in ascending order; pixels in the padding take part as
     * +0. Then {@code rn(scaleOutput * acc)} if scaleTargets is 0 (the target is not read), else
     * {@code fma(target, scaleTargets, rn(scaleOutput * acc))}.
     *
     * @param images     imageRows x numImages, row-major, may be strided
     * @param hidActs    hidActsRows x numImages, row-major
     * @param targets    (numModules / partialSum) * numFilterColors * filterPixels rows x numFilters, row-major
     * @param partialSum modules per chunk, a divisor of numModules; 0 means all; a local geometry always uses 1
     */
    void weightActs(Matrix images, Matrix hidActs, Matrix targets, ConvGeometry geometry, int partialSum,
                    float scaleTargets, float scaleOutput);
}
