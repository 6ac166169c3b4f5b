package org.cudaconvnet.engine.config;

/** hs: dropout (spec: config-language.md section 4.12). */
final class HiddenSexLayerParser extends LayerWithInputParser {
    HiddenSexLayerParser() {
        super(1);
    }

    @Override
    void parseKeys(LayerScope scope) {
        scope.layer().put("keep", (float) scope.section().number("keep")).put("outputs", scope.numInputs(0)).put("requiresParams", true);
        putMemoryFlags(scope.layer(), false, false, false);
    }

    @Override
    void addParams(LayerDict layer, ConfigSection params) {
        layer.put("enable", params.bool("enable"));
    }
}
