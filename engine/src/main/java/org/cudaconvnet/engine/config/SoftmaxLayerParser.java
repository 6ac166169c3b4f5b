package org.cudaconvnet.engine.config;

/** softmax: no keys of its own (spec: config-language.md section 4.7). */
final class SoftmaxLayerParser extends LayerWithInputParser {
    SoftmaxLayerParser() {
        super(1);
    }

    @Override
    void parseKeys(LayerScope scope) {
        scope.layer().put("outputs", scope.numInputs(0));
    }
}
