package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.Nets;
import org.cudaconvnet.engine.layers.Net.Step;
import org.cudaconvnet.engine.train.NetBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convnet bench}: how fast a whole net is. */
@Command(name = "bench",
        description = "Measures images per second of a net on random images: forward, backward, update, and the time of every layer.",
        subcommands = {BenchConvCommand.class, BenchEmulatorCommand.class, BenchMathCommand.class},
        footer = {"", "Examples:", "  convnet bench cifar-80sec",
                "  convnet bench net.cfg --layer-params=params.cfg --input=3x24x24 --json=bench.json"})
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NET", description = "A bundled net or a layer definition file")
    private String definition;

    @Option(names = "--layer-params", paramLabel = "FILE", description = "Layer parameter file, for a definition file")
    private Path layerParams;

    @Option(names = "--input", paramLabel = "CxHxW", defaultValue = "3x32x32", description = "Shape of the images (${DEFAULT-VALUE})")
    private String input;

    @Option(names = "--classes", paramLabel = "N", defaultValue = "10", description = "Number of classes (${DEFAULT-VALUE})")
    private int classes;

    @Option(names = "--mini", paramLabel = "N", defaultValue = "128", description = "Minibatch size (${DEFAULT-VALUE})")
    private int minibatchSize;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "10",
            description = "How long to measure, after as long to warm up (${DEFAULT-VALUE})")
    private double seconds;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean bundled = layerParams == null && definition != null && Nets.names().contains(definition);
        if (!bundled && (definition == null || layerParams == null)) {
            throw new ParameterException(spec.commandLine(), "expected one of " + Nets.names() + ", or a definition file and --layer-params");
        }
        ConfigFile layerDef = bundled ? Nets.layers(definition) : ConfigFile.read(Path.of(definition));
        ConfigFile params = bundled ? Nets.params(definition) : ConfigFile.read(layerParams);
        NetBenchmark.Result result = new NetBenchmark(layerDef, params, input, classes, minibatchSize, device.device(),
                device.threads()).run(seconds);
        print(result, spec.commandLine().getOut());
        json.write(figures(result));
        return 0;
    }

    private void print(NetBenchmark.Result result, PrintWriter out) {
        out.printf(Locale.ROOT, "%s, mini-batch of %d, %d mini-batches%n", result.device(), minibatchSize, result.minibatches());
        out.printf("%-20s %12s %12s %12s   ms per mini-batch%n", "layer", "forward", "backward", "update");
        result.milliseconds().forEach((layer, steps) -> out.printf(Locale.ROOT, "%-20s %12.3f %12.3f %12.3f%n", layer,
                steps.get(Step.FORWARD), steps.get(Step.BACKWARD), steps.get(Step.UPDATE)));
        out.printf(Locale.ROOT, "%-20s %12.3f %12.3f %12.3f%n", "net", result.total(Step.FORWARD), result.total(Step.BACKWARD),
                result.total(Step.UPDATE));
        out.printf(Locale.ROOT, "%.0f images/s trained, %.0f images/s forward only%n", result.imagesPerSecond(),
                minibatchSize / result.total(Step.FORWARD) * 1000);
        PeakMemory.bytes().ifPresent(bytes -> out.printf(Locale.ROOT, "%.2f GB peak memory of this process%n", bytes / 1e9));
        out.flush();
    }

    private Map<String, Object> figures(NetBenchmark.Result result) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("device", result.device());
        figures.put("minibatch", minibatchSize);
        figures.put("imagesPerSecond", result.imagesPerSecond());
        figures.put("millisecondsPerMinibatch", result.milliseconds());
        PeakMemory.bytes().ifPresent(bytes -> figures.put("peakMemoryBytes", bytes));
        List.of(Step.values()).forEach(step -> figures.put("milliseconds" + step, result.total(step)));
        return figures;
    }
}
