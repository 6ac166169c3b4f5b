package org.cudaconvnet.engine.config;

/** eltsum and eltmax: element-wise over inputs of equal size (spec: config-language.md section 4.7). */
final class EltwiseLayerParser extends LayerWithInputParser {
    EltwiseLayerParser(int minInputs) {
        super(minInputs, ANY_NUMBER);
    }

    @Override
    void parseKeys(LayerScope scope) {
        LayerDict layer = scope.layer();
        int outputs = scope.numInputs(0);
        boolean equal = layer.intList("numInputs").stream().allMatch(n -> n == outputs);
        scope.require(equal, "inputs", layer.intList("numInputs"), "inputs of equal size");
        layer.put("outputs", outputs);
        if (layer.type().equals("eltsum")) {
            layer.put("coeffs", WeightLayerParser.floats(scope.section().numbers("coeffs", scope.inputCount(), 1)));
            putMemoryFlags(layer, false, false, false);
        }
    }
}
