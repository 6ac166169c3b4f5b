package org.cudaconvnet.engine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;
import org.cudaconvnet.kernels.bench.ConvBenchmark;
import org.cudaconvnet.kernels.bench.ConvLayer;
import org.cudaconvnet.kernels.cpu.FmaPeak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convnet bench conv}. */
@Command(name = "conv",
        description = "Times the three convolution operations of the layers of cifar-80sec, and with --alexnet of AlexNet.")
final class BenchConvCommand implements Callable<Integer> {
    @Option(names = "--alexnet", description = "Also the layers of AlexNet")
    private boolean alexnet;

    @Option(names = "--mini", paramLabel = "N", defaultValue = "128", description = "Minibatch size (${DEFAULT-VALUE})")
    private int minibatchSize;

    @Option(names = "--repetitions", paramLabel = "N", defaultValue = "20", description = "Timed runs per operation (${DEFAULT-VALUE})")
    private int repetitions;

    @Option(names = "--device", paramLabel = "NAME", defaultValue = "cpu:0", description = "Device that computes (${DEFAULT-VALUE})")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of a CPU device (all cores)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON")
    private Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<ConvLayer> layers = new ArrayList<>(ConvLayer.CIFAR_80SEC);
        if (alexnet) {
            layers.addAll(ConvLayer.ALEXNET);
        }
        try (Backend backend = Devices.open(device, threads, Set.of())) {
            List<ConvBenchmark.Result> results = new ConvBenchmark(backend, minibatchSize, repetitions).run(layers);
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%s: %s, mini-batch of %d%n", backend.name(), backend.description(), minibatchSize);
            double peak = FmaPeak.gigaflops(threads);
            out.printf(Locale.ROOT, "peak of fma on %d threads: %.1f GF/s%n", threads, peak);
            out.printf("%-16s %-12s %12s %10s %10s%n", "layer", "operation", "ms", "GF/s", "of peak");
            results.forEach(result -> out.printf(Locale.ROOT, "%-16s %-12s %12.3f %10.1f %9.0f%%%n", result.layer(), result.operation(),
                    result.milliseconds(), result.gigaflops(), 100 * result.shareOf(peak)));
            out.flush();
            if (json != null) {
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results);
            }
        }
        return 0;
    }
}
