package org.cudaconvnet.engine.cli;

import java.util.concurrent.Callable;
import org.cudaconvnet.engine.train.ModelOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code convnet train}. */
@Command(name = "train", abbreviateSynopsis = true,
        description = "Trains a net, or goes on from a checkpoint, with the options of the original convnet.py.",
        footer = {"", "Examples:",
                "  convnet train --layer-def=net.cfg --layer-params=net-params.cfg \\",
                "      --data-provider=cifar --data-path=cifar-10 --train-range=1-5 \\",
                "      --test-range=6 --save-path=runs --test-freq=5 --epochs=10",
                "  convnet train -f runs/ConvNet__2012-07-25_12.00.00 --epochs=20"})
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private final ModelOptions given = new ModelOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new Run(given, spec.commandLine().getOut()).run(null);
    }
}
