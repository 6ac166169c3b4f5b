package org.cudaconvnet.datasets.batch;

import java.nio.file.Path;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.numpy.NumpyArray;

/**
 * Principal components of the colours of all training pixels, the key {@code color_pca} (spec: data-formats.md sections 1 and 5.3).
 *
 * @param stdevs       standard deviations along the three components
 * @param eigenvectors 3 x 3, row-major; column j is component j in red, green, blue
 */
public record ColorPca(float[] stdevs, float[] eigenvectors) {
    private static final int CHANNELS = 3;

    static ColorPca of(Object pickled, Path file) {
        if (pickled instanceof Object[] pair && pair.length == 2 && pair[0] instanceof NumpyArray stdevs
                && pair[1] instanceof NumpyArray vectors && stdevs.size() == CHANNELS && vectors.size() == CHANNELS * CHANNELS) {
            return new ColorPca(stdevs.floats(), vectors.floats());
        }
        throw new DatasetException(file + ": color_pca is of another form, expected a pair of arrays: 3 standard deviations, 3 x 3 eigenvectors");
    }

    Object[] asPair() {
        return new Object[] {NumpyArray.ofFloats(stdevs, CHANNELS), NumpyArray.ofFloats(eigenvectors, CHANNELS, CHANNELS)};
    }
}
