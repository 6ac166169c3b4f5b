package org.cudaconvnet.datasets.convert;

import java.util.List;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.batch.BatchDirectoryWriter;
import org.cudaconvnet.datasets.batch.BatchMeta;

/** Brings batches of images that lie one after the other into the original's form, one image per column, and takes their mean. */
final class BatchAssembly {
    /** Images that are transposed together: a line of a first-level cache holds that many neighbours of a row. */
    private static final int CASES_AT_ONCE = 64;

    private final BatchDirectoryWriter writer;
    private final int numVis;
    private final long[] sums;
    private long trainCases;
    private int firstBatchCases;
    private int largestLabel;

    BatchAssembly(BatchDirectoryWriter writer, int numVis) {
        this.writer = writer;
        this.numVis = numVis;
        this.sums = new long[numVis];
    }

    /** @param images cases x numVis unsigned bytes; each image is channel-major */
    void addTrainingBatch(int number, byte[] images, int[] labels) {
        for (int i = 0; i < images.length; i += numVis) {
            for (int row = 0; row < numVis; row++) {
                sums[row] += images[i + row] & 0xff;
            }
        }
        trainCases += labels.length;
        firstBatchCases = firstBatchCases == 0 ? labels.length : firstBatchCases;
        addTestBatch(number, images, labels);
    }

    void addTestBatch(int number, byte[] images, int[] labels) {
        for (int label : labels) {
            largestLabel = Math.max(largestLabel, label);
        }
        writer.write(number, transposed(images, labels.length), labels);
    }

    /** Writes the meta data, with the mean over all training images rounded once, and completes the directory. */
    void finish(List<String> labelNames, Object source) {
        if (largestLabel >= labelNames.size()) {
            throw new DatasetException(source + ": label " + largestLabel + ", expected 0 to " + (labelNames.size() - 1));
        }
        float[] mean = new float[numVis];
        for (int row = 0; row < numVis; row++) {
            mean[row] = (float) ((double) sums[row] / trainCases);
        }
        writer.finish(new BatchMeta(numVis, labelNames, mean, firstBatchCases));
    }

    private byte[] transposed(byte[] images, int cases) {
        byte[] columns = new byte[images.length];
        for (int first = 0; first < cases; first += CASES_AT_ONCE) {
            int last = Math.min(first + CASES_AT_ONCE, cases);
            for (int row = 0; row < numVis; row++) {
                for (int imageCase = first; imageCase < last; imageCase++) {
                    columns[row * cases + imageCase] = images[imageCase * numVis + row];
                }
            }
        }
        return columns;
    }
}
