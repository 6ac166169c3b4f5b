package org.cudaconvnet.engine.data;

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
    /** Odd constants near 2^64 divided by the golden ratio and by its square, which spread consecutive numbers. */
    private static final long EPOCH_STEP = 0x9e3779b97f4a7c15L;
    private static final long BATCH_STEP = 0x61c8864680b583ebL;

    /** The shift of red, green and blue of each image. */
    float[][] draw(int epoch, int batchNumber, int images) {
        RandomState random = new RandomState((seed * BATCH_STEP + epoch * EPOCH_STEP + batchNumber * BATCH_STEP) >>> Integer.SIZE);
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
}
