package org.cudaconvnet.engine.recipe;

import java.util.List;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.batch.BatchMeta;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.train.BatchRange;

/**
 * The training and validation batches of an ImageNet-like set, told by the numbers that the original gave them (spec: data-formats.md
 * section 7).
 *
 * @param classes number of classes of the set
 */
record PhotoBatches(BatchRange train, BatchRange validation, int classes) {
    private static final BatchRange TRAIN = new BatchRange(1, 1999);
    private static final BatchRange VALIDATION = new BatchRange(2000, 2999);
    private static final int CHANNELS = 3;
    /** The nets' cost counts the cases whose class is among the five most probable. */
    private static final int FEWEST_CLASSES = 5;

    /** @throws InputException unless the folder holds JPEG batches of images of the recipe's size */
    static PhotoBatches of(BatchDirectory directory, Recipe.Photos photos) {
        int side = photos.side();
        String expected = ", expected JPEG batches of images of " + side + " x " + side + " pixels (datasets convert PHOTOS DIR --jpeg="
                + side + ")";
        if (!directory.holdsJpegs()) {
            throw new InputException(directory.path() + ": batches of pixels" + expected);
        }
        BatchMeta meta = directory.meta();
        if (meta.numVis() != CHANNELS * side * side) {
            throw new InputException(directory.path() + ": images of " + meta.numVis() + " values" + expected);
        }
        int classes = meta.labelNames().size();
        if (classes < FEWEST_CLASSES) {
            throw new InputException(directory.path() + ": " + classes + " classes, expected at least " + FEWEST_CLASSES);
        }
        return new PhotoBatches(within(TRAIN, directory, "training"), within(VALIDATION, directory, "validation"), classes);
    }

    private static BatchRange within(BatchRange limits, BatchDirectory directory, String purpose) {
        List<Integer> numbers = directory.batchNumbers().stream()
                .filter(number -> number >= limits.first() && number <= limits.last()).toList();
        if (numbers.isEmpty()) {
            throw new InputException(directory.path() + ": no " + purpose + " batches, expected some of data_batch_" + limits.first() + " to "
                    + limits.last());
        }
        BatchRange range = new BatchRange(numbers.get(0), numbers.get(numbers.size() - 1));
        List<Integer> missing = range.numbers().stream().filter(number -> !numbers.contains(number)).toList();
        if (!missing.isEmpty()) {
            throw new InputException(directory.path() + ": no data_batch_" + missing.get(0) + ", expected all " + purpose + " batches from "
                    + range.first() + " to " + range.last());
        }
        return range;
    }
}
