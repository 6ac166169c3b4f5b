package org.cudaconvnet.engine.config;

/** data: one matrix of the data provider (spec: config-language.md section 4.2). */
final class DataLayerParser extends LayerTypeParser {
    @Override
    void parse(LayerScope scope) {
        super.parse(scope);
        int matrices = scope.context().dataDims().size();
        int dataIdx = scope.section().integerWithin("dataIdx", 0, matrices - 1);
        scope.layer().put("dataIdx", dataIdx).put("outputs", scope.context().dataDims().get(dataIdx)).put("gpu", -1);
    }
}
