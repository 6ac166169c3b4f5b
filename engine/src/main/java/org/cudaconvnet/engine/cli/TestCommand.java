package org.cudaconvnet.engine.cli;

import java.util.concurrent.Callable;
import org.cudaconvnet.engine.train.ModelOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code convnet test}. */
@Command(name = "test", abbreviateSynopsis = true,
        description = "Tests a checkpoint on the whole test range (or with --test-one=1 on its first batch).",
        footer = {"", "Examples:",
                "  convnet test -f runs/ConvNet__2012-07-25_12.00.00",
                "  convnet test -f runs/ConvNet__2012-07-25_12.00.00/10.5 --multiview-test=1 \\",
                "      --logreg-name=logprob"})
final class TestCommand implements Callable<Integer> {
    @Mixin
    private final ModelOptions given = new ModelOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        given.testOnly = true;
        given.testOne = given.testOne != null && given.testOne;
        return new Run(given, spec.commandLine().getOut()).run(null);
    }
}
