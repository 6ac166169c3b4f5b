package org.cudaconvnet.engine.devicecheck;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.cudaconvnet.engine.ReportFile;
import org.cudaconvnet.engine.config.ConfigFile;

/**
 * Small random nets of two to four columns, one per device. Layers take their inputs from any column: there are layers with several
 * consumers on several devices, with consumers elsewhere only, and with one consumer that uses them twice; layers that share weights;
 * costs on several devices, some of them with coeff 0; layers below the first weights.
 */
public final class RandomNet {
    private static final int CLASSES = 5;
    private static final int FILTERS = 16;
    private static final double COMMON = 0.6;
    private static final double RARE = 0.2;

    private final Random random;
    private final NetWriter net = new NetWriter();
    private final int columns;
    private int size;

    private RandomNet(long seed) {
        random = new Random(seed);
        columns = pick(2, 2, 2, 3, 4);
        size = pick(6, 8, 9);
    }

    /** The net of that number. */
    public static CheckedNet of(long seed) {
        return new RandomNet(seed).write("random-" + seed);
    }

    /**
     * Writes layers.cfg and params.cfg of a net into the folder random-NUMBER below {@code folder}.
     *
     * @return options of check-devices that check the net from these files
     */
    public static String write(long seed, Path folder) {
        RandomNet random = new RandomNet(seed);
        CheckedNet net = random.write("random-" + seed);
        Path definition = folder.resolve(net.name()).resolve("layers.cfg");
        Path params = definition.resolveSibling("params.cfg");
        ReportFile.write(definition, random.net.layers().getBytes(StandardCharsets.UTF_8));
        ReportFile.write(params, random.net.params().getBytes(StandardCharsets.UTF_8));
        return "%s --layer-params=%s --input=%d,1 --classes=%d --mini=%d".formatted(definition, params, net.dataDims().get(0), net.classes(),
                net.mini());
    }

    private CheckedNet write(String name) {
        int dims = 3 * size * size;
        net.data("data", 0).data("labels", 1);
        List<NetLayer> images = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            images.add(decorated(firstConvolution(column)));
        }
        for (int stage = pick(1, 2); stage > 0; stage--) {
            images = nextStage(images);
        }
        List<NetLayer> vectors = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            NetLayer layer = net.fc("fc", column, some(images), pick(6, 8, 12), pick("tanh[1.5,0.7]", "relu", "logistic"));
            vectors.add(random.nextDouble() < COMMON ? net.hs(layer, layer.gpu()) : layer);
        }
        classify(vectors, "1");
        if (random.nextDouble() < RARE) {
            classify(some(vectors), pick("0", "0.5"));
        }
        while (net.unused() != null) {
            net.sumOfSquares(net.unused(), anyDevice(), pick("0", "0.001"));
        }
        net.sumOfSquares(images.get(random.nextInt(images.size())), anyDevice(), pick("0", "0.001"));
        return new CheckedNet(name, ConfigFile.parse(name + "/layers.cfg", net.layers()), ConfigFile.parse(name + "/params.cfg", net.params()),
                List.of(dims, 1), CLASSES, 4 + random.nextInt(5));
    }

    /** Some of the inputs are made by a layer that has no weights below it. */
    private NetLayer firstConvolution(int column) {
        NetLayer data = new NetLayer("data", -1, 3);
        NetLayer input = random.nextDouble() < RARE ? net.norm(data, pick("rnorm", "cnorm"), anyDevice()) : data;
        return net.convolution("conv", column, List.of(input), FILTERS, pick(3, 5), size, neuron());
    }

    private List<NetLayer> nextStage(List<NetLayer> images) {
        List<NetLayer> next = new ArrayList<>();
        boolean pooled = random.nextBoolean();
        String pool = pick("max", "avg", "maxabs");
        for (int column = 0; column < columns; column++) {
            NetLayer layer = decorated(crossing(column, images));
            next.add(pooled ? net.pool(layer, pool) : layer);
        }
        size = pooled ? NetWriter.pooledSize(size) : size;
        return next;
    }

    private NetLayer crossing(int column, List<NetLayer> images) {
        List<NetLayer> inputs = some(images);
        List<NetLayer> alike = inputs.stream().filter(input -> input.channels() == inputs.get(0).channels()).toList();
        if (random.nextDouble() < RARE) {
            return twins(column, images);
        }
        return switch (random.nextInt(8)) {
            case 0 -> net.combination("eltsum", column, alike);
            case 1 -> alike.size() > 1 ? net.combination("eltmax", column, alike) : net.combination("eltsum", column, alike);
            case 2 -> net.combination("concat", column, inputs);
            case 3 -> net.local(column, inputs, FILTERS, size);
            default -> net.convolution("conv", column, inputs, FILTERS, 3, size, neuron());
        };
    }

    /** Two convolutions with the same weights on one device, added up. */
    private NetLayer twins(int column, List<NetLayer> images) {
        List<NetLayer> alike = images.stream().filter(image -> image.channels() == images.get(0).channels()).toList();
        NetLayer first = net.convolution("conv", column, List.of(any(alike)), FILTERS, 3, size, neuron());
        NetLayer second = net.sharingConvolution(first, any(alike), FILTERS, 3, size);
        return net.combination("eltsum", anyDevice(), List.of(first, second));
    }

    private NetLayer decorated(NetLayer layer) {
        NetLayer top = layer;
        if (random.nextDouble() < COMMON) {
            top = net.norm(top, pick("cmrnorm", "rnorm", "cnorm"), usually(top.gpu()));
        }
        if (random.nextDouble() < RARE) {
            top = net.hs(top, usually(top.gpu()));
        }
        return random.nextDouble() < RARE ? net.neuron(top, pick("tanh[1.2,0.8]", "softrelu", "abs"), usually(top.gpu())) : top;
    }

    private void classify(List<NetLayer> vectors, String coeff) {
        NetLayer out = net.fc("out", anyDevice(), vectors, CLASSES, "");
        net.logreg(net.softmax(out, usually(out.gpu())), usually(out.gpu()), coeff);
    }

    /** At least one, in any order; sometimes the first one twice. */
    private List<NetLayer> some(List<NetLayer> layers) {
        List<NetLayer> shuffled = new ArrayList<>(layers);
        Collections.shuffle(shuffled, random);
        List<NetLayer> chosen = new ArrayList<>(shuffled.subList(0, 1));
        shuffled.subList(1, shuffled.size()).stream().filter(layer -> random.nextDouble() < COMMON).forEach(chosen::add);
        if (random.nextDouble() < RARE) {
            chosen.add(chosen.get(0));
        }
        return chosen;
    }

    private NetLayer any(List<NetLayer> layers) {
        return layers.get(random.nextInt(layers.size()));
    }

    private String neuron() {
        return pick("", "relu", "tanh[1.5,0.7]", "brelu[2]", "linear[0.8,0.1]");
    }

    private int anyDevice() {
        return random.nextInt(columns);
    }

    private int usually(int gpu) {
        return random.nextDouble() < RARE ? anyDevice() : gpu;
    }

    private int pick(int... values) {
        return values[random.nextInt(values.length)];
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }
}
