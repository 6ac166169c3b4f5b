package org.cudaconvnet.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;

/** The options {@code --conv-to-local} and {@code --unshare-weights} (spec: config-language.md section 8, weight-update.md section 8). */
final class LayerConversions {
    private static final Pattern MATRIX = Pattern.compile("(.+?)(?:\\[(\\d{1,4})])?");

    private final List<LayerDict> layers;

    LayerConversions(List<LayerDict> layers) {
        this.layers = layers;
    }

    /**
     * Turns a conv layer, and all layers it shares weights with, into local ones that compute the same: filters are repeated for every
     * module, shared biases for every module of their filter; increments become zero.
     */
    void convToLocal(String name) {
        LayerDict layer = layer(name, "--conv-to-local");
        if (layer.type().equals("local")) {
            return;
        }
        if (!layer.type().equals("conv")) {
            throw new InputException("--conv-to-local: layer " + name + " is of type " + layer.type() + ", expected conv");
        }
        layer.put("type", "local");
        int modules = layer.intValue("modules");
        List<String> sources = layer.stringList("weightSourceLayers");
        List<HostMatrix> weights = new ArrayList<>(layer.matrixList("weights"));
        List<HostMatrix> increments = new ArrayList<>(layer.matrixList("weightsInc"));
        for (int i = 0; i < weights.size(); i++) {
            String source = sources.get(i);
            if (source.isEmpty()) {
                weights.set(i, tiled(weights.get(i), modules));
                increments.set(i, HostMatrix.zeros(weights.get(i).rows(), weights.get(i).cols(), false));
            } else {
                int index = layer.intList("weightSourceMatrixIndices").get(i);
                if (!source.equals(name)) {
                    convToLocal(source);
                }
                weights.set(i, source.equals(name) ? weights.get(index) : layer(source, "").matrixList("weights").get(index));
                increments.set(i, source.equals(name) ? increments.get(index) : layer(source, "").matrixList("weightsInc").get(index));
            }
        }
        layer.put("weights", weights).put("weightsInc", increments);
        if (layer.booleanValue("sharedBiases")) {
            layer.put("biases", repeated(layer.matrix("biases"), modules)).put("sharedBiases", false);
        }
        layer.put("biasesInc", HostMatrix.zeros(layer.matrix("biases").rows(), 1, false));
        for (LayerDict other : layers) {
            if (other.has("weightSourceLayers") && other.stringList("weightSourceLayers").contains(name)) {
                convToLocal(other.name());
            }
        }
    }

    private static HostMatrix tiled(HostMatrix filters, int modules) {
        HostMatrix tiled = HostMatrix.zeros(filters.rows() * modules, filters.cols(), false);
        for (int module = 0; module < modules; module++) {
            System.arraycopy(filters.values(), 0, tiled.values(), module * filters.values().length, filters.values().length);
        }
        return tiled;
    }

    private static HostMatrix repeated(HostMatrix biases, int modules) {
        HostMatrix repeated = HostMatrix.zeros(biases.rows() * modules, 1, false);
        for (int i = 0; i < repeated.rows(); i++) {
            repeated.set(i, 0, biases.get(i / modules, 0));
        }
        return repeated;
    }

    /** Gives the named matrix ({@code LAYER[INDEX]}), or all of a layer's, a copy of its own with increments zero. */
    void unshareWeights(String text) {
        Matcher matcher = MATRIX.matcher(text);
        LayerDict layer = matcher.matches() ? layer(matcher.group(1), "--unshare-weights") : layer(text, "--unshare-weights");
        if (!layer.has("weights")) {
            throw new InputException("--unshare-weights: layer " + layer.name() + " has no weights");
        }
        int count = layer.matrixList("weights").size();
        if (matcher.group(2) == null) {
            for (int i = 0; i < count; i++) {
                unshare(layer, i);
            }
            return;
        }
        int index = Integer.parseInt(matcher.group(2));
        if (index >= count) {
            throw new InputException("--unshare-weights: layer " + layer.name() + " has " + count + " weight matrices, found index " + index);
        }
        unshare(layer, index);
    }

    private static void unshare(LayerDict layer, int index) {
        if (layer.stringList("weightSourceLayers").get(index).isEmpty()) {
            return;
        }
        HostMatrix shared = layer.matrixList("weights").get(index);
        replace(layer, "weights", index, new HostMatrix(shared.rows(), shared.cols(), shared.columnMajor(), shared.values().clone()));
        replace(layer, "weightsInc", index, HostMatrix.zeros(shared.rows(), shared.cols(), shared.columnMajor()));
        replace(layer, "weightSource", index, "");
        replace(layer, "weightSourceLayers", index, "");
        replace(layer, "weightSourceMatrixIndices", index, -1);
    }

    private static void replace(LayerDict layer, String key, int index, Object value) {
        List<Object> list = new ArrayList<>(layer.list(key, Object.class));
        list.set(index, value);
        layer.put(key, list);
    }

    private LayerDict layer(String name, String option) {
        return layers.stream().filter(layer -> layer.name().equals(name)).findFirst()
                .orElseThrow(() -> new InputException(option + ": the net has no layer " + name));
    }
}
