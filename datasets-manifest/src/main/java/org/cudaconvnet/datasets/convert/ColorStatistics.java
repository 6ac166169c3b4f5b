package org.cudaconvnet.datasets.convert;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.cudaconvnet.datasets.batch.ColorPca;
import org.cudaconvnet.datasets.image.DecodedImage;

/** Mean image and principal components of the colours over training images of one size (spec: data-formats.md sections 1 and 5.3). */
final class ColorStatistics {
    private static final int CHANNELS = DecodedImage.CHANNELS;

    private final long[] sums;
    private final long[] channelSums = new long[CHANNELS];
    private final long[][] products = new long[CHANNELS][CHANNELS];
    private long images;

    ColorStatistics(int size) {
        sums = new long[CHANNELS * size * size];
    }

    synchronized void add(DecodedImage image) {
        byte[] channels = image.channels();
        int plane = channels.length / CHANNELS;
        int[] pixel = new int[CHANNELS];
        for (int i = 0; i < plane; i++) {
            for (int k = 0; k < CHANNELS; k++) {
                pixel[k] = channels[k * plane + i] & 0xff;
                sums[k * plane + i] += pixel[k];
                channelSums[k] += pixel[k];
                for (int other = 0; other <= k; other++) {
                    products[k][other] += (long) pixel[k] * pixel[other];
                }
            }
        }
        images++;
    }

    /** Rounded once from the exact sums. */
    float[] mean() {
        float[] mean = new float[sums.length];
        for (int row = 0; row < mean.length; row++) {
            mean[row] = (float) ((double) sums[row] / images);
        }
        return mean;
    }

    /** The components by falling standard deviation; each points to the side where its largest entry is positive. */
    ColorPca colorPca() {
        double pixels = (double) images * (sums.length / CHANNELS);
        double[][] covariance = new double[CHANNELS][CHANNELS];
        for (int k = 0; k < CHANNELS; k++) {
            for (int other = 0; other <= k; other++) {
                covariance[k][other] = products[k][other] / pixels - channelSums[k] / pixels * (channelSums[other] / pixels);
                covariance[other][k] = covariance[k][other];
            }
        }
        EigenDecomposition components = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
        int[] order = IntStream.range(0, CHANNELS).boxed()
                .sorted(Comparator.comparingDouble((Integer j) -> -components.getRealEigenvalue(j))).mapToInt(Integer::intValue).toArray();
        float[] stdevs = new float[CHANNELS];
        float[] eigenvectors = new float[CHANNELS * CHANNELS];
        for (int j = 0; j < CHANNELS; j++) {
            stdevs[j] = (float) Math.sqrt(Math.max(0, components.getRealEigenvalue(order[j])));
            double[] vector = components.getEigenvector(order[j]).toArray();
            double largest = 0;
            for (double entry : vector) {
                largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
            }
            for (int k = 0; k < CHANNELS; k++) {
                eigenvectors[k * CHANNELS + j] = (float) (vector[k] * Math.signum(largest));
            }
        }
        return new ColorPca(stdevs, eigenvectors);
    }
}
