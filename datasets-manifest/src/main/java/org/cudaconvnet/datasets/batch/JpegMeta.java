package org.cudaconvnet.datasets.batch;

import java.nio.file.Path;
import java.util.Map;
import org.cudaconvnet.datasets.DatasetException;

/**
 * What {@code batches.meta} says of JPEG batches beyond {@link BatchMeta} (spec: data-formats.md sections 1 and 5.1).
 *
 * @param batchSize   most images in one batch file
 * @param labelOffset added to stored labels
 * @param noCrop      images are smaller than the stored size in one direction and are centred on a canvas
 * @param colorPca    null if the data set has none; colour noise is impossible then
 */
public record JpegMeta(int batchSize, int labelOffset, boolean noCrop, ColorPca colorPca) {
    private static final String BATCH_SIZE = "batch_size";

    static boolean isIn(Dictionary dictionary) {
        return dictionary.has(BATCH_SIZE);
    }

    static JpegMeta of(Dictionary dictionary, Path file) {
        int batchSize = dictionary.integer(BATCH_SIZE);
        if (batchSize < 1) {
            throw new DatasetException(file + ": " + BATCH_SIZE + " " + batchSize + ", expected at least 1");
        }
        return new JpegMeta(batchSize, dictionary.has("label_offset") ? dictionary.integer("label_offset") : 0,
                dictionary.has("no_crop") && dictionary.truth("no_crop"),
                dictionary.has("color_pca") ? ColorPca.of(dictionary.any("color_pca"), file) : null);
    }

    void addTo(Map<String, Object> dictionary) {
        dictionary.put(BATCH_SIZE, batchSize);
        dictionary.put("label_offset", labelOffset);
        dictionary.put("no_crop", noCrop);
        if (colorPca != null) {
            dictionary.put("color_pca", colorPca.asPair());
        }
    }
}
