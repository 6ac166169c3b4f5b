package org.cudaconvnet.kernels.cpu;

/**
 * The windows of a pooling layer along one axis; both axes are alike (spec: kernels-pool-norm.md sections 1 and 2).
 *
 * @param imgSize  side of the images
 * @param subsX    side of the windows before they are clipped to the image
 * @param startX   coordinate of the first window, possibly negative
 * @param strideX  distance between windows
 * @param outputsX number of windows
 */
record PoolWindows(int imgSize, int subsX, int startX, int strideX, int outputsX) {
    PoolWindows {
        CpuImages.require(subsX > 0, "subsX", subsX, "at least 1");
        CpuImages.require(strideX > 0, "strideX", strideX, "at least 1");
        CpuImages.require(outputsX > 0, "outputsX", outputsX, "at least 1");
    }

    /** The backward kernels' range of windows over a pixel has no gaps only if windows touch. */
    PoolWindows withoutGaps() {
        CpuImages.require(strideX <= subsX, "strideX", strideX, "at most subsX = " + subsX);
        return this;
    }

    int firstPixel(int output) {
        return Math.max(0, startX + output * strideX);
    }

    int endPixel(int output) {
        return Math.min(imgSize, startX + output * strideX + subsX);
    }

    /** First window that covers a pixel. */
    int firstOutput(int pixel) {
        int distance = pixel - startX;
        return distance < subsX ? 0 : 1 + (distance - subsX) / strideX;
    }

    /** One past the last window that covers a pixel; not above {@link #firstOutput} for a pixel outside all windows. */
    int endOutput(int pixel) {
        return pixel < startX ? 0 : Math.min(outputsX, 1 + (pixel - startX) / strideX);
    }
}
