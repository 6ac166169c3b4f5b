package org.cudaconvnet.golden.quickstart;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.batch.BatchFile;
import org.cudaconvnet.engine.data.DataProvider;
import org.cudaconvnet.engine.layers.Net;
import org.cudaconvnet.engine.layers.PassType;

/**
 * What a trained net says about every image of a test batch.
 *
 * @param names  names of the classes
 * @param pixels 3 * 32 * 32 bytes per image, channel-major
 * @param labels the true class per image
 * @param probs  probability of each class per image
 */
record Predictions(List<String> names, List<byte[]> pixels, int[] labels, List<float[]> probs) {
    private static final int SIZE = 32;
    private static final int MINIBATCH = 128;

    /** @param batch the same test batch as the provider delivers it */
    static Predictions of(Net net, DataProvider.Batch batch, BatchDirectory directory) {
        BatchFile file = directory.read(batch.batchNumber());
        List<String> names = directory.meta().labelNames();
        byte[] columns = file.data().bytes();
        List<byte[]> pixels = new ArrayList<>();
        List<float[]> probs = new ArrayList<>();
        for (int from = 0; from < batch.cases(); from += MINIBATCH) {
            int to = Math.min(from + MINIBATCH, batch.cases());
            net.fprop(batch.matrices(), from, to, PassType.TEST);
            float[] acts = net.acts("probs");
            for (int image = 0; image < to - from; image++) {
                pixels.add(column(columns, from + image, batch.cases()));
                float[] prob = new float[names.size()];
                for (int label = 0; label < prob.length; label++) {
                    prob[label] = acts[label * (to - from) + image];
                }
                probs.add(prob);
            }
        }
        return new Predictions(names, pixels, file.labels(), probs);
    }

    private static byte[] column(byte[] matrix, int column, int columns) {
        byte[] values = new byte[matrix.length / columns];
        for (int row = 0; row < values.length; row++) {
            values[row] = matrix[row * columns + column];
        }
        return values;
    }

    int cases() {
        return labels.length;
    }

    /** Classes from the most to the least probable. */
    List<Integer> ranking(int image) {
        float[] prob = probs.get(image);
        return IntStream.range(0, prob.length).boxed().sorted((a, b) -> Float.compare(prob[b], prob[a])).toList();
    }

    boolean correct(int image) {
        return ranking(image).get(0) == labels[image];
    }

    /** How often each true class (row) was taken for each class (column). */
    int[][] confusion() {
        int[][] counts = new int[names.size()][names.size()];
        for (int image = 0; image < cases(); image++) {
            counts[labels[image]][ranking(image).get(0)]++;
        }
        return counts;
    }

    BufferedImage picture(int image) {
        byte[] planes = pixels.get(image);
        BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIZE * SIZE; i++) {
            int rgb = (planes[i] & 255) << 16 | (planes[SIZE * SIZE + i] & 255) << 8 | planes[2 * SIZE * SIZE + i] & 255;
            picture.setRGB(i % SIZE, i / SIZE, rgb);
        }
        return picture;
    }
}
