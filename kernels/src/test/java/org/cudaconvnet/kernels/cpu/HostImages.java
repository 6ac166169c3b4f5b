package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** Square images on the host, (channel, y, x, image), that oracles read and write element by element. */
record HostImages(float[] values, int channels, int size, int numImages) {
    /** What the order of arithmetic treats specially: ties, signed zeros, NaN, values below the base of max pooling. */
    private static final float[] SPECIAL = {1f, 1f, 0f, -0f, Float.NaN, -3e38f, Float.NEGATIVE_INFINITY};

    /** An element as a function of its place. */
    interface Element {
        float at(int channel, int y, int x, int image);
    }

    static HostImages zeros(int channels, int size, int numImages) {
        return new HostImages(new float[channels * size * size * numImages], channels, size, numImages);
    }

    static HostImages random(long seed, int channels, int size, int numImages) {
        Random random = new Random(seed);
        HostImages images = zeros(channels, size, numImages);
        for (int i = 0; i < images.values.length; i++) {
            images.values[i] = (float) random.nextGaussian();
        }
        return images;
    }

    /** Random images of which about a third of the elements is special. */
    static HostImages special(long seed, int channels, int size, int numImages) {
        Random random = new Random(seed + 1);
        HostImages images = random(seed, channels, size, numImages);
        for (int i = 0; i < images.values.length; i++) {
            if (random.nextInt(3) == 0) {
                images.values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
            }
        }
        return images;
    }

    static HostImages of(int channels, int size, int numImages, Element element) {
        HostImages images = zeros(channels, size, numImages);
        for (int row = 0; row < channels * size * size; row++) {
            for (int n = 0; n < numImages; n++) {
                images.values[row * numImages + n] = element.at(row / (size * size), row / size % size, row % size, n);
            }
        }
        return images;
    }

    float at(int channel, int y, int x, int image) {
        return values[((channel * size + y) * size + x) * numImages + image];
    }

    HostImages map(Element element) {
        return of(channels, size, numImages, element);
    }

    Matrix upload(Backend backend) {
        Matrix matrix = backend.allocate(channels * size * size, numImages, false);
        backend.upload(values, matrix);
        return matrix;
    }

    /** Uploads as a view of the middle columns of a wider matrix. */
    Matrix uploadStrided(Backend backend) {
        Matrix view = backend.allocate(channels * size * size, numImages + 3, false).columns(2, 2 + numImages);
        backend.upload(values, view);
        return view;
    }

    /** The same bits, except that any NaN equals any other. */
    void assertEquals(Backend backend, Matrix found) {
        float[] actual = new float[values.length];
        backend.download(found, actual);
        for (int i = 0; i < values.length; i++) {
            if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(values[i])) {
                int pixel = i / numImages;
                assertThat(Float.toHexString(actual[i])).as("channel %d, y %d, x %d, image %d", pixel / (size * size),
                        pixel / size % size, pixel % size, i % numImages).isEqualTo(Float.toHexString(values[i]));
            }
        }
    }
}
