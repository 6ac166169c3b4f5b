package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.List;

/** concat: inputs stacked by rows (spec: config-language.md section 4.7). */
final class ConcatLayerParser extends LayerWithInputParser {
    ConcatLayerParser() {
        super(1, ANY_NUMBER);
    }

    @Override
    void parseKeys(LayerScope scope) {
        List<Integer> copyOffsets = new ArrayList<>();
        int rows = 0;
        for (int numInputs : scope.layer().intList("numInputs")) {
            copyOffsets.add(rows);
            rows = Math.addExact(rows, numInputs);
        }
        scope.layer().put("copyOffsets", copyOffsets).put("outputs", rows);
    }
}
