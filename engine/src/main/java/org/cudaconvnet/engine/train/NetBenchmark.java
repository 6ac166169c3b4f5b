package org.cudaconvnet.engine.train;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;

/** Times training of a net on one mini-batch of random images and labels. */
public final class NetBenchmark {
    private static final Pattern INPUT = Pattern.compile("(\\d{1,4})x(\\d{1,4})x(\\d{1,4})");

    /**
     * @param milliseconds    mean time per mini-batch of each layer's steps
     * @param imagesPerSecond forward, backward and update together
     */
    public record Result(String device, int minibatches, Map<String, Map<Step, Double>> milliseconds, double imagesPerSecond) {
        public double total(Step step) {
            return milliseconds.values().stream().mapToDouble(steps -> steps.get(step)).sum();
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
        Matcher shape = INPUT.matcher(input);
        if (!shape.matches()) {
            throw new InputException("--input=" + input + ", expected CxHxW such as 3x32x32");
        }
        InputException.requireAtLeast(1, classes, "--classes");
        InputException.requireAtLeast(1, minibatchSize, "--mini");
        this.layerDef = layerDef;
        this.layerParams = layerParams;
        this.pixels = Integer.parseInt(shape.group(1)) * Integer.parseInt(shape.group(2)) * Integer.parseInt(shape.group(3));
        this.classes = classes;
        this.minibatchSize = minibatchSize;
        this.device = device;
        this.threads = threads;
    }

    /** Warms up for {@code seconds}, then measures for as long. */
    public Result run(double seconds) {
        RandomState random = new RandomState(1);
        List<LayerDict> layers = LayerParser.parse(layerDef, layerParams, ParseContext.of(List.of(pixels, 1), classes, random));
        Compatibility compatibility = Compatibility.era("fixed");
        List<HostMatrix> data = List.of(HostMatrix.zeros(pixels, minibatchSize, false), HostMatrix.zeros(1, minibatchSize, false));
        for (int i = 0; i < data.get(0).values().length; i++) {
            data.get(0).values()[i] = (float) random.randn();
        }
        for (int i = 0; i < minibatchSize; i++) {
            data.get(1).values()[i] = random.randint(classes);
        }
        try (Backend backend = Devices.open(device, threads, compatibility.kernelDefects()); Net net = new Net(layers, backend, compatibility)) {
            trainFor(net, data, seconds);
            Map<String, Map<Step, Double>> milliseconds = new LinkedHashMap<>();
            layers.forEach(layer -> milliseconds.put(layer.name(), new EnumMap<>(Map.of(Step.FORWARD, 0., Step.BACKWARD, 0., Step.UPDATE, 0.))));
            net.setTimer((layer, step, nanoseconds) -> milliseconds.get(layer).merge(step, nanoseconds / 1e6, Double::sum));
            long start = System.nanoTime();
            int minibatches = trainFor(net, data, seconds);
            double elapsed = (System.nanoTime() - start) / 1e9;
            milliseconds.values().forEach(steps -> steps.replaceAll((step, total) -> total / minibatches));
            return new Result(backend.name() + ": " + backend.description(), minibatches, milliseconds,
                    minibatches * (double) minibatchSize / elapsed);
        }
    }

    private int trainFor(Net net, List<HostMatrix> data, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int minibatches = 0;
        do {
            net.fprop(data, 0, minibatchSize, PassType.TRAIN);
            net.bprop(PassType.TRAIN);
            net.updateWeights();
            minibatches++;
        } while (System.nanoTime() < end);
        return minibatches;
    }
}
