package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ImageTransforms;
import org.cudaconvnet.kernels.Matrix;

final class CpuImageTransforms implements ImageTransforms {
    private final CpuThreads threads;

    CpuImageTransforms(CpuThreads threads) {
        this.threads = threads;
    }

    @Override
    public void gaussianBlur(Matrix images, Matrix filter, Matrix target, boolean horiz, int numChannels, float scaleTargets, float scaleOutputs) {
        throw new UnsupportedOperationException("gaussianBlur");
    }

    @Override
    public void bedOfNails(Matrix images, Matrix target, int numChannels, int imgSize, int startX, int strideX, float scaleTargets, float scaleOutput) {
        throw new UnsupportedOperationException("bedOfNails");
    }

    @Override
    public void bedOfNailsUndo(Matrix actsGrad, Matrix target, int numChannels, int imgSize, int startX, int strideX, float scaleTargets, float scaleOutput) {
        throw new UnsupportedOperationException("bedOfNailsUndo");
    }

    @Override
    public void resizeBilinear(Matrix images, Matrix target, int imgSize, int tgtSize, float scale) {
        throw new UnsupportedOperationException("resizeBilinear");
    }

    @Override
    public void rgbToYuv(Matrix images, Matrix target) {
        throw new UnsupportedOperationException("rgbToYuv");
    }

    @Override
    public void rgbToLab(Matrix images, Matrix target, boolean center) {
        throw new UnsupportedOperationException("rgbToLab");
    }

    @Override
    public void crop(Matrix images, Matrix target, int imgSize, int tgtSize, int startY, int startX) {
        throw new UnsupportedOperationException("crop");
    }
}
