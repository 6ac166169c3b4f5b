package org.cudaconvnet.engine.recipe;

import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.train.TrainingListener;

/** Ends a run after some training batches. */
final class PowerCut implements TrainingListener {
    static final class Event extends RuntimeException {
    }

    private int batchesLeft;

    PowerCut(int batches) {
        batchesLeft = batches;
    }

    @Override
    public void batchDone(int epoch, int batchNumber, Cost perCase, double seconds) {
        if (--batchesLeft <= 0) {
            throw new Event();
        }
    }
}
