package org.cudaconvnet.kernels.gpu;

import org.cudaconvnet.kernels.ImageMatrix;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** Geometry of the kernels on images (images.cuh): a thread has one row, a pixel of a channel, and up to 4 images. */
final class ImageGrid {
    private static final int IMAGES = 32;
    private static final int ROWS = 4;
    private static final int IMAGES_PER_THREAD = 4;

    private ImageGrid() {
    }

    static boolean isEmpty(ImageMatrix images) {
        return images.matrix().size() == 0;
    }

    static LaunchGeometry of(ImageMatrix images) {
        return of(images.matrix().rows(), images.numImages());
    }

    static LaunchGeometry of(int rows, int numImages) {
        return LaunchGeometry.of(Kernels.ceilDiv(rows, ROWS), Kernels.ceilDiv(numImages, IMAGES * IMAGES_PER_THREAD), IMAGES, ROWS);
    }

    /** Of kernels whose threads have one image. */
    static LaunchGeometry ofSingleImages(int rows, int numImages) {
        return LaunchGeometry.of(Kernels.ceilDiv(rows, ROWS), Kernels.ceilDiv(numImages, IMAGES), IMAGES, ROWS);
    }
}
