package org.cudaconvnet.kernels;

/** Gradient of convolutional and locally connected layers with respect to their images (spec: kernels-img-acts.md). */
public interface ImgActs {
    /**
     * Propagates hidActs back to the images.
     *
     * <p>Order of arithmetic: one fma chain per image element from +0, {@code acc = fma(weight, hidAct, acc)}, over the modules that
     * cover the pixel (row, then column), within a module over the filters of the channel's group in ascending order.
     * Then {@code rn(scaleOutput * acc)} if scaleTargets is 0 (the target is not read), else
     * {@code fma(target, scaleTargets, rn(scaleOutput * acc))}.
     *
     * @param hidActs hidActsRows x numImages, row-major
     * @param filters filterRows x numFilters, row-major
     * @param targets imgActsRows x numImages, row-major; sparse samples are not summed
     */
    void imgActs(Matrix hidActs, Matrix filters, Matrix targets, ConvGeometry geometry, float scaleTargets, float scaleOutput);
}
