package org.cudaconvnet.golden.quickstart;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cudaconvnet.engine.ReportFile;
import org.cudaconvnet.engine.cli.DeviceOptions;
import org.cudaconvnet.engine.cli.Subcommand;
import org.cudaconvnet.engine.recipe.Recipe;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.golden.GoldenSet;
import org.cudaconvnet.golden.GoldenSets;
import org.cudaconvnet.golden.cli.GoldenCheck;
import org.cudaconvnet.golden.report.DeviceRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job with nothing but this repository: draw a data set, train, test, check golden cases, report. */
@Command(name = "quickstart",
        description = "Trains the 80sec net on a drawn data set, tests it, checks golden cases, writes an HTML report.",
        footer = {"", "Examples:", "  convnet quickstart", "  convnet quickstart --seed=2 --out=runs/second"})
public final class QuickstartCommand implements Subcommand, Callable<Integer> {
    private static final int FAILURES_SHOWN = 5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the initial weights (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private DeviceOptions device;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs/quickstart",
            description = "Where data, checkpoints and the report are written (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(names = "--golden", paramLabel = "DIR", defaultValue = "${sys:convnet.home:-.}/golden-outputs/golden-2012",
            description = "Golden sets to check (default: ${DEFAULT-VALUE}).")
    private Path golden;

    private PrintWriter out;

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        out = spec.commandLine().getOut();
        Files.createDirectories(folder);
        List<GoldenSet> sets = GoldenSets.find(golden);

        step(1, "drawing the data set");
        DrawnData data = DrawnData.in(folder);

        Recipe recipe = Recipe.named("cifar-80sec");
        step(2, "training the 80sec net, " + schedule(recipe));
        Path checkpoints = folder.resolve("checkpoints-" + time("yyyyMMdd-HHmmss"));
        TrainedNet trained = TrainedNet.train(recipe, data, checkpoints, seed, device.device(), device.threads());

        step(3, "checking the golden cases of 2012");
        DeviceRun goldenRun = GoldenCheck.run(sets, new DeviceChoice(device.device(), device.threads()), CaseFilter.ALL, spec.commandLine().getErr());

        step(4, "writing the report");
        QuickstartReport report = new QuickstartReport(time("yyyy-MM-dd HH:mm"), trained.facts(seed, goldenRun.description()),
                schedule(recipe), trained, goldenRun);
        Path file = folder.resolve("report.html");
        ReportFile.write(file, report.html().getBytes(StandardCharsets.UTF_8));

        summary(report, trained, goldenRun, file, (System.nanoTime() - start) / 1e9);
        return goldenRun.count(CaseResult.Status.FAILED) > 0 ? 1 : 0;
    }

    private void step(int number, String what) {
        out.println("[" + number + "/4] " + what);
        out.flush();
    }

    private static String time(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).format(LocalDateTime.now());
    }

    private static String schedule(Recipe recipe) {
        StringBuilder words = new StringBuilder();
        int from = 0;
        for (Recipe.Phase phase : recipe.phases()) {
            words.append(words.isEmpty() ? "" : ", then ").append(phase.until() - from).append(" epochs");
            phase.divide().forEach((parameter, divisor) -> words.append(" with ").append(parameter).append(" / ").append(divisor));
            from = phase.until();
        }
        return words.toString();
    }

    private void summary(QuickstartReport report, TrainedNet trained, DeviceRun goldenRun, Path file, double seconds) {
        long failed = goldenRun.count(CaseResult.Status.FAILED);
        goldenRun.results().stream().filter(result -> result.status() == CaseResult.Status.FAILED).limit(FAILURES_SHOWN)
                .forEach(result -> out.println("FAILED " + result.set() + "/" + result.name() + ": " + result.message()));
        if (failed > FAILURES_SHOWN) {
            out.println("... and " + (failed - FAILURES_SHOWN) + " more, see the report");
        }
        out.println();
        out.println(report.verdict());
        out.printf(Locale.ROOT, "Trained on %d images in %.0f s (%.0f images/s) on %s; all in %.0f s.%n", trained.images(), trained.seconds(),
                trained.imagesPerSecond(), goldenRun.description(), seconds);
        out.println("Report: " + file.toAbsolutePath().toUri());
    }
}
