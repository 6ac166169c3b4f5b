package org.cudaconvnet.engine.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.layers.Net;
import org.cudaconvnet.engine.layers.Net.Step;
import org.cudaconvnet.engine.layers.PassType;
import org.cudaconvnet.engine.parallel.DeviceGroup;

/** Times training of a net on one mini-batch of random images and labels. */
public final class NetBenchmark {
    private static final Pattern INPUT = Pattern.compile("(\\d{1,4})x(\\d{1,4})x(\\d{1,4})");

    /**
     * @param milliseconds    median time per mini-batch of each layer's steps, the device finishing each before the next is issued
     * @param imagesPerSecond forward, backward and update together, from the median mini-batch
     */
    public record Result(String device, int minibatches, Map<String, Map<Step, Double>> milliseconds, double imagesPerSecond) {
        public double total(Step step) {
            return milliseconds.values().stream().mapToDouble(steps -> steps.get(step)).sum();
        }
    }

    /** Durations in the order of the mini-batches; other programs on the machine hardly move their median. */
    private static final class Durations {
        private final List<Double> milliseconds = new ArrayList<>();

        /** Data layers are loaded by the threads of several devices. */
        synchronized void add(long nanoseconds) {
            milliseconds.add(nanoseconds / 1e6);
        }

        double median() {
            return milliseconds.stream().sorted().skip(milliseconds.size() / 2).findFirst().orElse(0.);
        }
    }

    private final ConfigFile layerDef;
    private final ConfigFile layerParams;
    private final int pixels;
    private final int classes;
    private final int minibatchSize;
    private final String device;
    private final int threads;

    /** @param input shape of the images as CHANNELSxHEIGHTxWIDTH */
    public NetBenchmark(ConfigFile layerDef, ConfigFile layerParams, String input, int classes, int minibatchSize, String device,
                        int threads) {
        InputException.requireAtLeast(1, classes, "--classes");
        InputException.requireAtLeast(1, minibatchSize, "--mini");
        this.layerDef = layerDef;
        this.layerParams = layerParams;
        this.pixels = units(input);
        this.classes = classes;
        this.minibatchSize = minibatchSize;
        this.device = device;
        this.threads = threads;
    }

    /**
     * Number of values of an image.
     *
     * @throws InputException if {@code input} is not CHANNELSxHEIGHTxWIDTH
     */
    public static int units(String input) {
        Matcher shape = INPUT.matcher(input);
        if (!shape.matches()) {
            throw new InputException("--input=" + input + ", expected CxHxW such as 3x32x32");
        }
        return Integer.parseInt(shape.group(1)) * Integer.parseInt(shape.group(2)) * Integer.parseInt(shape.group(3));
    }

    /** Warms up for {@code seconds}, measures whole mini-batches for as long, then the steps of the layers one by one for as long again. */
    public Result run(double seconds) {
        RandomState random = new RandomState(1);
        List<LayerDict> layers = LayerParser.parse(layerDef, layerParams, ParseContext.of(List.of(pixels, 1), classes, random)
                .withNumGpus(LayerParser.numGpus(layerDef)));
        Compatibility compatibility = Compatibility.era("fixed");
        List<HostMatrix> data = List.of(HostMatrix.zeros(pixels, minibatchSize, false), HostMatrix.zeros(1, minibatchSize, false));
        for (int i = 0; i < data.get(0).values().length; i++) {
            data.get(0).values()[i] = (float) random.randn();
        }
        for (int i = 0; i < minibatchSize; i++) {
            data.get(1).values()[i] = random.randint(classes);
        }
        try (DeviceGroup devices = DeviceGroup.open(device, threads, compatibility.kernelDefects());
             Net net = new Net(layers, devices, compatibility)) {
            trainFor(net, devices, data, seconds);
            Durations minibatches = trainFor(net, devices, data, seconds);
            Map<String, Map<Step, Durations>> durations = new LinkedHashMap<>();
            layers.forEach(layer -> durations.put(layer.name(), new ConcurrentHashMap<>()));
            net.setTimer((layer, step, nanoseconds) ->
                    durations.get(layer).computeIfAbsent(step, first -> new Durations()).add(nanoseconds));
            trainFor(net, devices, data, seconds);
            return new Result(devices.name() + ": " + devices.description(), minibatches.milliseconds.size(), medians(durations),
                    minibatchSize / minibatches.median() * 1000);
        }
    }

    /** 0 for a step that a layer does not have. */
    private static Map<String, Map<Step, Double>> medians(Map<String, Map<Step, Durations>> durations) {
        Map<String, Map<Step, Double>> medians = new LinkedHashMap<>();
        durations.forEach((layer, steps) -> {
            Map<Step, Double> times = medians.computeIfAbsent(layer, first -> new EnumMap<>(Step.class));
            for (Step step : Step.values()) {
                times.put(step, steps.containsKey(step) ? steps.get(step).median() : 0);
            }
        });
        return medians;
    }

    private Durations trainFor(Net net, DeviceGroup devices, List<HostMatrix> data, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        Durations minibatches = new Durations();
        long start;
        do {
            start = System.nanoTime();
            net.fprop(data, 0, minibatchSize, PassType.TRAIN);
            net.bprop(PassType.TRAIN);
            net.updateWeights();
            devices.synchronize();
            minibatches.add(System.nanoTime() - start);
        } while (System.nanoTime() < end);
        return minibatches;
    }
}
