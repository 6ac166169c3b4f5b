package org.cudaconvnet.engine.config;

/** cost.gsum2: sum of squares behind a gate of one unit (spec: config-language.md section 4.13). */
final class GatedSumOfSquaresCostParser extends CostLayerParser {
    GatedSumOfSquaresCostParser() {
        super(2);
    }

    @Override
    void parseCostKeys(LayerScope scope) {
        requireUnits(scope, 0, 1, "the gate, the first input");
    }
}
