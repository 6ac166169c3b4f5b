package org.cudaconvnet.engine.data;

import java.util.List;
import org.cudaconvnet.engine.InputException;

/** Epoch and place in a batch range; the epoch grows where the range wraps. */
final class BatchPosition {
    private final List<Integer> range;
    private int epoch = 1;
    private int index;

    BatchPosition(List<Integer> range) {
        if (range.isEmpty()) {
            throw new InputException("empty batch range, expected at least one batch number");
        }
        this.range = List.copyOf(range);
    }

    List<Integer> range() {
        return range;
    }

    int epoch() {
        return epoch;
    }

    int batchNumber() {
        return range.get(index);
    }

    void seek(int newEpoch, int batchNumber) {
        if (newEpoch < 1 || !range.contains(batchNumber)) {
            throw new InputException("position " + newEpoch + "." + batchNumber + ", expected an epoch from 1 and a batch of " + range);
        }
        epoch = newEpoch;
        index = range.indexOf(batchNumber);
    }

    void advance() {
        index++;
        if (index == range.size()) {
            index = 0;
            epoch++;
        }
    }
}
