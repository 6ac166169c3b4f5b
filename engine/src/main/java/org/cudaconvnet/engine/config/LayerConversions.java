package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.engine.InputException;

/** Changes of a parsed or loaded net: untying weights, and conv to local (spec: config-language.md section 8). */
public final class LayerConversions {
    private static final Pattern MATRIX = Pattern.compile("([^\\[]+)(?:\\[(\\d+)])?");

    private LayerConversions() {
    }

    /**
     * Gives a layer its own copy of the weights that it shares, with zero increments.
     *
     * @param which {@code NAME} for all its matrices, or {@code NAME[INDEX]}
     */
    public static void unshareWeights(List<LayerDict> layers, String which) {
        Matcher matrix = MATRIX.matcher(which);
        if (!matrix.matches()) {
            throw new InputException("--unshare-weights: found \"" + which + "\", expected LAYER or LAYER[INDEX]");
        }
        LayerDict layer = weightLayer(layers, matrix.group(1), "--unshare-weights");
        int inputs = layer.inputs().size();
        int first = matrix.group(2) == null ? 0 : Integer.parseInt(matrix.group(2));
        int last = matrix.group(2) == null ? inputs - 1 : first;
        if (last >= inputs) {
            throw new InputException("--unshare-weights: found \"" + which + "\", expected an index below " + inputs);
        }
        boolean anyTied = false;
        for (int i = first; i <= last; i++) {
            if (WeightSources.isTied(layer, i)) {
                anyTied = true;
                HostMatrix shared = layer.matrixList("weights").get(i);
                HostMatrix own = new HostMatrix(shared.rows(), shared.cols(), shared.columnMajor(), shared.values().clone());
                replaceMatrix(layers, layer, i, own, HostMatrix.zeros(own.rows(), own.cols(), own.columnMajor()));
                replace(layer, "weightSource", i, "");
                replace(layer, "weightSourceLayers", i, "");
                replace(layer, "weightSourceMatrixIndices", i, -1);
            }
        }
        if (!anyTied) {
            throw new InputException("--unshare-weights: found \"" + which + "\", expected a layer with a weightSource");
        }
    }

    /** Gives a layer a matrix, and with it all matrices that are tied to this one. */
    private static void replaceMatrix(List<LayerDict> layers, LayerDict layer, int index, HostMatrix weights, HostMatrix weightsInc) {
        replace(layer, "weights", index, weights);
        replace(layer, "weightsInc", index, weightsInc);
        for (LayerDict other : layers) {
            for (int i = 0; other.has("weights") && i < other.inputs().size(); i++) {
                if (other.stringList("weightSourceLayers").get(i).equals(layer.name())
                        && other.intList("weightSourceMatrixIndices").get(i) == index) {
                    replaceMatrix(layers, other, i, weights, weightsInc);
                }
            }
        }
    }

    /** Turns a conv layer, and every layer that it shares weights with, into local ones: each module starts with the shared filters. */
    public static void convToLocal(List<LayerDict> layers, String name) {
        LayerDict layer = weightLayer(layers, name, "--conv-to-local");
        if (!layer.type().equals("conv")) {
            throw new InputException("--conv-to-local: found layer \"" + name + "\" of type " + layer.type() + ", expected a conv layer");
        }
        Map<HostMatrix, HostMatrix> tiled = new IdentityHashMap<>();
        convert(layers, layer, tiled);
    }

    private static void convert(List<LayerDict> layers, LayerDict layer, Map<HostMatrix, HostMatrix> tiled) {
        if (layer.type().equals("local")) {
            return;
        }
        int modules = layer.intValue("modules");
        layer.put("type", "local");
        List<HostMatrix> weights = new ArrayList<>();
        List<HostMatrix> weightsInc = new ArrayList<>();
        for (int i = 0; i < layer.inputs().size(); i++) {
            // Tied matrices are one object before, and must be one object after.
            HostMatrix own = tiled.computeIfAbsent(layer.matrixList("weights").get(i), matrix -> tile(matrix, modules));
            weights.add(own);
            weightsInc.add(tiled.computeIfAbsent(layer.matrixList("weightsInc").get(i),
                    matrix -> HostMatrix.zeros(own.rows(), own.cols(), own.columnMajor())));
        }
        layer.put("weights", weights).put("weightsInc", weightsInc);
        HostMatrix biases = layer.booleanValue("sharedBiases") ? repeatRows(layer.matrix("biases"), modules) : layer.matrix("biases");
        layer.put("biases", biases).put("biasesInc", HostMatrix.zeros(biases.rows(), biases.cols(), biases.columnMajor()));
        layer.put("sharedBiases", false);
        for (LayerDict other : layers) {
            boolean tied = other.has("weightSourceLayers") && other.stringList("weightSourceLayers").contains(layer.name());
            if (tied || layer.stringList("weightSourceLayers").contains(other.name())) {
                convert(layers, other, tiled);
            }
        }
    }

    /** The matrix {@code times} times below itself: the rows of a local layer are modules of conv rows. */
    private static HostMatrix tile(HostMatrix matrix, int times) {
        HostMatrix tiled = HostMatrix.zeros(Math.multiplyExact(matrix.rows(), times), matrix.cols(), matrix.columnMajor());
        for (int module = 0; module < times; module++) {
            System.arraycopy(matrix.values(), 0, tiled.values(), module * matrix.values().length, matrix.values().length);
        }
        return tiled;
    }

    /** Every filter's bias once per module, filter by filter. */
    private static HostMatrix repeatRows(HostMatrix biases, int modules) {
        HostMatrix repeated = HostMatrix.zeros(biases.rows() * modules, 1, false);
        for (int row = 0; row < repeated.rows(); row++) {
            repeated.set(row, 0, biases.get(row / modules, 0));
        }
        return repeated;
    }

    private static LayerDict weightLayer(List<LayerDict> layers, String name, String option) {
        return layers.stream().filter(layer -> layer.name().equals(name) && layer.has("weights")).findFirst().orElseThrow(() ->
                new InputException(option + ": found \"" + name + "\", expected the name of a layer with weights"));
    }

    private static <T> void replace(LayerDict layer, String key, int index, T value) {
        List<Object> list = new ArrayList<>(layer.list(key, Object.class));
        list.set(index, value);
        layer.put(key, Collections.unmodifiableList(list));
    }
}
