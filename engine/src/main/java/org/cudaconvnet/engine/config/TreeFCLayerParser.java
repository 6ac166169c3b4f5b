package org.cudaconvnet.engine.config;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** treefc: fully connected over the nodes of the label tree (spec: config-language.md section 4.4). */
final class TreeFCLayerParser extends WeightLayerParser {
    private static final Logger LOG = LoggerFactory.getLogger(TreeFCLayerParser.class);
    private static final List<String> IGNORED = List.of("wball", "superEps", "schedW", "schedB");
    private static final Map<String, Object> CONSTANT = Map.of("type", "default", "params", Map.of());

    TreeFCLayerParser() {
        super(1, 1);
    }

    @Override
    void parseGeometry(LayerScope scope) {
        LabelTree tree = scope.context().labelTree().orElseThrow(() ->
                scope.message("type", "found \"treefc\" with data that have no label tree, expected the entry tree in batches.meta"));
        scope.require(scope.section().string("weightSource", "").isEmpty(), "weightSource",
                scope.section().string("weightSource", ""), "none: treefc layers cannot share weights");
        scope.layer().put("outputs", scope.context().numClasses()).put("tree", tree.children()).put("rootLabel", tree.root());
    }

    /** The engine of 2012 knows neither schedules nor limits for the nodes of a tree (spec: weight-update.md sections 5 and 7). */
    @Override
    void addParams(LayerDict layer, ConfigSection params) {
        super.addParams(layer, params);
        for (String key : IGNORED) {
            if (params.has(key)) {
                LOG.warn("{}: {} is ignored, as treefc layers have constant rates and no limits", layer.name(), key);
            }
        }
        layer.put("wball", List.of(0f)).put("wballNormed", List.of(0f)).put("superEps", 0f);
        layer.put("schedW", CONSTANT).put("schedB", CONSTANT);
    }

    @Override
    int weightsPerFilter(LayerDict layer, int input) {
        return layer.intList("numInputs").get(input);
    }
}
