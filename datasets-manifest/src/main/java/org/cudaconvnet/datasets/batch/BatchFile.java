package org.cudaconvnet.datasets.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.NumpyPickle;

/**
 * One batch of labelled images as the original's CIFAR providers define it (spec: data-formats.md section 4).
 *
 * @param data   num_vis x cases, one image per column, unsigned bytes or finite floating numbers
 * @param labels one class index per case
 */
public record BatchFile(NumpyArray data, int[] labels) {

    public int cases() {
        return labels.length;
    }

    /** Reads a batch whose data may be split by rows into several files; labels are those of the first. */
    static BatchFile read(List<Path> parts, BatchMeta meta) {
        NumpyArray[] data = new NumpyArray[parts.size()];
        int[] labels = null;
        int rows = 0;
        for (int i = 0; i < data.length; i++) {
            Dictionary dictionary = Dictionary.read(parts.get(i));
            data[i] = dictionary.array("data");
            labels = i == 0 ? dictionary.integers("labels") : labels;
            checkData(parts.get(i), data[i]);
            int cols = data[i].shape()[1];
            if (i > 0 && cols != data[0].shape()[1]) {
                throw new DatasetException(parts.get(i) + ": data of " + cols + " columns, expected " + data[0].shape()[1] + " as in "
                        + parts.get(0).getFileName());
            }
            rows += data[i].shape()[0];
        }
        Path file = parts.get(0);
        int cols = data[0].shape()[1];
        if (rows != meta.numVis() || cols != labels.length) {
            throw new DatasetException(file + ": data is " + rows + " x " + cols + ", expected " + meta.numVis() + " x " + labels.length
                    + ": a row for each of num_vis in " + BatchMeta.FILE_NAME + ", a column for each label");
        }
        checkLabels(file, labels, meta.labelNames().size());
        return new BatchFile(data.length == 1 ? data[0] : stack(data, rows, labels.length), labels);
    }

    /** Writes a batch of unsigned bytes. */
    static void write(byte[] pixels, int[] labels, OutputStream out) throws IOException {
        Map<String, Object> dictionary = new LinkedHashMap<>();
        dictionary.put("data", NumpyArray.of("|u1", new int[] {pixels.length / labels.length, labels.length}, false, pixels));
        dictionary.put("labels", Arrays.stream(labels).boxed().toList());
        NumpyPickle.write(dictionary, out);
    }

    private static void checkData(Path file, NumpyArray data) {
        int[] shape = data.shape();
        boolean bytes = data.dtype().equals("|u1");
        if (shape.length != 2 || !bytes && !data.isFloating()) {
            throw new DatasetException(file + ": data is an " + data + ", expected unsigned bytes, num_vis x cases");
        }
        if (bytes) {
            return;
        }
        float[] values = data.floats();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new DatasetException(file + ": data holds " + values[i] + " in row " + i / shape[1] + " of case " + i % shape[1]
                        + ", expected finite numbers");
            }
        }
    }

    private static void checkLabels(Path file, int[] labels, int classes) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new DatasetException(file + ": label " + labels[i] + " of case " + i + ", expected 0 to " + (classes - 1));
            }
        }
        if (labels.length == 0) {
            throw new DatasetException(file + ": no cases, expected at least one");
        }
    }

    private static NumpyArray stack(NumpyArray[] parts, int rows, int cases) {
        boolean bytes = Arrays.stream(parts).allMatch(part -> part.dtype().equals("|u1"));
        if (bytes) {
            ByteBuffer stacked = ByteBuffer.allocate(rows * cases);
            Arrays.stream(parts).forEach(part -> stacked.put(part.bytes()));
            return NumpyArray.of("|u1", new int[] {rows, cases}, false, stacked.array());
        }
        float[] stacked = new float[rows * cases];
        int offset = 0;
        for (NumpyArray part : parts) {
            System.arraycopy(part.floats(), 0, stacked, offset, part.size());
            offset += part.size();
        }
        return NumpyArray.ofFloats(stacked, rows, cases);
    }
}
