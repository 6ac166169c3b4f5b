package org.cudaconvnet.engine.config;

/** Costs: sinks with a coefficient; cost.sum2 as it is, others add checks of their inputs (spec: config-language.md section 4.13). */
class CostLayerParser extends LayerWithInputParser {
    CostLayerParser(int inputs) {
        super(inputs);
    }

    @Override
    final void parseKeys(LayerScope scope) {
        scope.layer().put("requiresParams", true);
        parseCostKeys(scope);
    }

    void parseCostKeys(LayerScope scope) {
    }

    @Override
    void addParams(LayerDict layer, ConfigSection params) {
        layer.put("coeff", (float) params.number("coeff"));
    }

    static void requireUnits(LayerScope scope, int input, int units, String what) {
        if (scope.numInputs(input) != units) {
            throw scope.message("inputs", "found " + scope.numInputs(input) + " units in \"" + scope.input(input).name() + "\", expected "
                    + units + " (" + what + ")");
        }
    }

    static void requireSoftmax(LayerScope scope) {
        LayerDict probs = scope.input(1);
        scope.require(probs.type().equals("softmax"), "inputs", probs.name() + "\" of type \"" + probs.type(), "a softmax layer as second input");
    }
}
