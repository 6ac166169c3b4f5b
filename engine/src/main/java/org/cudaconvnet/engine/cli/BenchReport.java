package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cudaconvnet.engine.layers.Net.Step;
import org.cudaconvnet.engine.train.NetBenchmark;
import org.cudaconvnet.engine.train.OperationBenchmark;

/**
 * The tables of {@code convnet bench}.
 *
 * @param peak of the device in 10^9 floating-point operations per second, 0 if unknown
 */
record BenchReport(String device, double peak, int minibatchSize, PrintWriter out) {
    void printDevice() {
        out.printf(Locale.ROOT, "%s, mini-batch of %d%n", device, minibatchSize);
        out.println(peak == 0 ? "binary32 peak unknown" : String.format(Locale.ROOT, "binary32 peak %.0f GF/s", peak));
        out.flush();
    }

    void printNet(String net) {
        out.printf("%n%s%n", net);
        out.flush();
    }

    void printNotMeasured(String reason) {
        out.printf("images/s not measured: %s%n", reason);
        out.flush();
    }

    void printLayers(NetBenchmark.Result result) {
        out.printf("%-20s %12s %12s %12s   ms per mini-batch%n", "layer", "forward", "backward", "update");
        result.milliseconds().forEach((layer, steps) -> out.printf(Locale.ROOT, "%-20s %12.3f %12.3f %12.3f%n", layer,
                steps.get(Step.FORWARD), steps.get(Step.BACKWARD), steps.get(Step.UPDATE)));
        out.printf(Locale.ROOT, "%-20s %12.3f %12.3f %12.3f%n", "net", result.total(Step.FORWARD), result.total(Step.BACKWARD),
                result.total(Step.UPDATE));
        out.printf(Locale.ROOT, "%.0f images/s trained, %.0f images/s forward only; %d mini-batches%n", result.imagesPerSecond(),
                minibatchSize / result.total(Step.FORWARD) * 1000, result.minibatches());
        PeakMemory.bytes().ifPresent(bytes -> out.printf(Locale.ROOT, "%.2f GB peak memory of this process%n", bytes / 1e9));
        out.flush();
    }

    Map<String, Object> figures(NetBenchmark.Result result) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("imagesPerSecond", result.imagesPerSecond());
        List.of(Step.values()).forEach(step -> figures.put("milliseconds" + step, result.total(step)));
        figures.put("millisecondsPerMinibatch", result.milliseconds());
        return figures;
    }

    void printOperationTitles() {
        out.printf("%-24s %12s %10s %9s   layers%n", "operation", "ms", "GF/s", "of peak");
        out.flush();
    }

    void printOperation(OperationBenchmark.Result result) {
        out.printf(Locale.ROOT, "%-24s %12.3f %10.1f %9s   %s%n", result.operation(), result.milliseconds(), result.gigaflops(),
                peak == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * result.gigaflops() / peak), String.join(", ", result.layers()));
        out.flush();
    }
}
