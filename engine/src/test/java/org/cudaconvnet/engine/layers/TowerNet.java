package org.cudaconvnet.engine.layers;

import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.engine.parallel.PassHooks;
import org.cudaconvnet.engine.parallel.Transfers;
import org.cudaconvnet.kernels.Arithmetic;

/** A net whose layers live on several devices, with random images and labels. */
final class TowerNet implements AutoCloseable {
    /**
     * Two towers with cross links in convolutions, sums and fully connected layers; pool_a has consumers on both devices, two of them on
     * the other one, mix_b lists its foreign input first; a cost on each device, one of them with coeff 0.
     */
    static final String DEFINITION = DATA + conv("conv_a", "data", 3, 0) + conv("conv_b", "data", 3, 1)
            + pool("pool_a", "conv_a") + pool("pool_b", "conv_b") + neuron("bend_b", "pool_b", 1)
            + conv("cross_a", "pool_a,bend_b", 16, 0) + conv("cross_b", "bend_b,pool_a", 16, 1)
            + "[mix_b]\ntype=eltsum\ninputs=pool_a,cross_b,pool_b\ncoeffs=0.5,1,-1\ngpu=1\n"
            + "[energy]\ntype=cost.sum2\ninputs=mix_b\ngpu=1\n"
            + "[watched]\ntype=cost.sum2\ninputs=cross_a\ngpu=1\n"
            + fc("fc_a", "cross_a,mix_b", 12, 0) + fc("fc_b", "mix_b,cross_a", 12, 1)
            + classifier("fc_a,fc_b", TinyNet.CLASSES, "0.1,0.1").replace("type=fc\n", "type=fc\ngpu=0\n")
                    .replace("inputs=labels,probs", "inputs=labels,probs\ngpu=0");
    private static final String ONE_INPUT = "epsW=0.05\nepsB=0.1\nmomW=0.9\nmomB=0.9\nwc=0.002\n";
    private static final String TWO_INPUTS = "epsW=0.05,0.03\nepsB=0.1\nmomW=0.9,0.5\nmomB=0.9\nwc=0.002,0.001\n";
    static final String PARAMS = sections(ONE_INPUT, "conv_a", "conv_b") + sections(TWO_INPUTS, "cross_a", "cross_b", "fc_a", "fc_b", "out")
            + cost("energy", 0.001) + cost("watched", 0) + cost("logprob", 1);
    static final int PIXELS = 3 * 8 * 8;
    static final int CASES = 24;
    static final int MINIBATCH = 8;

    final List<LayerDict> layers;
    final List<HostMatrix> data;
    final DeviceGroup devices;
    final Net net;

    /** @param devices names such as cpu:0,cpu:1 */
    TowerNet(String definition, String params, String devices, Transfers transfers, PassHooks hooks) {
        RandomState random = new RandomState(11);
        ConfigFile layerDef = ConfigFile.parse("net", definition);
        layers = LayerParser.parse(layerDef, ConfigFile.parse("params", params),
                ParseContext.of(List.of(PIXELS, 1), TinyNet.CLASSES, random).withNumGpus(LayerParser.numGpus(layerDef)));
        data = List.of(HostMatrix.zeros(PIXELS, CASES, false), HostMatrix.zeros(1, CASES, false));
        for (int i = 0; i < data.get(0).values().length; i++) {
            data.get(0).values()[i] = (float) random.randn();
        }
        for (int i = 0; i < CASES; i++) {
            data.get(1).values()[i] = random.randint(TinyNet.CLASSES);
        }
        Compatibility era = Compatibility.era("fixed");
        this.devices = DeviceGroup.open(devices, 2, era.kernelDefects(), Arithmetic.PORTABLE, transfers);
        this.devices.setHooks(hooks);
        net = new Net(layers, this.devices, era, false);
    }

    TowerNet(String definition, String devices, Transfers transfers, PassHooks hooks) {
        this(definition, PARAMS, devices, transfers, hooks);
    }

    TowerNet(String definition, String devices) {
        this(definition, devices, Transfers.PEER, PassHooks.NONE);
    }

    /** The definition with every layer on one device, or with both devices exchanged. */
    static String placed(int deviceOfA, int deviceOfB) {
        return DEFINITION.replace("gpu=0", "gpu=A").replace("gpu=1", "gpu=" + deviceOfB).replace("gpu=A", "gpu=" + deviceOfA);
    }

    private static String conv(String name, String inputs, int channels, int gpu) {
        int count = inputs.split(",").length;
        return "[" + name + "]\ntype=conv\ninputs=" + inputs + "\nfilters=" + list("16", count) + "\nchannels=" + list("" + channels, count)
                + "\nfilterSize=" + list("3", count) + "\npadding=" + list("1", count) + "\nstride=" + list("1", count)
                + "\ninitW=" + list("0.1", count) + "\ninitB=0.1\npartialSum=4\nsharedBiases=1\ngpu=" + gpu + "\n";
    }

    private static String fc(String name, String inputs, int outputs, int gpu) {
        return "[" + name + "]\ntype=fc\ninputs=" + inputs + "\noutputs=" + outputs + "\ninitW=0.05,0.05\ngpu=" + gpu
                + "\nneuron=tanh[1,0.5]\n";
    }

    private static String pool(String name, String input) {
        return "[" + name + "]\ntype=pool\npool=max\ninputs=" + input + "\nchannels=16\nsizeX=2\nstride=2\n";
    }

    private static String neuron(String name, String input, int gpu) {
        return "[" + name + "]\ntype=neuron\ninputs=" + input + "\nneuron=tanh[1.5,0.7]\ngpu=" + gpu + "\n";
    }

    private static String list(String value, int count) {
        return String.join(",", Collections.nCopies(count, value));
    }

    /** Trains on mini-batches in turn; of 24 cases, so that {@code size} = 10 leaves a partial one. */
    void train(int minibatches, int size) {
        for (int done = 0; done < minibatches; done++) {
            int from = done % ((CASES + size - 1) / size) * size;
            trainOn(from, Math.min(CASES, from + size));
        }
    }

    void trainOn(int from, int to) {
        net.fprop(data, from, to, PassType.TRAIN);
        net.bprop(PassType.TRAIN);
        net.updateWeights();
    }

    /** All bits of the net: activations and gradients of the last mini-batch, costs, weights, increments. */
    Map<String, int[]> bits() {
        Map<String, int[]> state = new LinkedHashMap<>();
        for (LayerDict layer : layers) {
            keep(state, "acts " + layer.name(), net.acts(layer.name()));
            keep(state, "gradient " + layer.name(), net.actsGrad(layer.name()));
        }
        net.costs().sums().forEach((name, values) -> {
            for (int i = 0; i < values.length; i++) {
                keep(state, "cost " + name + i, new float[] {(float) values[i]});
            }
        });
        for (String layer : net.weightLayerNames()) {
            int inputs = layers.stream().filter(dict -> dict.name().equals(layer)).findFirst().orElseThrow().inputs().size();
            for (int i = 0; i < inputs; i++) {
                keep(state, "weights " + layer + i, net.weights(layer, i));
                keep(state, "weightsInc " + layer + i, net.weightsInc(layer, i));
            }
            keep(state, "biases " + layer, net.biases(layer));
            keep(state, "biasesInc " + layer, net.biasesInc(layer));
        }
        return state;
    }

    private static void keep(Map<String, int[]> state, String name, float[] values) {
        if (values != null) {
            int[] bits = new int[values.length];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = Float.floatToRawIntBits(values[i]);
            }
            state.put(name, bits);
        }
    }

    @Override
    public void close() {
        net.close();
        devices.close();
    }
}
