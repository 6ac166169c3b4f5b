package org.cudaconvnet.engine.data;

import java.util.stream.IntStream;
import org.cudaconvnet.engine.config.DataMatrix;

/**
 * Crops of decoded images minus the mean, formed when a mini-batch asks for them (spec: data-formats.md sections 5.2 and 5.3). A value
 * is (pixel - mean + noise of its channel) / divisor, each step rounded to binary32. Cases of view v stand in columns
 * v * images to (v + 1) * images.
 */
final class CroppedImages implements DataMatrix {
    private static final int CHANNELS = 3;

    private final byte[][] images;
    private final int size;
    private final Crop[] crops;
    private final int inner;
    private final float[] croppedMean;
    private final float[][] noise;
    private final float divisor;

    /**
     * @param images      channel-major bytes of each image of {@code size} x {@code size} pixels
     * @param crops       of every column; as many as images times views
     * @param croppedMean mean of every value of a crop
     * @param noise       of every image, for its three channels; null for none
     */
    CroppedImages(byte[][] images, int size, Crop[] crops, float[] croppedMean, float[][] noise, float divisor) {
        this.images = images;
        this.size = size;
        this.crops = crops;
        this.inner = (int) Math.sqrt(croppedMean.length / CHANNELS);
        this.croppedMean = croppedMean;
        this.noise = noise;
        this.divisor = divisor;
    }

    @Override
    public int rows() {
        return croppedMean.length;
    }

    @Override
    public int cols() {
        return crops.length;
    }

    /** All processors share the lines of a crop. */
    @Override
    public void copyColumns(int from, int to, float[] target) {
        IntStream.range(0, CHANNELS * inner).parallel().forEach(line -> copyLine(line, from, to, target));
    }

    /** Neighbouring rows read neighbouring pixels, so the images' lines stay in the cache from row to row. */
    private void copyLine(int line, int from, int to, float[] target) {
        int channel = line / inner;
        int y = line % inner;
        int cases = to - from;
        for (int x = 0; x < inner; x++) {
            int row = line * inner + x;
            for (int col = 0; col < cases; col++) {
                Crop crop = crops[from + col];
                int image = (from + col) % images.length;
                int sourceX = crop.startX() + (crop.mirrored() ? inner - 1 - x : x);
                float value = (images[image][(channel * size + crop.startY() + y) * size + sourceX] & 0xff) - croppedMean[row];
                target[row * cases + col] = noise == null ? value : (value + noise[image][channel]) / divisor;
            }
        }
    }
}
