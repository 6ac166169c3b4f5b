package org.cudaconvnet.datasets.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.numpy.NumpyPickle;

/**
 * One batch of compressed images: a pickled triple of JPEG strings, sizes before scaling, and pairs of identifier and label (spec:
 * data-formats.md section 5.1).
 *
 * @param images one JPEG file per image
 * @param labels class index of every image; 0 where the file has none, as in the contests' test sets
 */
public record JpegBatch(List<byte[]> images, int[] labels) {
    /** An image to be written: the file, its width and height before scaling, its identifier and label. */
    public record Image(byte[] jpeg, int width, int height, String identifier, int label) {
    }

    /** @throws DatasetException if the pickle has another form or a label is no class */
    static JpegBatch read(Path file, JpegMeta meta, int classes) {
        if (!(NumpyPickle.read(file) instanceof Object[] triple && triple.length == 3 && triple[0] instanceof List<?> strings
                && triple[2] instanceof List<?> pairs)) {
            throw new DatasetException(file + ": expected a pickled triple of JPEG strings, sizes and labels");
        }
        if (strings.size() != pairs.size() || strings.isEmpty() || strings.size() > meta.batchSize()) {
            throw new DatasetException(file + ": " + strings.size() + " images and " + pairs.size() + " labels, expected as many, 1 to "
                    + meta.batchSize() + " as batch_size says");
        }
        List<byte[]> images = new ArrayList<>();
        int[] labels = new int[pairs.size()];
        for (int i = 0; i < labels.length; i++) {
            images.add(bytes(strings.get(i), file, i));
            labels[i] = label(pairs.get(i), meta, classes, file, i);
        }
        return new JpegBatch(images, labels);
    }

    private static byte[] bytes(Object string, Path file, int image) {
        // A string of Python 2 is one of bytes.
        if (string instanceof String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        if (string instanceof byte[] bytes) {
            return bytes;
        }
        throw new DatasetException(file + ": image " + image + " is no string, expected a JPEG file");
    }

    private static int label(Object pair, JpegMeta meta, int classes, Path file, int image) {
        if (!(pair instanceof Object[] identified && identified.length == 2)) {
            throw new DatasetException(file + ": image " + image + ": expected a pair of identifier and label");
        }
        if (identified[1] == null) {
            return 0;
        }
        if (identified[1] instanceof Number stored) {
            int label = stored.intValue() + meta.labelOffset();
            if (label >= 0 && label < classes) {
                return label;
            }
        }
        throw new DatasetException(file + ": label " + identified[1] + " of image " + image + " with label_offset " + meta.labelOffset()
                + ", expected a class from 0 to " + (classes - 1));
    }

    static void write(List<Image> images, OutputStream out) throws IOException {
        List<Object> strings = new ArrayList<>();
        List<Object> sizes = new ArrayList<>();
        List<Object> labels = new ArrayList<>();
        for (Image image : images) {
            strings.add(image.jpeg());
            sizes.add(new Object[] {image.width(), image.height()});
            labels.add(new Object[] {image.identifier(), image.label()});
        }
        NumpyPickle.write(new Object[] {strings, sizes, labels}, out);
    }
}
