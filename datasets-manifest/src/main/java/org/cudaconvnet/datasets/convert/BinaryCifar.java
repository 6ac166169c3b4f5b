package org.cudaconvnet.datasets.convert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cudaconvnet.datasets.archive.Entries;
import org.cudaconvnet.datasets.archive.Entry;
import org.cudaconvnet.datasets.batch.BatchDirectoryWriter;

/** CIFAR-10's binary version: records of one byte of label and 3072 bytes of image, and the names of the classes as lines of text. */
final class BinaryCifar {
    private static final CifarNames NAMES = new CifarNames(".bin");
    private static final String META_NAME = "batches.meta.txt";
    private static final int NUM_VIS = 3 * 32 * 32;
    private static final int RECORD = 1 + NUM_VIS;

    private final Entries entries;
    private final int trainBatches;
    private int casesDone;
    private List<String> labelNames;

    BinaryCifar(Entries entries, List<String> names) {
        this.entries = entries;
        this.trainBatches = NAMES.checkComplete(entries.source(), names, META_NAME);
    }

    static boolean isTrainingBatch(String entry) {
        return NAMES.isTrainingBatch(entry);
    }

    void convert(BatchDirectoryWriter writer, Conversion.Progress progress) {
        BatchAssembly assembly = new BatchAssembly(writer, NUM_VIS);
        entries.forEach(entry -> {
            if (CifarNames.fileName(entry.name()).equals(META_NAME)) {
                labelNames = new String(entry.bytes(), StandardCharsets.UTF_8).lines().map(String::strip)
                        .filter(line -> !line.isEmpty()).toList();
            } else if (NAMES.isTrainingBatch(entry.name()) || NAMES.isTestBatch(entry.name())) {
                convertBatch(entry, assembly, progress);
            }
        });
        assembly.finish(labelNames, entries.source());
    }

    private void convertBatch(Entry entry, BatchAssembly assembly, Conversion.Progress progress) throws IOException {
        byte[] records = entry.bytes();
        if (records.length == 0 || records.length % RECORD != 0) {
            throw new IOException(records.length + " bytes, expected a multiple of " + RECORD);
        }
        int cases = records.length / RECORD;
        int[] labels = new int[cases];
        byte[] images = new byte[cases * NUM_VIS];
        for (int imageCase = 0; imageCase < cases; imageCase++) {
            labels[imageCase] = records[imageCase * RECORD] & 0xff;
            System.arraycopy(records, imageCase * RECORD + 1, images, imageCase * NUM_VIS, NUM_VIS);
        }
        if (NAMES.isTestBatch(entry.name())) {
            assembly.addTestBatch(trainBatches + 1, images, labels);
        } else {
            assembly.addTrainingBatch(NAMES.trainingNumber(entry.name()).getAsInt(), images, labels);
        }
        casesDone += cases;
        progress.images(casesDone, Math.max(casesDone, cases * (trainBatches + 1)));
    }
}
