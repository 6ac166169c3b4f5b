package org.cudaconvnet.engine.config;

import java.util.List;

/** conv: filters shared by all modules (spec: config-language.md sections 4.5 and 5). */
final class ConvLayerParser extends LocalLayerParser {
    @Override
    void parseGeometry(LayerScope scope) {
        super.parseGeometry(scope);
        int modules = scope.layer().intValue("modules");
        int partialSum = scope.section().integerWithin("partialSum", 0, modules);
        scope.require(partialSum == 0 || modules % partialSum == 0, "partialSum", partialSum, "0 or a divisor of the " + modules + " modules");
        scope.layer().put("partialSum", partialSum).put("sharedBiases", scope.section().bool("sharedBiases", true));
    }

    @Override
    void addParams(LayerDict layer, ConfigSection params) {
        super.addParams(layer, params);
        int inputs = layer.inputs().size();
        List<Double> max = params.numbers("wcNormMax", inputs, 0);
        List<Double> min = params.numbers("wcNormMin", inputs, 0);
        for (int i = 0; i < inputs; i++) {
            params.require(min.get(i) <= max.get(i), "wcNormMin", min.get(i), "at most wcNormMax " + max.get(i));
        }
        layer.put("wcNormMax", floats(max)).put("wcNormMin", floats(min));
    }
}
