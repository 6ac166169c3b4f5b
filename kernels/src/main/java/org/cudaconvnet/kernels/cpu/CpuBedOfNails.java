package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import org.cudaconvnet.kernels.Matrix;

/** Sampling every strideX-th pixel, and its gradient (spec: kernels-pool-norm.md section 11). */
final class CpuBedOfNails {
    private final CpuThreads threads;

    CpuBedOfNails(CpuThreads threads) {
        this.threads = threads;
    }

    void sample(Matrix imagesMatrix, Matrix targetMatrix, int numChannels, int imgSize, int startX, int strideX, ImageStore store) {
        int outputsX = outputs(imgSize, startX, strideX);
        CpuImages images = CpuImages.of("images", imagesMatrix, numChannels, imgSize, imagesMatrix.cols()).contiguous("images");
        CpuImages target = CpuImages.of("target", targetMatrix, numChannels, outputsX, images.numImages()).contiguous("target");
        forEachNail(target, (channel, y, x) -> store.store(images.values(),
                images.at(channel, startX + y * strideX, startX + x * strideX), target.values(), target.at(channel, y, x), images.numImages()));
    }

    void undo(Matrix actsGrad, Matrix targetMatrix, int numChannels, int imgSize, int startX, int strideX, ImageStore store) {
        int outputsX = outputs(imgSize, startX, strideX);
        CpuImages grads = CpuImages.of("actsGrad", actsGrad, numChannels, outputsX, actsGrad.cols()).contiguous("actsGrad");
        CpuImages target = CpuImages.of("target", targetMatrix, numChannels, imgSize, grads.numImages()).contiguous("target");
        if (!store.readsTarget()) {
            int end = target.offset() + numChannels * target.plane();
            Arrays.fill(target.values(), target.offset(), end, 0f);
        }
        forEachNail(grads, (channel, y, x) -> store.store(grads.values(), grads.at(channel, y, x), target.values(),
                target.at(channel, startX + y * strideX, startX + x * strideX), grads.numImages()));
    }

    private static int outputs(int imgSize, int startX, int strideX) {
        CpuImages.require(strideX > 1, "strideX", strideX, "at least 2");
        int outputsX = (imgSize + strideX - 1) / strideX;
        CpuImages.require(startX >= 0 && startX + (outputsX - 1) * strideX < imgSize, "startX", startX,
                "0 to " + (imgSize - 1 - (outputsX - 1) * strideX) + ", so that all nails are inside");
        return outputsX;
    }

    private interface Nail {
        void copy(int channel, int y, int x);
    }

    private void forEachNail(CpuImages nails, Nail nail) {
        threads.forEach(nails.channels() * nails.size(), nails.size(), (from, to) -> {
            for (int row = from; row < to; row++) {
                for (int x = 0; x < nails.size(); x++) {
                    nail.copy(row / nails.size(), row % nails.size(), x);
                }
            }
        });
    }
}
