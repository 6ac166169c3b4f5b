package org.cudaconvnet.engine.cli;

import java.util.concurrent.Callable;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.train.ModelOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convnet check-grads}. */
@Command(name = "check-grads", abbreviateSynopsis = true,
        description = "Compares the gradients of all weights with finite differences on one mini-batch; exit code 1 if any fails. An error "
            + "that falls with --step is one of the difference: inputs of hundreds, as of rgb2lab, bend the costs within a step.",
        footer = {"", "Examples:",
                "  convnet check-grads --layer-def=net.cfg --layer-params=net-params.cfg \\",
                "      --data-provider=dummy-cn-432 --mini=16"})
final class CheckGradsCommand implements Callable<Integer> {
    @Mixin
    private final ModelOptions given = new ModelOptions();

    @Option(names = "--step", paramLabel = "H", description = "Step of all matrices (default: the original's, 0.1 for fc weights, 0.01 for "
            + "fc biases, 0.001 and 0.002 for conv and local)")
    private Float step;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (step != null && !(step > 0 && step < Float.POSITIVE_INFINITY)) {
            throw new InputException("--step=" + step + ", expected a number greater than 0");
        }
        given.checkGrads = true;
        return new Run(given, spec.commandLine().getOut()).run(step);
    }
}
