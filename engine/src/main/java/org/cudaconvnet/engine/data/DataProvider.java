package org.cudaconvnet.engine.data;

import java.util.List;
import org.cudaconvnet.engine.config.DataMatrix;

/** Delivers data batches in the original's order (spec: data-formats.md sections 2 and 4). Index k of a batch's matrices is dataIdx k. */
public interface DataProvider {
    /**
     * One batch.
     *
     * @param matrices (dimension x cases) row-major, one case per column; valid until the call of nextBatch after next
     */
    record Batch(int epoch, int batchNumber, List<? extends DataMatrix> matrices) {
        public int cases() {
            return matrices.get(0).cols();
        }
    }

    /** The batch at the current position; then advances, wrapping to the next epoch at the end of the range. */
    Batch nextBatch();

    /** Epoch of the batch that {@link #nextBatch} delivers; the first is 1. */
    int epoch();

    /** Number of the batch that {@link #nextBatch} delivers. */
    int batchNumber();

    /** Moves to a position, as a checkpoint stored it: {@link #nextBatch} delivers that batch next. */
    void seek(int epoch, int batchNumber);

    List<Integer> batchRange();

    /** Rows of matrix {@code dataIdx}. */
    int dataDims(int dataIdx);

    int numClasses();

    /** Views per case in multi-view test batches; view v occupies columns v * N to (v + 1) * N; 1 if there are none. */
    int numViews();
}
