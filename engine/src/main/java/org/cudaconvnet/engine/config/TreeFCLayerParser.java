package org.cudaconvnet.engine.config;

import java.util.List;

/** treefc: fully connected over the nodes of the label tree (spec: config-language.md section 4.4). */
final class TreeFCLayerParser extends WeightLayerParser {
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

    @Override
    int weightsPerFilter(LayerDict layer, int input) {
        return layer.intList("numInputs").get(input);
    }

    /** The original's trees have neither schedules nor wball (spec: weight-update.md sections 5 and 7). */
    @Override
    void addParams(LayerDict layer, ConfigSection params) {
        super.addParams(layer, params);
        layer.put("wballNormed", List.of(0f)).put("schedW", LearningRateSchedules.CONSTANT).put("schedB", LearningRateSchedules.CONSTANT);
    }
}
