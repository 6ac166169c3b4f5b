package org.cudaconvnet.kernels.cpu;

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

    /** Images whose side follows from the number of rows. */
    static CpuImages of(String name, Matrix matrix, int channels) {
        if (channels < 1 || matrix.rows() % channels != 0) {
            throw new IllegalArgumentException(name + ": " + matrix + ": expected rows in a multiple of " + channels + " channels");
        }
        int pixels = matrix.rows() / channels;
        int size = (int) Math.sqrt(pixels);
        if (size * size != pixels) {
            throw new IllegalArgumentException(name + ": " + matrix + ", " + channels
                    + " channels: expected square images, found " + pixels + " pixels per channel");
        }
        return of(name, matrix, channels, size, matrix.cols());
    }

    /** Images of a known side, whose number of channels follows from the number of rows. */
    static CpuImages ofSize(String name, Matrix matrix, int size) {
        int pixels = size * size;
        if (matrix.rows() == 0 || matrix.rows() % pixels != 0) {
            throw new IllegalArgumentException(name + ": " + matrix + ": expected rows in a multiple of " + size + "^2 pixels");
        }
        return of(name, matrix, matrix.rows() / pixels, size, matrix.cols());
    }

    /** Images of a known shape. */
    static CpuImages of(String name, Matrix matrix, int channels, int size, int numImages) {
        requireShape(name, matrix, channels * size * size, numImages);
        if (matrix.isTransposed()) {
            throw new IllegalArgumentException(name + ": " + matrix + ": expected row-major");
        }
        return new CpuImages(CpuMemory.values(matrix), (int) matrix.offset(), channels, size, numImages, matrix.stride());
    }

    static void requireShape(String name, Matrix matrix, int rows, int cols) {
        if (matrix.rows() != rows || matrix.cols() != cols) {
            throw new IllegalArgumentException(name + ": " + matrix + ": expected " + rows + " x " + cols);
        }
    }

    static void require(boolean condition, String name, Object found, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(name + " = " + found + ": expected " + expected);
        }
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
