package org.cudaconvnet.engine.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which input's matrices a layer may overwrite with its own: actsTarget and actsGradTarget, -1 for none
 * (spec: config-language.md section 9; v1's decisions, for layers on one device).
 */
final class ActsTargets {
    private ActsTargets() {
    }

    static void choose(List<LayerDict> layers) {
        Map<String, LayerDict> byName = layers.stream().collect(Collectors.toMap(LayerDict::name, Function.identity()));
        Map<String, Integer> consumers = new HashMap<>();
        layers.forEach(layer -> layer.inputs().stream().distinct().forEach(input -> consumers.merge(input, 1, Integer::sum)));
        for (LayerDict layer : layers) {
            layer.put("actsTarget", -1).put("actsGradTarget", -1);
            for (int i = 0; i < layer.inputs().size() && !layer.booleanValue("forceOwnActs"); i++) {
                LayerDict input = byName.get(layer.inputs().get(i));
                if (input.outputs() != layer.outputs() || consumers.get(input.name()) > 1 || isElsewhere(input, layer)) {
                    continue;
                }
                layer.put("actsGradTarget", i);
                if (!input.booleanValue("usesActs") && !layer.booleanValue("usesInputs")) {
                    layer.put("actsTarget", i);
                }
            }
        }
    }

    /** Data matrices (gpu -1) are copied to the device of their consumer, so they do not count as elsewhere. */
    private static boolean isElsewhere(LayerDict input, LayerDict layer) {
        return input.intValue("gpu") >= 0 && input.intValue("gpu") != layer.intValue("gpu");
    }
}
