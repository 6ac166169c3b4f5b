package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.bench.ConvBenchmark;
import org.cudaconvnet.kernels.bench.ConvLayer;
import org.cudaconvnet.kernels.bench.Fp32Peak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convnet bench conv}. */
@Command(name = "conv",
        description = "Times the three convolution operations of the layers of cifar-80sec, and with --alexnet of AlexNet.",
        footer = {"", "Example:", "  convnet bench conv --threads=1 --json=conv.json"})
final class BenchConvCommand implements Callable<Integer> {
    @Option(names = "--alexnet", description = "Also the layers of AlexNet")
    private boolean alexnet;

    @Option(names = "--mini", paramLabel = "N", defaultValue = "128", description = "Minibatch size (${DEFAULT-VALUE})")
    private int minibatchSize;

    @Option(names = "--repetitions", paramLabel = "N", defaultValue = "20", description = "Timed runs per operation (${DEFAULT-VALUE})")
    private int repetitions;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        InputException.requireAtLeast(1, minibatchSize, "--mini");
        InputException.requireAtLeast(1, repetitions, "--repetitions");
        List<ConvLayer> layers = new ArrayList<>(ConvLayer.CIFAR_80SEC);
        if (alexnet) {
            layers.addAll(ConvLayer.ALEXNET);
        }
        try (Backend backend = device.open()) {
            List<ConvBenchmark.Result> results = new ConvBenchmark(backend, minibatchSize, repetitions).run(layers);
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%s: %s, mini-batch of %d%n", backend.name(), backend.description(), minibatchSize);
            double peak = Fp32Peak.gigaflops(backend);
            out.printf(Locale.ROOT, "peak of fma: %.1f GF/s%n", peak);
            out.printf("%-16s %-12s %12s %10s %10s%n", "layer", "operation", "ms", "GF/s", "of peak");
            results.forEach(result -> out.printf(Locale.ROOT, "%-16s %-12s %12.3f %10.1f %9.0f%%%n", result.layer(), result.operation(),
                    result.milliseconds(), result.gigaflops(), 100 * result.shareOf(peak)));
            out.flush();
            json.write(results);
        }
        return 0;
    }
}
