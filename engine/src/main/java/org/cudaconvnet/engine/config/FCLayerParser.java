package org.cudaconvnet.engine.config;

/** fc: fully connected (spec: config-language.md section 4.4). */
final class FCLayerParser extends WeightLayerParser {
    FCLayerParser() {
        super(1, ANY_NUMBER);
    }

    @Override
    void parseGeometry(LayerScope scope) {
        scope.layer().put("outputs", scope.section().integerWithin("outputs", 1, Integer.MAX_VALUE));
    }

    @Override
    int weightsPerFilter(LayerDict layer, int input) {
        return layer.intList("numInputs").get(input);
    }
}
