package org.cudaconvnet.datasets.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.archive.Entries;
import org.cudaconvnet.datasets.batch.BatchDirectoryWriter;

/**
 * Images of one size in folders, in the order of {@link FolderOrder}: training images are split evenly into batches, test images make
 * the batch after the last. The result depends on names and pixels only, not on the order of the archive or the number of threads.
 */
final class ImageFolder {
    static final int LARGEST_FILE = 64 << 20;
    private static final int FEWEST_BATCHES = 5;
    private static final int LARGEST_BATCH = 10_000;

    private final Entries entries;
    private final FolderOrder folders;
    /** Names of all images in the order of the batch files. */
    private final List<String> order = new ArrayList<>();
    /** Where batch i + 1 begins in that order; one more for the end. */
    private final int[] begins;

    ImageFolder(Entries entries, List<String> names, Conversion.Options options) {
        this.entries = entries;
        int fewestBatches = options.trainBatches() > 0 ? options.trainBatches() : FEWEST_BATCHES;
        this.folders = new FolderOrder(entries.source(), names, fewestBatches, options.shuffleSeed());
        int trainImages = folders.train().size();
        int trainBatches = options.trainBatches() > 0 ? fewestBatches
                : Math.max(fewestBatches, (trainImages + LARGEST_BATCH - 1) / LARGEST_BATCH);
        order.addAll(folders.train());
        order.addAll(folders.test());
        begins = new int[trainBatches + 2];
        for (int batch = 0; batch <= trainBatches; batch++) {
            begins[batch] = (int) ((long) trainImages * batch / trainBatches);
        }
        begins[trainBatches + 1] = order.size();
    }

    void convert(BatchDirectoryWriter writer, Conversion.Progress progress) {
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < order.size(); place++) {
            places.put(order.get(place), place);
        }
        DecodedImages images = new DecodedImages(begins, progress);
        try (images) {
            entries.forEach(entry -> {
                Integer place = places.get(entry.name());
                if (place != null) {
                    images.decode(place, entry.bytes(LARGEST_FILE), entries.source() + ": entry " + entry.name());
                }
            });
            images.finish();
        }
        BatchAssembly assembly = new BatchAssembly(writer, images.numVis());
        int testBatch = begins.length - 1;
        for (int number = 1; number <= testBatch; number++) {
            byte[] batch = images.take(number);
            if (number < testBatch) {
                assembly.addTrainingBatch(number, batch, labels(number));
            } else {
                assembly.addTestBatch(number, batch, labels(number));
            }
        }
        assembly.finish(folders.labelNames(), entries.source());
    }

    private int[] labels(int number) {
        return order.subList(begins[number - 1], begins[number]).stream().mapToInt(folders::label).toArray();
    }
}
