package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.cudaconvnet.kernels.bench.MathAccuracy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code convnet bench math}. */
@Command(name = "math",
        description = "Tries the portable exp, log, tanh, sin and cos on every binary32 argument; exit code 1 if one is more than 2 ulp off.",
        footer = {"", "Example:", "  convnet bench math"})
final class BenchMathCommand implements Callable<Integer> {
    private static final double LIMIT = 2;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<MathAccuracy.Worst> results = measure();
        PrintWriter out = spec.commandLine().getOut();
        for (MathAccuracy.Worst worst : results) {
            out.printf(Locale.ROOT, "%-5s largest error %.3f ulp at %a (%g), %d arguments%n", worst.function().name().toLowerCase(Locale.ROOT),
                    worst.ulp(), worst.argument(), worst.argument(), worst.arguments());
        }
        out.flush();
        return results.stream().allMatch(worst -> worst.ulp() <= LIMIT) ? 0 : 1;
    }

    private static List<MathAccuracy.Worst> measure() {
        if (!Terminal.isInteractive()) {
            return MathAccuracy.exhaustive(done -> { });
        }
        long pieces = (long) MathAccuracy.PIECES * MathAccuracy.Function.values().length;
        try (ProgressBar bar = new ProgressBarBuilder().setTaskName("arguments").setInitialMax(pieces).clearDisplayOnFinish().build()) {
            return MathAccuracy.exhaustive(bar::stepTo);
        }
    }
}
