package org.cudaconvnet.engine.data;

import static org.cudaconvnet.engine.SplitMix64.GAMMA;
import static org.cudaconvnet.engine.SplitMix64.mix;

import org.cudaconvnet.datasets.batch.ColorPca;
import org.cudaconvnet.datasets.numpy.RandomState;

/**
 * Colour noise along the principal components of the training pixels (spec: data-formats.md section 5.3, random.md section 6): an image
 * is shifted by coefficient * P (sigma * g), where g are three normal numbers. The original draws them in a second thread from the
 * generator of the crops, in an order that is not defined; here every batch of every epoch has a generator of its own.
 *
 * @param coefficient option {@code --color-noise}
 * @param seed        the run's
 */
record ColorNoise(float coefficient, ColorPca pca, long seed) {
    private static final int CHANNELS = 3;

    /** The shift of red, green and blue of each image. */
    float[][] draw(int epoch, int batchNumber, int images) {
        RandomState random = generator(epoch, batchNumber);
        float[] stdevs = pca.stdevs();
        float[] vectors = pca.eigenvectors();
        float[][] noise = new float[images][CHANNELS];
        float[] component = new float[CHANNELS];
        for (float[] shift : noise) {
            for (int j = 0; j < CHANNELS; j++) {
                component[j] = (float) random.randn() * stdevs[j];
            }
            for (int k = 0; k < CHANNELS; k++) {
                float sum = vectors[k * CHANNELS] * component[0] + vectors[k * CHANNELS + 1] * component[1]
                        + vectors[k * CHANNELS + 2] * component[2];
                shift[k] = coefficient * sum;
            }
        }
        return noise;
    }

    /** Epochs and batch numbers are below 2^32, so every batch of a run has another number before it is cut to the 32 bits of a seed. */
    private RandomState generator(int epoch, int batchNumber) {
        long batch = (long) epoch << Integer.SIZE | batchNumber;
        return new RandomState(mix(mix(seed + GAMMA) + batch) >>> Integer.SIZE);
    }
}
