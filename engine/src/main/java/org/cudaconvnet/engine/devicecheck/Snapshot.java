package org.cudaconvnet.engine.devicecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.layers.Net;

/**
 * One matrix of a net after a pass.
 *
 * @param what   such as gradient or weights 0
 * @param cols   columns of the row-major values
 * @param values of all rows
 */
record Snapshot(String what, String layer, int cols, float[] values) {
    /** Activations and costs in the order in which a forward pass forms them. */
    static List<Snapshot> ofForwardPass(Net net, List<LayerDict> layers, int cases) {
        List<Snapshot> all = new ArrayList<>();
        Map<String, double[]> costs = net.costs().sums();
        for (LayerDict layer : layers) {
            add(all, "activations", layer.name(), cases, net.acts(layer.name()));
            double[] sums = costs.get(layer.name());
            if (sums != null) {
                float[] rounded = new float[sums.length];
                for (int i = 0; i < sums.length; i++) {
                    rounded[i] = (float) sums[i];
                }
                add(all, "cost", layer.name(), 1, rounded);
            }
        }
        return all;
    }

    /** Gradients with respect to activations, and those of weights that have a matrix of their own, as a backward pass forms them. */
    static List<Snapshot> ofBackwardPass(Net net, List<LayerDict> layers, int cases) {
        Map<String, LayerDict> dicts = layers.stream().collect(Collectors.toMap(LayerDict::name, layer -> layer));
        List<Snapshot> all = new ArrayList<>();
        for (String layer : net.backwardOrder()) {
            add(all, "gradient", layer, cases, net.actsGrad(layer));
            if (dicts.get(layer).has("weights")) {
                List<HostMatrix> weights = dicts.get(layer).matrixList("weights");
                for (int i = 0; i < weights.size(); i++) {
                    add(all, "gradient of weights " + i, layer, weights.get(i).cols(), net.weightGrad(layer, i));
                }
                add(all, "gradient of biases", layer, dicts.get(layer).matrix("biases").cols(), net.biasGrad(layer));
            }
        }
        return all;
    }

    /** Weights, biases and their increments in definition order. */
    static List<Snapshot> ofUpdate(Net net, List<LayerDict> layers) {
        List<Snapshot> all = new ArrayList<>();
        for (LayerDict layer : layers) {
            if (layer.has("weights")) {
                List<HostMatrix> weights = layer.matrixList("weights");
                for (int i = 0; i < weights.size(); i++) {
                    add(all, "increments of weights " + i, layer.name(), weights.get(i).cols(), net.weightsInc(layer.name(), i));
                    add(all, "weights " + i, layer.name(), weights.get(i).cols(), net.weights(layer.name(), i));
                }
                int cols = layer.matrix("biases").cols();
                add(all, "increments of biases", layer.name(), cols, net.biasesInc(layer.name()));
                add(all, "biases", layer.name(), cols, net.biases(layer.name()));
            }
        }
        return all;
    }

    private static void add(List<Snapshot> all, String what, String layer, int cols, float[] values) {
        if (values != null) {
            all.add(new Snapshot(what, layer, cols, values));
        }
    }

    /** How many elements of the other snapshot have other bits. */
    int differences(Snapshot other) {
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            count += sameBits(other, i) ? 0 : 1;
        }
        return count;
    }

    /** The index of the first element with other bits; -1 if there is none. */
    int firstDifference(Snapshot other) {
        for (int i = 0; i < values.length; i++) {
            if (!sameBits(other, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean sameBits(Snapshot other, int index) {
        return Float.floatToRawIntBits(values[index]) == Float.floatToRawIntBits(other.values[index]);
    }
}
