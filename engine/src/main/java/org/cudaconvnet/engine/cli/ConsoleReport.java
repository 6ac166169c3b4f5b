package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.train.Magnitude;
import org.cudaconvnet.engine.train.ModelOptions;
import org.cudaconvnet.engine.train.TrainingListener;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Prints a run in the layout of the original (spec: command-line.md section 6), on a terminal with a progress bar per batch. */
public final class ConsoleReport implements TrainingListener {
    private static final int WIDTH = 55;
    private static final String LINE = "-".repeat(WIDTH);

    private final PrintWriter out;
    private final boolean interactive;
    private ProgressBar bar;
    private double secondsPerBatch;
    private int batchesLeft;

    public ConsoleReport(PrintWriter out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    /** All options that have a value, sorted by description; those at their default value are marked. */
    public void header(ModelOptions options, Path checkpoints) {
        CommandSpec defaults = CommandSpec.forAnnotatedObject(ModelOptions.defaults());
        CommandSpec.forAnnotatedObject(options).options().stream().filter(option -> option.getValue() != null)
                .sorted(Comparator.comparing(ConsoleReport::title)).forEach(option -> {
                    boolean isDefault = option.getValue().equals(defaults.findOption(option.longestName()).getValue());
                    out.printf(Locale.ROOT, "%-46s: %s%s%n", title(option), shown(option.getValue()), isDefault ? " [DEFAULT]" : "");
                });
        out.println("=".repeat(WIDTH));
        if (checkpoints != null) {
            out.println("Saving checkpoints to " + checkpoints);
            out.println("=".repeat(WIDTH));
        }
        out.flush();
    }

    /** The first line of an option's description is the original's, the second one ours. */
    private static String title(OptionSpec option) {
        return option.description()[0];
    }

    private static Object shown(Object value) {
        return value instanceof Boolean flag ? (flag ? "1" : "0")
                : value instanceof List<?> list ? list.stream().map(String::valueOf).collect(Collectors.joining(",")) : value;
    }

    @Override
    public void batchStarted(int epoch, int batchNumber, int cases, int left) {
        batchesLeft = left;
        if (interactive) {
            bar = new ProgressBarBuilder().setTaskName(epoch + "." + batchNumber).setInitialMax(cases).setUnit(" images", 1).showSpeed()
                    .clearDisplayOnFinish().setUpdateIntervalMillis(200).build();
            if (secondsPerBatch > 0) {
                bar.setExtraMessage(" all done in " + hoursMinutesSeconds(secondsPerBatch * batchesLeft));
            }
        } else {
            out.print(epoch + "." + batchNumber + "...");
            out.flush();
        }
    }

    private static String hoursMinutesSeconds(double seconds) {
        Duration left = Duration.ofSeconds((long) seconds);
        return String.format(Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }

    @Override
    public void casesDone(int cases) {
        if (bar != null) {
            bar.stepTo(cases);
        }
    }

    @Override
    public void batchDone(int epoch, int batchNumber, Cost perCase, double seconds) {
        secondsPerBatch = seconds;
        if (bar != null) {
            bar.close();
            bar = null;
            out.print(epoch + "." + batchNumber + "...");
        }
        out.printf(Locale.ROOT, " %s(%.3f sec)%n", costs(perCase), seconds);
        out.flush();
    }

    static String costs(Cost perCase) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, double[]> cost : perCase.sums().entrySet()) {
            text.append(cost.getKey()).append(":  ").append(DoubleStream.of(cost.getValue())
                    .mapToObj(value -> String.format(Locale.ROOT, "%6f", value)).collect(Collectors.joining(", "))).append(' ');
        }
        return text.toString();
    }

    /** The form that the original's test.py reads. */
    @Override
    public void testBatchDone(int batchNumber, Cost sums) {
        String costs = sums.sums().entrySet().stream()
                .map(cost -> "'" + cost.getKey() + "': " + DoubleStream.of(cost.getValue()).boxed().toList())
                .collect(Collectors.joining(", ", "{", "}"));
        out.println("batch " + batchNumber + ": (" + costs + ", " + sums.cases() + ")");
        out.flush();
    }

    @Override
    public void tested(int epoch, int batchNumber, Cost perCase, List<Magnitude> magnitudes, Path checkpoint) {
        testResult(perCase, magnitudes);
        out.println(LINE);
        out.println("Saved checkpoint to " + checkpoint);
        out.println("=".repeat(WIDTH));
        out.flush();
    }

    /** The block of a test: costs per case and the magnitudes of all weights. */
    public void testResult(Cost perCase, List<Magnitude> magnitudes) {
        String title = "Test output";
        int side = (WIDTH - title.length()) / 2;
        out.println("=".repeat(side) + title + "=".repeat(side));
        out.println(costs(perCase));
        out.println(LINE);
        for (Magnitude magnitude : magnitudes) {
            out.printf(Locale.ROOT, "Layer '%s' %s: %e [%e]%n", magnitude.layer(), magnitude.matrix(), magnitude.weights(),
                    magnitude.increment());
        }
        out.flush();
    }
}
