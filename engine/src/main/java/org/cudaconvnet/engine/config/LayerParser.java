package org.cudaconvnet.engine.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cudaconvnet.engine.InputException;

/**
 * Turns a layer definition and a parameter file into layer dictionaries (spec: config-language.md section 2).
 *
 * <p>The list is in the order of the definition; a layer's implicit neuron layer follows it directly. Keys are the union of those of v1
 * and 2012, so gpu, weightsPerFilter, wball, schedW, minDiv, topk and the like are always there; {@code inputs} and
 * {@code weightSourceLayers} hold names. All errors are {@link InputException}s naming file, line, section and key.
 */
public final class LayerParser {
    private LayerParser() {
    }

    /** Layers of a new net with initial weights and parameters. */
    public static List<LayerDict> parse(Path layerDef, Path layerParams, ParseContext context) {
        return parse(ConfigFile.read(layerDef), ConfigFile.read(layerParams), context);
    }

    public static List<LayerDict> parse(ConfigFile layerDef, ConfigFile layerParams, ParseContext context) {
        List<LayerDict> layers = parseDefinition(layerDef, context);
        applyParams(layers, layerParams, context);
        return layers;
    }

    /** The number of devices that a definition names by {@code gpu}, at least 1. */
    public static int numGpus(ConfigFile layerDef) {
        return layerDef.sections().stream().filter(section -> !section.string("type", "").equals("data"))
                .mapToInt(section -> section.integer("gpu", 0)).max().orElse(0) + 1;
    }

    /** Layers without the keys of the parameter file. */
    public static List<LayerDict> parseDefinition(ConfigFile layerDef, ParseContext context) {
        Map<String, LayerDict> layers = new LinkedHashMap<>();
        for (ConfigSection section : layerDef.sections()) {
            LayerTypeParser parser = LayerTypeParsers.of(section);
            LayerDict layer = new LayerDict(section.name(), section.string("type"));
            try {
                parser.parse(new LayerScope(section, layer, layers, context));
            } catch (ArithmeticException overflow) {
                throw section.message("type", "found a layer with matrices of more than 2^31 - 1 elements, expected smaller ones");
            }
            UnknownKeys.refuse(section, layer, context.lenientKeys());
            layers.put(layer.name(), layer);
        }
        if (layers.isEmpty()) {
            throw new InputException(layerDef.name() + ": found no layers, expected sections such as [data] with a key type");
        }
        List<LayerDict> detached = NeuronLayers.detach(List.copyOf(layers.values()), layerDef);
        ActsTargets.choose(detached);
        requireAllUsed(detached, layerDef);
        return detached;
    }

    /** Reads the parameters of layers, of a new net or again of a resumed one; weights, increments and biases stay. */
    public static void applyParams(List<LayerDict> layers, Path layerParams, ParseContext context) {
        applyParams(layers, ConfigFile.read(layerParams), context);
    }

    public static void applyParams(List<LayerDict> layers, ConfigFile layerParams, ParseContext context) {
        for (LayerDict layer : layers) {
            if (layer.booleanValue("requiresParams") && !layerParams.hasSection(layer.name())) {
                throw new InputException(layerParams.name() + ": found no section [" + layer.name() + "], expected one for layer "
                        + layer.name() + " of type " + layer.type());
            }
        }
        for (LayerDict layer : layers) {
            ConfigSection section = layerParams.section(layer.name());
            LayerTypeParsers.of(layer).addParams(layer, section);
            addQuantizers(layer, section, layerParams);
            layer.put("conserveMem", context.conserveMem() ? 1 : 0);
            UnknownKeys.refuse(section, layer, context.lenientKeys());
        }
    }

    /** Transfer quantisation; a detached neuron layer without a section uses that of its source. */
    private static void addQuantizers(LayerDict layer, ConfigSection section, ConfigFile layerParams) {
        section.known("quantF", "quantB");
        boolean detached = layer.has("src_layer") && !layerParams.hasSection(layer.name());
        ConfigSection source = detached ? layerParams.section(layer.stringValue("src_layer")) : section;
        for (String key : List.of("quantF", "quantB")) {
            String type = source.string(key, "default");
            source.require(type.equals("default") || type.equals("half"), key, type, "default or half");
            layer.put(key, Map.of("type", type, "params", Map.of()));
        }
    }

    private static void requireAllUsed(List<LayerDict> layers, ConfigFile layerDef) {
        Set<String> used = new HashSet<>();
        layers.forEach(layer -> used.addAll(layer.inputs()));
        for (LayerDict layer : layers) {
            if (!used.contains(layer.name()) && !LayerWithInputParser.isCost(layer)) {
                String section = layer.has("src_layer") ? layer.stringValue("src_layer") : layer.name();
                throw layerDef.section(section).message("type", "found layer " + layer.name()
                        + " that no other layer uses as input, expected only costs to be unused");
            }
        }
    }
}
