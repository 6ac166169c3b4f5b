package org.cudaconvnet.engine.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.config.Inspection;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.train.Checkpoint;
import org.cudaconvnet.engine.train.ModelOptions;

/**
 * A checkpoint without its matrices, for reports.
 *
 * @param format      npz, v1 or 2012
 * @param epoch       epoch of the last trained batch
 * @param batchNumber its number
 */
record CheckpointView(String file, String format, int epoch, int batchNumber, List<Averages> trainOutputs, List<Averages> testOutputs,
        ModelOptions options, Inspection layers) {

    /** @param costs averages per case by cost layer */
    record Averages(Map<String, double[]> costs, int cases) {
        static List<Averages> of(List<Cost> perCase) {
            return perCase.stream().map(cost -> new Averages(cost.sums(), cost.cases())).toList();
        }
    }

    static CheckpointView of(Path file, String format, Checkpoint checkpoint) {
        Checkpoint.Progress progress = checkpoint.progress();
        return new CheckpointView(file.toString(), format, progress.epoch(), progress.batchNumber(), Averages.of(progress.trainOutputs()),
                Averages.of(progress.testOutputs()), progress.options(), Inspection.of(checkpoint.layers()));
    }
}
