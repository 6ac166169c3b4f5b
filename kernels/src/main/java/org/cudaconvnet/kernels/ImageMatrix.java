package org.cudaconvnet.kernels;

/**
 * An image matrix, (channel, y, x) x image and row-major, as the operations on square images see it. Every backend makes the
 * checks of this class; they throw {@link IllegalArgumentException} naming the argument, what was found and what was expected.
 *
 * @param size side of the square images
 */
public record ImageMatrix(Matrix matrix, int channels, int size) {
    /** Images whose side follows from the number of rows. */
    public static ImageMatrix of(String name, Matrix matrix, int channels) {
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
    public static ImageMatrix ofSize(String name, Matrix matrix, int size) {
        int pixels = size * size;
        if (matrix.rows() == 0 || matrix.rows() % pixels != 0) {
            throw new IllegalArgumentException(name + ": " + matrix + ": expected rows in a multiple of " + size + "^2 pixels");
        }
        return of(name, matrix, matrix.rows() / pixels, size, matrix.cols());
    }

    /** Images of a known shape. */
    public static ImageMatrix of(String name, Matrix matrix, int channels, int size, int numImages) {
        requireShape(name, matrix, channels * size * size, numImages);
        if (matrix.isTransposed()) {
            throw new IllegalArgumentException(name + ": " + matrix + ": expected row-major");
        }
        return new ImageMatrix(matrix, channels, size);
    }

    public static void requireShape(String name, Matrix matrix, int rows, int cols) {
        if (matrix.rows() != rows || matrix.cols() != cols) {
            throw new IllegalArgumentException(name + ": " + matrix + ": expected " + rows + " x " + cols);
        }
    }

    public static void require(boolean condition, String name, Object found, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(name + " = " + found + ": expected " + expected);
        }
    }

    public int numImages() {
        return matrix.cols();
    }

    /** Elements from one pixel to the next; more than the images if the matrix is a view of some columns. */
    public int stride() {
        return matrix.stride();
    }

    /** These images, which must have no gaps between pixels. */
    public ImageMatrix contiguous(String name) {
        if (!matrix.isContiguous()) {
            throw new IllegalArgumentException(name + ": stride " + stride() + ": expected contiguous, stride " + numImages());
        }
        return this;
    }

    /** Another matrix of the same shape, contiguous. */
    public ImageMatrix another(String name, Matrix other) {
        return of(name, other, channels, size, numImages()).contiguous(name);
    }
}
