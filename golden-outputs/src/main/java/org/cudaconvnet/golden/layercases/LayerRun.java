package org.cudaconvnet.golden.layercases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LabelTree;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.layers.Net;
import org.cudaconvnet.engine.layers.PassType;
import org.cudaconvnet.engine.parallel.DeviceGroup;

/**
 * One training step of a {@link LayerCase} in era fixed. Its arrays, (units x cases) or as the engine keeps weights: inputs
 * {@code data/0}, ... and {@code initial/LAYER/weights0}, {@code initial/LAYER/biases}; outputs {@code acts/LAYER}, {@code costs/LAYER}
 * (1 x values), {@code actsgrad/LAYER}, and {@code weights/LAYER/weights0}, {@code weights/LAYER/biases} after the update.
 */
final class LayerRun {
    static final Compatibility ERA = Compatibility.era("fixed");
    private static final String DATA = "data/";
    private static final String INITIAL = "initial/";

    private final List<LayerDict> layers;
    private final List<HostMatrix> data = new ArrayList<>();

    /** @param arrays the inputs; initial weights that are missing are drawn, from the case's seed */
    LayerRun(LayerCase layerCase, Map<String, NumpyArray> arrays) {
        for (int k = 0; arrays.containsKey(DATA + k); k++) {
            data.add(matrix(arrays.get(DATA + k), false));
        }
        ParseContext context = ParseContext.of(data.stream().map(HostMatrix::rows).toList(), layerCase.classes(),
                new RandomState(layerCase.randomSeed()));
        if (layerCase.tree() != null) {
            context = context.withLabelTree(new LabelTree(layerCase.tree(), layerCase.root()));
        }
        layers = LayerParser.parse(ConfigFile.parse(layerCase.name(), layerCase.definition()),
                ConfigFile.parse(layerCase.name(), layerCase.parameters()), context);
        forEachWeight((name, weights) -> {
            if (arrays.containsKey(INITIAL + name)) {
                HostMatrix initial = matrix(arrays.get(INITIAL + name), weights.columnMajor());
                if (initial.rows() != weights.rows() || initial.cols() != weights.cols()) {
                    throw new InputException(layerCase.file() + ": " + INITIAL + name + " is " + initial.rows() + " x " + initial.cols()
                            + ", expected " + weights.rows() + " x " + weights.cols());
                }
                System.arraycopy(initial.values(), 0, weights.values(), 0, weights.values().length);
            }
        });
    }

    static boolean isInput(String array) {
        return array.startsWith(DATA) || array.startsWith(INITIAL);
    }

    private static HostMatrix matrix(NumpyArray array, boolean columnMajor) {
        return HostMatrix.ofRowMajor(array.shape()[0], array.shape()[1], columnMajor, array.floats());
    }

    private static NumpyArray array(HostMatrix matrix) {
        return NumpyArray.ofFloats(matrix.rowMajor(), matrix.rows(), matrix.cols());
    }

    private interface WeightVisitor {
        void visit(String name, HostMatrix weights);
    }

    private void forEachWeight(WeightVisitor visitor) {
        for (LayerDict layer : layers) {
            if (layer.has("weights")) {
                for (int i = 0; i < layer.matrixList("weights").size(); i++) {
                    visitor.visit(layer.name() + "/weights" + i, layer.matrixList("weights").get(i));
                }
                visitor.visit(layer.name() + "/biases", layer.matrix("biases"));
            }
        }
    }

    Map<String, NumpyArray> initialWeights() {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        forEachWeight((name, weights) -> arrays.put(INITIAL + name, array(weights)));
        return arrays;
    }

    /** The outputs of one step. */
    Map<String, NumpyArray> train(DeviceGroup devices, long randomSeed) {
        Map<String, NumpyArray> outputs = new LinkedHashMap<>();
        int cases = data.get(0).cols();
        try (Net net = new Net(layers, devices, ERA, false)) {
            net.seed(randomSeed);
            net.fprop(data, 0, cases, PassType.TRAIN);
            layers.forEach(layer -> keep(outputs, "acts/" + layer.name(), layer.outputs(), net.acts(layer.name())));
            net.costs().sums().forEach((layer, values) -> keep(outputs, "costs/" + layer, 1, floats(values)));
            net.bprop(PassType.TRAIN);
            layers.forEach(layer -> keep(outputs, "actsgrad/" + layer.name(), layer.outputs(), net.actsGrad(layer.name())));
            net.updateWeights();
            net.syncWithHost();
        }
        forEachWeight((name, weights) -> outputs.put("weights/" + name, array(weights)));
        return outputs;
    }

    /** Costs have no outputs, so what they keep of single cases is left out; so are gradients that are not formed. */
    private static void keep(Map<String, NumpyArray> outputs, String name, int rows, float[] values) {
        if (values != null && rows > 0) {
            outputs.put(name, NumpyArray.ofFloats(values, rows, values.length / rows));
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
