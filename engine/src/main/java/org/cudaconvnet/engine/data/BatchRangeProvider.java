package org.cudaconvnet.engine.data;

import java.util.List;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.DataMatrix;

/** A provider's way through its batch range; the epoch grows where the range wraps. */
public abstract class BatchRangeProvider implements DataProvider {
    private final List<Integer> range;
    private int epoch = 1;
    private int index;

    protected BatchRangeProvider(List<Integer> range) {
        if (range.isEmpty()) {
            throw new InputException("empty batch range, expected at least one batch number");
        }
        this.range = List.copyOf(range);
    }

    /** The matrices of a batch by dataIdx. */
    protected abstract List<? extends DataMatrix> matrices(int batchNumber);

    @Override
    public final Batch nextBatch() {
        Batch next = new Batch(epoch, batchNumber(), matrices(batchNumber()));
        index++;
        if (index == range.size()) {
            index = 0;
            epoch++;
        }
        return next;
    }

    @Override
    public final int epoch() {
        return epoch;
    }

    @Override
    public final int batchNumber() {
        return range.get(index);
    }

    @Override
    public final void seek(int newEpoch, int batchNumber) {
        if (newEpoch < 1 || !range.contains(batchNumber)) {
            throw new InputException("position " + newEpoch + "." + batchNumber + ", expected an epoch from 1 and a batch of " + range);
        }
        epoch = newEpoch;
        index = range.indexOf(batchNumber);
    }

    @Override
    public final List<Integer> batchRange() {
        return range;
    }
}
