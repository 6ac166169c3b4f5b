package org.cudaconvnet.kernels;

/** Forward pass of convolutional and locally connected layers (spec: kernels-filter-acts.md). */
public interface FilterActs {
    /**
     * Applies the filters to every module of every image.
     *
     * <p>Order of arithmetic: one fma chain per output from +0, {@code acc = fma(image, weight, acc)}. Up to 3 image channels, not
     * sparse: pixels in tiles of 4, within a tile all channels, within a channel its 4 pixels. Otherwise: channels in pairs,
     * within a pair tiles of 4 pixels, within a tile channel then pixel. Pixels in the padding take part as +0.
     * Then {@code rn(scaleOutput * acc)} if scaleTargets is 0 (the target is not read), else
     * {@code fma(target, scaleTargets, rn(scaleOutput * acc))}.
     *
     * @param images  imageRows x numImages, row-major, may be strided
     * @param filters filterRows x numFilters, row-major
     * @param targets hidActsRows x numImages, row-major
     */
    void filterActs(Matrix images, Matrix filters, Matrix targets, ConvGeometry geometry, float scaleTargets, float scaleOutput);
}
