package org.cudaconvnet.engine.train.original;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;

/** What v1 cannot say (spec: checkpoints.md section 7, config-language.md sections 4 to 6). */
final class V1Layers {
    private static final Set<String> TYPES_OF_2012 = Set.of("treefc", "concat", "href", "hs", "cost.crossent", "cost.crossent2",
            "cost.rflickr", "cost.msm", "cost.gsum2", "cost.tica");
    private static final Set<String> NEURONS_OF_2012 = Set.of("nrelu", "drelu");
    private static final Set<String> POOLS_OF_2012 = Set.of("maxabs", "rand");
    /** Values of 2012's keys that say no more than v1 says without them. */
    private static final Map<String, Object> WITHOUT_EFFECT = Map.of("wball", 0f, "superEps", 0f, "wcNormMax", 0f, "schedW", "default",
            "schedB", "default", "quantF", "default", "quantB", "default", "topk", 1, "minDiv", 1f);

    private V1Layers() {
    }

    /** @throws InputException naming layer and key if a checkpoint of v1 could not hold the layer */
    static void requireKnown(LayerDict layer) {
        require(!TYPES_OF_2012.contains(layer.type()), layer, "type", layer.type());
        require(layer.intValue("gpu") <= 0, layer, "gpu", layer.intValue("gpu"));
        if (layer.type().equals("pool")) {
            require(!POOLS_OF_2012.contains(layer.stringValue("pool")), layer, "pool", layer.stringValue("pool"));
        }
        if (layer.asMap().get("neuron") instanceof Map<?, ?> neuron) {
            require(!NEURONS_OF_2012.contains(neuron.get("type")), layer, "neuron", neuron.get("type"));
        }
        WITHOUT_EFFECT.forEach((key, value) -> {
            if (layer.has(key)) {
                Object found = layer.asMap().get(key);
                for (Object element : found instanceof List<?> list ? list : List.of(found)) {
                    Object said = element instanceof Map<?, ?> map ? map.get("type") : element;
                    require(said.equals(value), layer, key, said);
                }
            }
        });
    }

    private static void require(boolean known, LayerDict layer, String key, Object found) {
        if (!known) {
            throw new InputException("layer " + layer.name() + ": " + key + ": found " + found
                    + ", which v1 does not know; expected the format 2012");
        }
    }
}
