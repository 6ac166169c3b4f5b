package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.bench.EmulatorBenchmark;
import org.cudaconvnet.kernels.gpu.driver.emulator.LaunchRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convnet bench emulator}. */
@Command(name = "emulator",
        description = {"Measures how many instructions of GPU threads the PTX emulator executes per second, in the tiled convolutions and the "
                + "matrix product.", "With several threads it also measures one, for the speedup."},
        footer = {"", "Example:", "  convnet bench emulator --threads=1 --json=emulator.json"})
final class BenchEmulatorCommand implements Callable<Integer> {
    @Option(names = "--mini", paramLabel = "N", defaultValue = "128", description = "Minibatch size (${DEFAULT-VALUE})")
    private int minibatchSize;

    @Option(names = "--repetitions", paramLabel = "N", defaultValue = "5",
            description = "Timed runs per operation, after as many to warm up (${DEFAULT-VALUE})")
    private int repetitions;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        InputException.requireAtLeast(1, minibatchSize, "--mini");
        InputException.requireAtLeast(1, repetitions, "--repetitions");
        List<EmulatorBenchmark.Result> results = measure(new EmulatorBenchmark(threads.threads(), minibatchSize, repetitions));
        PrintWriter out = spec.commandLine().getOut();
        out.printf("PTX emulator, %d threads, mini-batch of %d; instructions times GPU threads, in 10^9%n", threads.threads(), minibatchSize);
        out.printf("%-16s %-14s %-28s %8s %10s %12s %10s %9s %8s%n", "layer", "operation", "kernel", "launches", "ms each", "instructions",
                "per second", "and core", "speedup");
        results.forEach(result -> out.printf(Locale.ROOT, "%-16s %-14s %-28s %8d %10.2f %12.3f %10.2f %9.2f %8.2f%n", result.layer(),
                result.operation(), kernels(result), result.launches().size(), result.millisecondsPerLaunch(),
                result.laneInstructions() * 1e-9, result.gigaLaneInstructions(), result.gigaPerCore(), result.speedup()));
        out.flush();
        json.write(results);
        return 0;
    }

    private static String kernels(EmulatorBenchmark.Result result) {
        return result.launches().stream().map(LaunchRecord::kernel).distinct().collect(Collectors.joining(" "));
    }

    private static List<EmulatorBenchmark.Result> measure(EmulatorBenchmark benchmark) {
        if (!Terminal.isInteractive()) {
            return benchmark.run(done -> { });
        }
        try (ProgressBar bar = new ProgressBarBuilder().setTaskName("operations").setInitialMax(benchmark.operations())
                .clearDisplayOnFinish().build()) {
            return benchmark.run(bar::stepTo);
        }
    }
}
