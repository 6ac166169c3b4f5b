package org.cudaconvnet.engine.config;

import java.util.List;

/** Layers with inputs: their common keys inputs, neuron and gpu (spec: config-language.md section 3). */
abstract class LayerWithInputParser extends LayerTypeParser {
    static final int ANY_NUMBER = Integer.MAX_VALUE;

    private final int minInputs;
    private final int maxInputs;

    /** A layer type with exactly {@code inputs} inputs. */
    LayerWithInputParser(int inputs) {
        this(inputs, inputs);
    }

    LayerWithInputParser(int minInputs, int maxInputs) {
        this.minInputs = minInputs;
        this.maxInputs = maxInputs;
    }

    @Override
    final void parse(LayerScope scope) {
        super.parse(scope);
        parseInputs(scope);
        if (!isCost(scope.layer())) {
            scope.layer().put("neuron", scope.section().string("neuron", ""));
        }
        parseGpu(scope);
        parseKeys(scope);
    }

    /** Reads the keys of the type and sets {@code outputs}; inputs and numInputs are known. */
    abstract void parseKeys(LayerScope scope);

    static boolean isCost(LayerDict layer) {
        return layer.type().startsWith("cost.");
    }

    private void parseInputs(LayerScope scope) {
        List<String> inputs = scope.section().strings("inputs");
        for (String input : inputs) {
            LayerDict layer = scope.earlier().get(input);
            scope.require(layer != null, "inputs", input, "the name of a layer defined above");
            scope.require(layer.outputs() > 0, "inputs", input, "a layer with outputs, not one of type " + layer.type());
        }
        boolean goodCount = inputs.size() >= minInputs && inputs.size() <= maxInputs;
        if (!goodCount) {
            String expected = minInputs == maxInputs ? "exactly " + minInputs : "at least " + minInputs;
            throw scope.message("inputs", "found " + inputs.size() + " inputs, expected " + expected + " for type " + scope.layer().type());
        }
        scope.layer().put("inputs", inputs).put("numInputs", inputs.stream().map(i -> scope.earlier().get(i).outputs()).toList());
    }

    /** Inherits along the first input. One device needs no gpu key: above the data layers, which are on the host, it is then 0. */
    private static void parseGpu(LayerScope scope) {
        int numGpus = scope.context().numGpus();
        int inherited = scope.input(0).intValue("gpu");
        int gpu = scope.section().integer("gpu", inherited < 0 && numGpus == 1 ? 0 : inherited);
        if (gpu < 0 || gpu >= numGpus) {
            throw scope.message("gpu", "found " + gpu + (scope.section().has("gpu") ? "" : ", inherited from " + scope.input(0).name())
                    + ", expected 0 to " + (numGpus - 1) + " for " + numGpus + (numGpus == 1 ? " device" : " devices"));
        }
        scope.layer().put("gpu", gpu);
    }
}
