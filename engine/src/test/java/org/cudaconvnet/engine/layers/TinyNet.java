package org.cudaconvnet.engine.layers;

import java.util.Arrays;
import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LabelTree;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.parallel.DeviceGroup;

/** A net from text, with random images, labels and distributions over the classes, on a CPU device of its own. */
final class TinyNet implements AutoCloseable {
    static final int CLASSES = 4;
    /** Classes 0 and 1 below node 4, that and class 2 below node 5, that and class 3 below the root 6. */
    static final LabelTree TREE = new LabelTree(List.of(List.of(), List.of(), List.of(), List.of(), List.of(0, 1), List.of(4, 2),
            List.of(5, 3)), 6);

    final List<LayerDict> layers;
    final List<HostMatrix> data;
    final DeviceGroup devices;
    final Net net;

    TinyNet(String definition, String params, int pixels, int cases, Compatibility compatibility, int threads) {
        RandomState random = new RandomState(7);
        layers = LayerParser.parse(ConfigFile.parse("net", definition), ConfigFile.parse("params", params),
                ParseContext.of(List.of(pixels, 1, CLASSES), CLASSES, random).withLabelTree(TREE));
        data = List.of(HostMatrix.zeros(pixels, cases, false), HostMatrix.zeros(1, cases, false), HostMatrix.zeros(CLASSES, cases, false));
        for (int i = 0; i < data.get(0).values().length; i++) {
            data.get(0).values()[i] = (float) random.randn();
        }
        for (int i = 0; i < cases; i++) {
            data.get(1).values()[i] = random.randint(CLASSES);
        }
        for (int i = 0; i < cases; i++) {
            drawDistribution(random, i);
        }
        devices = DeviceGroup.open("cpu:0", threads, compatibility.kernelDefects());
        net = new Net(layers, devices, compatibility);
    }

    /** The last class is never among them. */
    private void drawDistribution(RandomState random, int column) {
        double[] parts = new double[CLASSES];
        for (int j = 0; j < CLASSES - 1; j++) {
            parts[j] = random.rand();
        }
        double sum = Arrays.stream(parts).sum();
        for (int j = 0; j < CLASSES; j++) {
            data.get(2).set(j, column, (float) (parts[j] / sum));
        }
    }

    TinyNet(String definition, String params, int pixels, int cases) {
        this(definition, params, pixels, cases, Compatibility.era("fixed"), 1);
    }

    void train(int from, int to) {
        net.fprop(data, from, to, PassType.TRAIN);
        net.bprop(PassType.TRAIN);
        net.updateWeights();
    }

    @Override
    public void close() {
        net.close();
        devices.close();
    }
}
