package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ImageTransforms;
import org.cudaconvnet.kernels.Matrix;

final class CpuImageTransforms implements ImageTransforms {
    private final CpuThreads threads;
    private final CpuGaussianBlur gaussianBlur;
    private final CpuBedOfNails bedOfNails;
    private final CpuResizeBilinear resizeBilinear;
    private final CpuColorSpaces colorSpaces;

    CpuImageTransforms(CpuThreads threads, ElementFunctions functions) {
        this.threads = threads;
        gaussianBlur = new CpuGaussianBlur(threads);
        bedOfNails = new CpuBedOfNails(threads);
        resizeBilinear = new CpuResizeBilinear(threads);
        colorSpaces = new CpuColorSpaces(threads, functions);
    }

    @Override
    public void gaussianBlur(Matrix images, Matrix filter, Matrix target, boolean horiz, int numChannels,
                             float scaleTargets, float scaleOutputs) {
        gaussianBlur.blur(images, filter, target, horiz, numChannels, ImageStore.readingUnlessZero(scaleTargets, scaleOutputs));
    }

    @Override
    public void bedOfNails(Matrix images, Matrix target, int numChannels, int imgSize, int startX, int strideX,
                           float scaleTargets, float scaleOutput) {
        bedOfNails.sample(images, target, numChannels, imgSize, startX, strideX, ImageStore.readingUnlessZero(scaleTargets, scaleOutput));
    }

    @Override
    public void bedOfNailsUndo(Matrix actsGrad, Matrix target, int numChannels, int imgSize, int startX, int strideX,
                               float scaleTargets, float scaleOutput) {
        bedOfNails.undo(actsGrad, target, numChannels, imgSize, startX, strideX, ImageStore.readingUnlessZero(scaleTargets, scaleOutput));
    }

    @Override
    public void resizeBilinear(Matrix images, Matrix target, int imgSize, int tgtSize, float scale) {
        resizeBilinear.resize(images, target, imgSize, tgtSize, scale);
    }

    @Override
    public void rgbToYuv(Matrix images, Matrix target) {
        colorSpaces.rgbToYuv(images, target);
    }

    @Override
    public void rgbToLab(Matrix images, Matrix target, boolean center) {
        colorSpaces.rgbToLab(images, target, center);
    }

    @Override
    public void reflectHorizontal(Matrix imagesMatrix, Matrix targetMatrix, int imgSize, float scaleTargets) {
        CpuImages.require(imgSize > 0, "imgSize", imgSize, "at least 1");
        CpuImages images = CpuImages.ofSize("images", imagesMatrix, imgSize);
        CpuImages target = images.another("target", targetMatrix);
        ImageStore store = ImageStore.readingUnlessZero(scaleTargets, 1);
        threads.forEach(images.channels() * imgSize, imgSize, (from, to) -> {
            for (int row = from; row < to; row++) {
                for (int x = 0; x < imgSize; x++) {
                    store.store(images.values(), images.at(0, row, imgSize - 1 - x), target.values(), target.at(0, row, x),
                            images.numImages());
                }
            }
        });
    }

    @Override
    public void crop(Matrix imagesMatrix, Matrix targetMatrix, int imgSize, int tgtSize, int startY, int startX) {
        CpuImages.require(imgSize > 0, "imgSize", imgSize, "at least 1");
        CpuImages.require(tgtSize > 0 && tgtSize <= imgSize, "tgtSize", tgtSize, "1 to imgSize = " + imgSize);
        CpuImages.require(startY >= 0 && startY <= imgSize - tgtSize, "startY", startY, "0 to " + (imgSize - tgtSize));
        CpuImages.require(startX >= 0 && startX <= imgSize - tgtSize, "startX", startX, "0 to " + (imgSize - tgtSize));
        CpuImages images = CpuImages.ofSize("images", imagesMatrix, imgSize);
        CpuImages target = CpuImages.of("target", targetMatrix, images.channels(), tgtSize, images.numImages()).contiguous("target");
        threads.forEach(images.channels() * tgtSize, tgtSize, (from, to) -> {
            for (int row = from; row < to; row++) {
                for (int x = 0; x < tgtSize; x++) {
                    System.arraycopy(images.values(), images.at(row / tgtSize, row % tgtSize + startY, x + startX),
                            target.values(), target.at(0, row, x), images.numImages());
                }
            }
        });
    }
}
