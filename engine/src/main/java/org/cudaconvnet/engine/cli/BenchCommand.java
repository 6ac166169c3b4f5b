package org.cudaconvnet.engine.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.NetDefinition;
import org.cudaconvnet.engine.config.Nets;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.engine.train.NetBenchmark;
import org.cudaconvnet.engine.train.OperationBenchmark;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;
import org.cudaconvnet.kernels.bench.Fp32Peak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convnet bench}: how fast a whole net is, and each of its expensive operations. */
@Command(name = "bench",
        description = {"Measures on random images how many per second a net trains on, the time of every layer, and the speed of its operations.",
            "Operations are convolutions, products, poolings and normalisations; their speed is given with its share of the device's binary32 peak."},
        subcommands = {BenchConvCommand.class, BenchEmulatorCommand.class, BenchMathCommand.class},
        footer = {"", "Examples:", "  convnet bench --device=cuda:0 --json=bench.json", "  convnet bench cifar-80sec",
                "  convnet bench alexnet-145 --part=operations",
                "  convnet bench net.cfg --layer-params=params.cfg --input=3x24x24"})
final class BenchCommand implements Callable<Integer> {
    private static final List<String> DEFAULT_NETS = List.of("cifar-80sec", "alexnet-145");
    /** There are many operations in a net. */
    private static final double SHARE_OF_OPERATION = 0.05;

    private enum Part { all, net, operations }

    @Parameters(arity = "0..1", paramLabel = "NET", description = "A bundled net or a layer definition file (default: cifar-80sec, alexnet-145)")
    private String definition;

    @Option(names = "--layer-params", paramLabel = "FILE", description = "Layer parameter file (default: the bundled net's)")
    private Path layerParams;

    @Option(names = "--part", paramLabel = "PART", defaultValue = "all", description = "Only ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private Part part;

    @Option(names = "--input", paramLabel = "CxHxW", description = "Shape of the images (default: the bundled net's, else 3x32x32)")
    private String input;

    @Option(names = "--classes", paramLabel = "N", description = "Number of classes (default: the bundled net's, else 10)")
    private Integer classes;

    @Option(names = "--mini", paramLabel = "N", defaultValue = "128", description = "Minibatch size (${DEFAULT-VALUE})")
    private int minibatchSize;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "10", description =
        "How long to warm up, to measure the net and to measure its layers (${DEFAULT-VALUE}); "
        + "each operation is warmed up and measured for a twentieth of it.")
    private double seconds;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        InputException.requireAtLeast(1, minibatchSize, "--mini");
        if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new InputException("--seconds=" + seconds + ", expected a number greater than 0");
        }
        if (definition != null && layerParams == null && !NetDefinition.isBundled(definition)) {
            throw new ParameterException(spec.commandLine(), "expected one of " + Nets.names() + ", or a definition file and --layer-params");
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        List<Object> nets = new ArrayList<>();
        // Operations run on a single device, the first.
        try (Backend backend = Devices.open(DeviceGroup.names(device.device()).get(0), device.threads(), Set.of())) {
            BenchReport report = new BenchReport(backend.name() + ": " + backend.description(), Fp32Peak.gigaflops(backend), minibatchSize,
                    spec.commandLine().getOut());
            figures.put("device", backend.name());
            figures.put("facts", backend.facts());
            figures.put("peakGigaflops", report.peak());
            figures.put("minibatch", minibatchSize);
            figures.put("nets", nets);
            report.printDevice();
            for (String net : definition == null ? DEFAULT_NETS : List.of(definition)) {
                nets.add(measure(net, backend, report));
            }
        }
        PeakMemory.bytes().ifPresent(bytes -> figures.put("peakMemoryBytes", bytes));
        json.write(figures);
        return 0;
    }

    private Map<String, Object> measure(String net, Backend backend, BenchReport report) {
        NetDefinition named = NetDefinition.of(net);
        ConfigFile params = layerParams == null ? Nets.params(net) : ConfigFile.read(layerParams);
        String images = input != null ? input : named.input();
        int labels = classes != null ? classes : named.classes();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("net", net);
        report.printNet(net);
        if (part != Part.operations) {
            try {
                NetBenchmark.Result result = new NetBenchmark(named.layers(), params, images, labels, minibatchSize, device.device(),
                        device.threads()).run(seconds);
                report.printLayers(result);
                figures.putAll(report.figures(result));
            } catch (InputException e) {
                if (definition != null) {
                    throw e;
                }
                // A net for one device cannot be trained on two, but its operations can be measured all the same.
                report.printNotMeasured(e.getMessage());
                figures.put("notMeasured", e.getMessage());
            }
        }
        if (part != Part.net) {
            ParseContext context = ParseContext.withoutWeights(List.of(NetBenchmark.units(images), 1), labels);
            List<LayerDict> layers = LayerParser.parseDefinition(named.layers(), context.withNumGpus(LayerParser.numGpus(named.layers())));
            List<OperationBenchmark.Result> results = new ArrayList<>();
            report.printOperationTitles();
            new OperationBenchmark(backend, minibatchSize, seconds * SHARE_OF_OPERATION).run(layers, result -> {
                report.printOperation(result);
                results.add(result);
            });
            figures.put("operations", results);
        }
        return figures;
    }
}
