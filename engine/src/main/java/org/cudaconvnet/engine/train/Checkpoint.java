package org.cudaconvnet.engine.train;

import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.layers.Cost;

/**
 * The state of a run after a trained batch, enough to go on with the same bits (spec: checkpoints.md section 3).
 *
 * @param layers       dictionaries with weights and increments
 * @param progress     everything else
 */
public record Checkpoint(List<LayerDict> layers, Progress progress) {

    /**
     * @param options            the run's options, defaults filled in
     * @param epoch              epoch of the last trained batch
     * @param batchNumber        its number
     * @param trainOutputs       averages per case of every trained batch
     * @param testOutputs        averages per case of every test
     * @param random             generator after the last trained batch was drawn, before the next one is; null like the next three
     *                           if the run was saved by the original, which stores none of them
     * @param test               where the test provider stands
     * @param layerDefDigest     SHA-256 of the definition file that the net was made from
     * @param layerParamsDigest  SHA-256 of the parameter file
     * @param pendingPasses      mini-batches since the last update of the weights
     */
    public record Progress(ModelOptions options, int epoch, int batchNumber, List<Cost> trainOutputs, List<Cost> testOutputs,
                           RandomState.State random, TestPosition test, String layerDefDigest, String layerParamsDigest,
                           int pendingPasses) {
    }

    /** Next test batch and the generator of the test provider. */
    public record TestPosition(int epoch, int batchNumber, RandomState.State random) {
    }
}
