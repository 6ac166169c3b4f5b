package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ImageMatrix;
import org.cudaconvnet.kernels.Matrix;

/**
 * An image matrix, (channel, y, x) x image and row-major, as the operations on square images address it.
 *
 * @param offset    index of element (0, 0, 0, 0) in {@code values}
 * @param size      side of the square images
 * @param numImages images, which are consecutive elements
 * @param stride    elements from one pixel to the next; more than {@code numImages} if the matrix is a view of some columns
 */
record CpuImages(float[] values, int offset, int channels, int size, int numImages, int stride) {

    private static CpuImages of(ImageMatrix images) {
        Matrix matrix = images.matrix();
        return new CpuImages(CpuMemory.values(matrix), (int) matrix.offset(), images.channels(), images.size(), images.numImages(),
                images.stride());
    }

    /** Images whose side follows from the number of rows. */
    static CpuImages of(String name, Matrix matrix, int channels) {
        return of(ImageMatrix.of(name, matrix, channels));
    }

    /** Images of a known side, whose number of channels follows from the number of rows. */
    static CpuImages ofSize(String name, Matrix matrix, int size) {
        return of(ImageMatrix.ofSize(name, matrix, size));
    }

    /** Images of a known shape. */
    static CpuImages of(String name, Matrix matrix, int channels, int size, int numImages) {
        return of(ImageMatrix.of(name, matrix, channels, size, numImages));
    }

    static void requireShape(String name, Matrix matrix, int rows, int cols) {
        ImageMatrix.requireShape(name, matrix, rows, cols);
    }

    static void require(boolean condition, String name, Object found, String expected) {
        ImageMatrix.require(condition, name, found, expected);
    }

    /** These images, which must have no gaps between pixels. */
    CpuImages contiguous(String name) {
        if (stride != numImages && channels * size * size > 1) {
            throw new IllegalArgumentException(name + ": stride " + stride + ": expected contiguous, stride " + numImages);
        }
        return this;
    }

    /** Another matrix of the same shape, contiguous. */
    CpuImages another(String name, Matrix matrix) {
        return of(name, matrix, channels, size, numImages).contiguous(name);
    }

    /** Index of image 0 at a pixel. Rows of pixels may also be counted through all channels: (0, channel * size + y, x). */
    int at(int channel, int y, int x) {
        return offset + ((channel * size + y) * size + x) * stride;
    }

    /** Elements of one channel, all pixels and images. */
    int plane() {
        return size * size * stride;
    }
}
