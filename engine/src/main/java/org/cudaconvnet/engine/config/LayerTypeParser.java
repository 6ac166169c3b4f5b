package org.cudaconvnet.engine.config;

/** Reads the keys of one family of layer types into a {@link LayerDict}. Instances hold no state of a parse. */
abstract class LayerTypeParser {

    /** Reads the definition; {@code outputs} must be set afterwards. */
    void parse(LayerScope scope) {
        scope.layer().put("outputs", 0).put("requiresParams", false).put("gradConsumer", false);
        putMemoryFlags(scope.layer(), true, true, true);
    }

    /** Reads the layer's section of the parameter file; may run again when a run is resumed. */
    void addParams(LayerDict layer, ConfigSection params) {
    }

    /** What backward needs, and whether the layer may share its input's matrix (spec: config-language.md section 9). */
    static void putMemoryFlags(LayerDict layer, boolean usesActs, boolean usesInputs, boolean forceOwnActs) {
        layer.put("usesActs", usesActs).put("usesInputs", usesInputs).put("forceOwnActs", forceOwnActs);
    }
}
