package org.cudaconvnet.engine.devicecheck;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of a layer definition and its parameter file, layer by layer; names are numbered. */
final class NetWriter {
    private static final String RATES = "epsW=%s\nepsB=0.02\nmomW=%s\nmomB=0.9\nwc=%s\n";

    private final StringBuilder layers = new StringBuilder();
    private final StringBuilder params = new StringBuilder();
    private final Map<String, NetLayer> unused = new LinkedHashMap<>();
    private int count;

    String layers() {
        return layers.toString();
    }

    String params() {
        return params.toString();
    }

    /** The first layer that is no input of another one; null if there is none. */
    NetLayer unused() {
        return unused.isEmpty() ? null : unused.values().iterator().next();
    }

    /** The size of images after {@link #pool}. */
    static int pooledSize(int size) {
        return (size - 1) / 2 + 1;
    }

    NetWriter data(String name, int dataIdx) {
        layers.append("[%s]\ntype=data\ndataIdx=%d\n\n".formatted(name, dataIdx));
        return this;
    }

    NetLayer convolution(String name, int gpu, List<NetLayer> inputs, int filters, int filterSize, int size, String neuron) {
        NetLayer layer = filterLayer(name, "conv", gpu, inputs, filters, filterSize, "partialSum=" + size + "\n" + neuron(neuron));
        rates(layer, inputs.size());
        return layer;
    }

    /** With the weights of the only input of {@code source}, on the same device. */
    NetLayer sharingConvolution(NetLayer source, NetLayer input, int filters, int filterSize, int size) {
        NetLayer layer = filterLayer("twin", "conv", source.gpu(), List.of(input), filters, filterSize,
                "partialSum=" + size + "\nweightSource=" + source.name() + "\n");
        rates(layer, 1);
        return layer;
    }

    NetLayer local(int gpu, List<NetLayer> inputs, int filters, int size) {
        NetLayer layer = filterLayer("local", "local", gpu, inputs, filters, Math.min(3, size), "");
        rates(layer, inputs.size());
        return layer;
    }

    private NetLayer filterLayer(String name, String type, int gpu, List<NetLayer> inputs, int filters, int filterSize, String keys) {
        int n = inputs.size();
        String channels = inputs.stream().map(input -> "" + input.channels()).collect(Collectors.joining(","));
        return layer(name, type, gpu, filters, inputs, "channels=%s\nfilters=%s\nfilterSize=%s\npadding=%s\ninitW=%s\ninitB=0.1\n%s".formatted(
                channels, list(filters, n), list(filterSize, n), list(filterSize / 2, n), list(0.06, n), keys));
    }

    NetLayer fc(String name, int gpu, List<NetLayer> inputs, int outputs, String neuron) {
        NetLayer layer = layer(name, "fc", gpu, 0, inputs, "outputs=%d\ninitW=%s\n%s".formatted(outputs, list(0.1, inputs.size()), neuron(neuron)));
        rates(layer, inputs.size());
        return layer;
    }

    private static String neuron(String neuron) {
        return neuron.isEmpty() ? "" : "neuron=" + neuron + "\n";
    }

    /** @param type eltsum, eltmax or concat */
    NetLayer combination(String type, int gpu, List<NetLayer> inputs) {
        int channels = type.equals("concat") ? inputs.stream().mapToInt(NetLayer::channels).sum() : inputs.get(0).channels();
        return layer(type, type, gpu, channels, inputs, type.equals("eltsum") ? "coeffs=" + list(0.7, inputs.size()) + "\n" : "");
    }

    NetLayer pool(NetLayer input, String pool) {
        return layer("pool", "pool", input.gpu(), input.channels(), List.of(input),
                "pool=" + pool + "\nchannels=" + input.channels() + "\nsizeX=3\nstride=2\nstart=-1\n");
    }

    NetLayer norm(NetLayer input, String type, int gpu) {
        NetLayer layer = layer(type, type, gpu, input.channels(), List.of(input), "channels=" + input.channels() + "\nsize=3\n");
        section(layer, "scale=0.01\npow=0.75\n");
        return layer;
    }

    NetLayer hs(NetLayer input, int gpu) {
        NetLayer layer = layer("hs", "hs", gpu, input.channels(), List.of(input), "keep=0.5\n");
        section(layer, "enable=1\n");
        return layer;
    }

    NetLayer neuron(NetLayer input, String neuron, int gpu) {
        return layer("neuron", "neuron", gpu, input.channels(), List.of(input), "neuron=" + neuron + "\n");
    }

    NetLayer softmax(NetLayer input, int gpu) {
        return layer("probs", "softmax", gpu, 0, List.of(input), "");
    }

    void logreg(NetLayer probs, int gpu, String coeff) {
        cost("logprob", "cost.logreg", gpu, List.of(new NetLayer("labels", -1, 0), probs), coeff);
    }

    void sumOfSquares(NetLayer input, int gpu, String coeff) {
        cost("energy", "cost.sum2", gpu, List.of(input), coeff);
    }

    private void cost(String name, String type, int gpu, List<NetLayer> inputs, String coeff) {
        NetLayer cost = layer(name, type, gpu, 0, inputs, "");
        section(cost, "coeff=" + coeff + "\n");
        unused.remove(cost.name());
    }

    private NetLayer layer(String name, String type, int gpu, int channels, List<NetLayer> inputs, String keys) {
        NetLayer layer = new NetLayer(name + ++count, gpu, channels);
        String names = inputs.stream().map(NetLayer::name).collect(Collectors.joining(","));
        layers.append("[%s]\ntype=%s\ninputs=%s\n%sgpu=%d\n\n".formatted(layer.name(), type, names, keys, gpu));
        inputs.forEach(input -> unused.remove(input.name()));
        unused.put(layer.name(), layer);
        return layer;
    }

    private void rates(NetLayer layer, int inputs) {
        section(layer, RATES.formatted(list(0.01, inputs), list(0.9, inputs), list(0.001, inputs)));
    }

    private void section(NetLayer layer, String keys) {
        params.append("[%s]\n%s\n".formatted(layer.name(), keys));
    }

    private static String list(Object value, int count) {
        return String.join(",", Collections.nCopies(count, value.toString()));
    }
}
