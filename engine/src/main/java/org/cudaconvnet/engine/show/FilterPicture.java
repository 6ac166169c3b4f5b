package org.cudaconvnet.engine.show;

import java.awt.image.BufferedImage;
import org.cudaconvnet.engine.config.HostMatrix;

/**
 * Draws the filters of a convolutional layer with three input channels in colour, as the original's show-filters does
 * (spec: shownet.md section 2): scaled by the smallest and largest weight of all, 16 filters per row, black borders of one pixel.
 */
public final class FilterPicture {
    private static final int CHANNELS = 3;
    private static final int FILTERS_PER_ROW = 16;

    private FilterPicture() {
    }

    /** @param weights (3 * size * size) x filters; row = channel * size * size + y * size + x */
    public static BufferedImage draw(HostMatrix weights) {
        int filterPixels = weights.rows() / CHANNELS;
        int size = (int) Math.sqrt(filterPixels);
        if (size * size * CHANNELS != weights.rows()) {
            throw new IllegalArgumentException(weights.rows() + " rows are not " + CHANNELS + " square channels");
        }
        float least = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : weights.values()) {
            least = Math.min(least, value);
            largest = Math.max(largest, value);
        }
        float range = largest > least ? largest - least : 1;
        int rows = (weights.cols() + FILTERS_PER_ROW - 1) / FILTERS_PER_ROW;
        BufferedImage picture = new BufferedImage(FILTERS_PER_ROW * (size + 1) + 1, rows * (size + 1) + 1, BufferedImage.TYPE_INT_RGB);
        for (int filter = 0; filter < weights.cols(); filter++) {
            int left = filter % FILTERS_PER_ROW * (size + 1) + 1;
            int top = filter / FILTERS_PER_ROW * (size + 1) + 1;
            for (int pixel = 0; pixel < filterPixels; pixel++) {
                int rgb = 0;
                for (int channel = 0; channel < CHANNELS; channel++) {
                    float level = (weights.get(channel * filterPixels + pixel, filter) - least) / range;
                    rgb = rgb << 8 | Math.round(255 * level);
                }
                picture.setRGB(left + pixel % size, top + pixel / size, rgb);
            }
        }
        return picture;
    }
}
