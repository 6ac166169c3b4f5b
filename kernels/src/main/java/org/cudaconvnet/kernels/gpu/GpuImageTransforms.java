package org.cudaconvnet.kernels.gpu;

import static org.cudaconvnet.kernels.ImageMatrix.require;

import org.cudaconvnet.kernels.ImageMatrix;
import org.cudaconvnet.kernels.ImageTransforms;
import org.cudaconvnet.kernels.Matrix;

/** Fixed image operations (image_transforms.cu). */
final class GpuImageTransforms implements ImageTransforms {
    private static final String MODULE = "image_transforms";
    private static final int MAX_RADIUS = 4;
    /** Batches of a multiple of this many images went to another kernel in 2012, with other fused products. */
    private static final int IMAGES_OF_SEVERAL_PER_THREAD = 64;

    private final Kernels kernels;
    private final GpuElementwise elementwise;

    GpuImageTransforms(Kernels kernels, GpuElementwise elementwise) {
        this.kernels = kernels;
        this.elementwise = elementwise;
    }

    @Override
    public void gaussianBlur(Matrix imagesMatrix, Matrix filter, Matrix targetMatrix, boolean horiz, int numChannels,
                             float scaleTargets, float scaleOutputs) {
        ImageMatrix images = ImageMatrix.of("images", imagesMatrix, numChannels);
        ImageMatrix target = ImageMatrix.of("target", targetMatrix, numChannels, images.size(), images.numImages()).contiguous("target");
        int radius = filter.cols() / 2;
        if (filter.rows() != 1 || filter.cols() != 2 * radius + 1 || radius < 1 || radius > MAX_RADIUS
                || filter.isTransposed() && filter.stride() != 1) {
            throw new IllegalArgumentException("filter: " + filter + ": expected 1 x (2 * radius + 1), contiguous, with radius 1 to "
                    + MAX_RADIUS);
        }
        require(images.size() > 2 * radius, "imgSize", images.size(), "at least " + (2 * radius + 1) + ", the size of the filter");
        if (!ImageGrid.isEmpty(target)) {
            kernels.launch(MODULE, "kGaussianBlur_" + radius, ImageGrid.ofSingleImages(numChannels * images.size(), images.numImages()),
                    imagesMatrix, filter, targetMatrix, images.size(), numChannels, images.numImages(), images.stride(), horiz,
                    scaleTargets, scaleOutputs);
        }
    }

    @Override
    public void bedOfNails(Matrix imagesMatrix, Matrix targetMatrix, int numChannels, int imgSize, int startX, int strideX,
                           float scaleTargets, float scaleOutput) {
        int outputsX = nails(imgSize, startX, strideX);
        ImageMatrix images = ImageMatrix.of("images", imagesMatrix, numChannels, imgSize, imagesMatrix.cols()).contiguous("images");
        ImageMatrix target = ImageMatrix.of("target", targetMatrix, numChannels, outputsX, images.numImages()).contiguous("target");
        nails("kBedOfNails", images, target, target, imgSize, startX, strideX, scaleTargets, scaleOutput);
    }

    @Override
    public void bedOfNailsUndo(Matrix actsGrad, Matrix targetMatrix, int numChannels, int imgSize, int startX, int strideX,
                               float scaleTargets, float scaleOutput) {
        int outputsX = nails(imgSize, startX, strideX);
        ImageMatrix grads = ImageMatrix.of("actsGrad", actsGrad, numChannels, outputsX, actsGrad.cols()).contiguous("actsGrad");
        ImageMatrix target = ImageMatrix.of("target", targetMatrix, numChannels, imgSize, grads.numImages()).contiguous("target");
        if (scaleTargets == 0) {
            elementwise.fill(targetMatrix, 0);
        }
        nails("kBedOfNailsUndo", grads, target, grads, imgSize, startX, strideX, scaleTargets, scaleOutput);
    }

    private void nails(String kernel, ImageMatrix source, ImageMatrix target, ImageMatrix nails, int imgSize, int startX, int strideX,
                       float scaleTargets, float scaleOutput) {
        if (!ImageGrid.isEmpty(nails)) {
            kernels.launch(MODULE, kernel, ImageGrid.of(nails), source.matrix(), target.matrix(), imgSize, nails.channels(),
                    nails.numImages(), startX, strideX, nails.size(), scaleTargets, scaleOutput);
        }
    }

    private static int nails(int imgSize, int startX, int strideX) {
        require(strideX > 1, "strideX", strideX, "at least 2");
        int outputsX = (imgSize + strideX - 1) / strideX;
        require(startX >= 0 && startX + (outputsX - 1) * strideX < imgSize, "startX", startX,
                "0 to " + (imgSize - 1 - (outputsX - 1) * strideX) + ", so that all nails are inside");
        return outputsX;
    }

    @Override
    public void resizeBilinear(Matrix imagesMatrix, Matrix targetMatrix, int imgSize, int tgtSize, float scale) {
        require(imgSize > 1, "imgSize", imgSize, "at least 2");
        require(tgtSize > 0, "tgtSize", tgtSize, "at least 1");
        ImageMatrix images = ImageMatrix.ofSize("images", imagesMatrix, imgSize);
        ImageMatrix target = ImageMatrix.of("target", targetMatrix, images.channels(), tgtSize, images.numImages()).contiguous("target");
        float centerScale = (float) (imgSize * 0.5 - tgtSize * 0.5 * scale);
        if (!ImageGrid.isEmpty(target)) {
            kernels.launch(MODULE, "kResizeBilinear", ImageGrid.of(target), imagesMatrix, targetMatrix, imgSize, tgtSize,
                    images.channels(), images.numImages(), images.stride(), scale, centerScale);
        }
    }

    @Override
    public void rgbToYuv(Matrix images, Matrix target) {
        requirePlanes(images, target);
        String kernel = images.cols() % IMAGES_OF_SEVERAL_PER_THREAD == 0 ? "kRGBToYUV_64" : "kRGBToYUV";
        if (images.size() > 0) {
            kernels.launch(MODULE, kernel, ImageGrid.of(images.rows() / 3, images.cols()), images, target, images.rows() / 3, images.cols(),
                    images.stride(), target.stride());
        }
    }

    @Override
    public void rgbToLab(Matrix images, Matrix target, boolean center) {
        requirePlanes(images, target);
        if (images.size() > 0) {
            kernels.launch(MODULE, "kRGBToLAB", ImageGrid.of(images.rows() / 3, images.cols()), images, target, images.rows() / 3,
                    images.cols(), images.stride(), target.stride(), center);
        }
    }

    private static void requirePlanes(Matrix images, Matrix target) {
        if (images.rows() % 3 != 0 || images.isTransposed()) {
            throw new IllegalArgumentException("images: " + images + ": expected three planes of rows, row-major");
        }
        ImageMatrix.requireShape("target", target, images.rows(), images.cols());
        if (target.isTransposed()) {
            throw new IllegalArgumentException("target: " + target + ": expected row-major");
        }
    }

    @Override
    public void reflectHorizontal(Matrix imagesMatrix, Matrix targetMatrix, int imgSize, float scaleTargets) {
        require(imgSize > 0, "imgSize", imgSize, "at least 1");
        ImageMatrix images = ImageMatrix.ofSize("images", imagesMatrix, imgSize);
        ImageMatrix target = images.another("target", targetMatrix);
        if (!ImageGrid.isEmpty(target)) {
            kernels.launch(MODULE, "kReflectHorizontal", ImageGrid.of(target), imagesMatrix, targetMatrix, imgSize, images.channels(),
                    images.numImages(), images.stride(), scaleTargets);
        }
    }

    @Override
    public void crop(Matrix imagesMatrix, Matrix targetMatrix, int imgSize, int tgtSize, int startY, int startX) {
        require(imgSize > 0, "imgSize", imgSize, "at least 1");
        require(tgtSize > 0 && tgtSize <= imgSize, "tgtSize", tgtSize, "1 to imgSize = " + imgSize);
        require(startY >= 0 && startY <= imgSize - tgtSize, "startY", startY, "0 to " + (imgSize - tgtSize));
        require(startX >= 0 && startX <= imgSize - tgtSize, "startX", startX, "0 to " + (imgSize - tgtSize));
        ImageMatrix images = ImageMatrix.ofSize("images", imagesMatrix, imgSize);
        ImageMatrix target = ImageMatrix.of("target", targetMatrix, images.channels(), tgtSize, images.numImages()).contiguous("target");
        if (!ImageGrid.isEmpty(target)) {
            kernels.launch(MODULE, "kCrop", ImageGrid.of(target), imagesMatrix, targetMatrix, imgSize, tgtSize, images.channels(),
                    images.numImages(), images.stride(), startY, startX);
        }
    }
}
