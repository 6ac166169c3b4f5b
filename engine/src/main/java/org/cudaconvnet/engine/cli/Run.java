package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.layers.GradientCheck;
import org.cudaconvnet.engine.train.ConvNet;
import org.cudaconvnet.engine.train.ModelOptions;
import org.cudaconvnet.engine.train.ProviderSource;

/** What the options of convnet.py ask for, reported on a console; the methods return exit codes. */
final class Run {
    private static final int GOOD = 0;
    private static final int CHECK_FAILED = 1;

    private final ModelOptions given;
    private final PrintWriter out;

    Run(ModelOptions given, PrintWriter out) {
        this.given = given;
        this.out = out;
    }

    /** @param step of a gradient check; null for the original's */
    int run(Float step) {
        try (ConvNet convNet = new ConvNet(given, ProviderSource.NAMED)) {
            ConsoleReport report = new ConsoleReport(out, Terminal.isInteractive());
            ModelOptions options = convNet.options();
            boolean trains = !options.testOnly && !options.checkGrads;
            report.header(options, trains ? convNet.checkpointDirectory() : null);
            if (options.checkGrads) {
                return checkGradients(convNet, step);
            }
            if (options.testOnly) {
                Cost perCase = convNet.test(report).perCase();
                report.testResult(perCase, convNet.magnitudes());
                return GOOD;
            }
            convNet.train(report);
            return GOOD;
        }
    }

    private int checkGradients(ConvNet convNet, Float step) {
        List<GradientCheck.Result> results = convNet.checkGradients(step);
        out.printf("%-20s %-12s %9s %8s %13s %13s %14s%n", "layer", "matrix", "elements", "step", "|numeric|", "|analytic|",
                "relative error");
        for (GradientCheck.Result result : results) {
            out.printf(Locale.ROOT, "%-20s %-12s %9d %8.4g %13.6e %13.6e %14.6e %s%n", result.layer(), result.matrix(), result.elements(),
                    result.step(), result.numericNorm(), result.analyticNorm(), result.relativeError(), result.passed() ? "ok" : "FAILED");
        }
        long failed = results.stream().filter(result -> !result.passed()).count();
        out.printf("%d of %d matrices failed (relative error of %s or more)%n", failed, results.size(), GradientCheck.THRESHOLD);
        out.flush();
        return failed == 0 ? GOOD : CHECK_FAILED;
    }
}
