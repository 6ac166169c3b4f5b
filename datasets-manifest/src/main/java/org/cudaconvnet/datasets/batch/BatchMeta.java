package org.cudaconvnet.datasets.batch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.numpy.NumpyArray;

/**
 * What {@code batches.meta} says of all batches of a directory (spec: data-formats.md section 1).
 *
 * @param numVis           values per image; images are channel-major: planes of red, green, blue, each row by row
 * @param labelNames       names of the classes; a label is an index into it
 * @param dataMean         mean training image, numVis values
 * @param numCasesPerBatch images in one batch, for information only; 0 if unknown
 */
public record BatchMeta(int numVis, List<String> labelNames, float[] dataMean, int numCasesPerBatch) {
    public static final String FILE_NAME = "batches.meta";

    public BatchMeta {
        labelNames = List.copyOf(labelNames);
        if (dataMean.length != numVis) {
            throw new IllegalArgumentException("data_mean of " + dataMean.length + " values, expected " + numVis);
        }
    }

    /** The meta data in the dictionary that {@code file} held. */
    static BatchMeta of(Dictionary dictionary, Path file) {
        int numVis = dictionary.integer("num_vis");
        List<String> labelNames = dictionary.list("label_names").stream().map(String::valueOf).toList();
        float[] dataMean = dictionary.array("data_mean").floats();
        if (numVis <= 0 || dataMean.length != numVis) {
            throw new DatasetException(file + ": data_mean of " + dataMean.length + " values, expected " + numVis + " as num_vis says");
        }
        for (int i = 0; i < numVis; i++) {
            if (!Float.isFinite(dataMean[i])) {
                throw new DatasetException(file + ": data_mean holds " + dataMean[i] + " at " + i + ", expected finite numbers");
            }
        }
        int numCasesPerBatch = dictionary.has("num_cases_per_batch") ? dictionary.integer("num_cases_per_batch") : 0;
        return new BatchMeta(numVis, labelNames, dataMean, numCasesPerBatch);
    }

    Map<String, Object> asDictionary() {
        Map<String, Object> dictionary = new LinkedHashMap<>();
        dictionary.put("num_cases_per_batch", numCasesPerBatch);
        dictionary.put("label_names", labelNames);
        dictionary.put("num_vis", numVis);
        dictionary.put("data_mean", NumpyArray.ofFloats(dataMean, numVis, 1));
        return dictionary;
    }
}
