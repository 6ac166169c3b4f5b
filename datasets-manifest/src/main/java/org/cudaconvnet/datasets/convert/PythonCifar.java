package org.cudaconvnet.datasets.convert;

import java.util.Arrays;
import java.util.List;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.archive.Entries;
import org.cudaconvnet.datasets.archive.Entry;
import org.cudaconvnet.datasets.batch.BatchDirectoryWriter;
import org.cudaconvnet.datasets.batch.BatchMeta;
import org.cudaconvnet.datasets.batch.Dictionary;
import org.cudaconvnet.datasets.numpy.NumpyArray;

/** CIFAR-10's python version: pickled dictionaries with one image per row of {@code data} (spec: data-formats.md section 4). */
final class PythonCifar {
    private static final CifarNames NAMES = new CifarNames("");

    private final Entries entries;
    private final int trainBatches;
    private BatchAssembly assembly;
    private int numVis;
    private int casesDone;
    private List<String> labelNames;

    PythonCifar(Entries entries, List<String> names) {
        this.entries = entries;
        this.trainBatches = NAMES.checkComplete(entries.source(), names, BatchMeta.FILE_NAME);
    }

    static boolean isTrainingBatch(String entry) {
        return NAMES.isTrainingBatch(entry);
    }

    void convert(BatchDirectoryWriter writer, Conversion.Progress progress) {
        entries.forEach(entry -> {
            if (CifarNames.fileName(entry.name()).equals(BatchMeta.FILE_NAME)) {
                labelNames = dictionary(entry).list("label_names").stream().map(String::valueOf).toList();
            } else if (NAMES.isTrainingBatch(entry.name()) || NAMES.isTestBatch(entry.name())) {
                convertBatch(entry, writer, progress);
            }
        });
        assembly.finish(labelNames, entries.source());
    }

    private void convertBatch(Entry entry, BatchDirectoryWriter writer, Conversion.Progress progress) {
        Dictionary dictionary = dictionary(entry);
        NumpyArray data = dictionary.array("data");
        int[] labels = dictionary.integers("labels");
        int[] shape = data.shape();
        if (assembly == null && shape.length == 2) {
            numVis = shape[1];
            assembly = new BatchAssembly(writer, numVis);
        }
        if (!data.dtype().equals("|u1") || labels.length == 0 || !Arrays.equals(shape, new int[] {labels.length, numVis})) {
            throw new DatasetException(place(entry) + ": data is an " + data + ", expected unsigned bytes with a row for each of "
                    + labels.length + " labels and " + numVis + " columns");
        }
        if (NAMES.isTestBatch(entry.name())) {
            assembly.addTestBatch(trainBatches + 1, data.bytes(), labels);
        } else {
            assembly.addTrainingBatch(NAMES.trainingNumber(entry.name()).getAsInt(), data.bytes(), labels);
        }
        casesDone += labels.length;
        progress.images(casesDone, Math.max(casesDone, labels.length * (trainBatches + 1)));
    }

    private Dictionary dictionary(Entry entry) {
        return Dictionary.read(entry.content(), place(entry));
    }

    private String place(Entry entry) {
        return entries.source() + ": entry " + entry.name();
    }
}
