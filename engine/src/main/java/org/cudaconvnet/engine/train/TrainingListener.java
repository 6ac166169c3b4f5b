package org.cudaconvnet.engine.train;

import java.nio.file.Path;
import java.util.List;
import org.cudaconvnet.engine.layers.Cost;

/** Told about the progress of a run. */
public interface TrainingListener {
    /** A listener that ignores everything. */
    TrainingListener NONE = new TrainingListener() {
    };

    /** A training batch is about to start. {@code batchesLeft} includes it. */
    default void batchStarted(int epoch, int batchNumber, int cases, int batchesLeft) {
    }

    /** Cases of the current training batch that are done. */
    default void casesDone(int cases) {
    }

    /** A training batch is done; costs are averages per case. */
    default void batchDone(int epoch, int batchNumber, Cost perCase, double seconds) {
    }

    /** One test batch is done; costs are sums. */
    default void testBatchDone(int batchNumber, Cost sums) {
    }

    /** A test is done and saved; costs are averages per case. */
    default void tested(int epoch, int batchNumber, Cost perCase, List<Magnitude> magnitudes, Path checkpoint) {
    }
}
