package org.cudaconvnet.engine.train.original;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.ConfigFile;

/**
 * The definition and parameter sections that stored layers were made from. Parsing these again checks everything that a checkpoint says
 * about geometry, and fills in what its generation does not store.
 */
final class StoredDefinition {
    private static final List<String> WEIGHT_KEYS = List.of("initW", "initB");
    private static final List<String> FILTER_KEYS = List.of("channels", "filterSize", "stride", "groups", "randSparse");
    private static final Map<String, List<String>> DEFINITION_KEYS = Map.ofEntries(
            Map.entry("data", List.of("dataIdx")), Map.entry("fc", join(WEIGHT_KEYS, List.of("outputs"))), Map.entry("treefc", WEIGHT_KEYS),
            Map.entry("conv", join(WEIGHT_KEYS, join(FILTER_KEYS, List.of("partialSum", "sharedBiases")))),
            Map.entry("local", join(WEIGHT_KEYS, FILTER_KEYS)), Map.entry("eltsum", List.of("coeffs")),
            Map.entry("pool", List.of("channels", "sizeX", "stride", "start", "outputsX", "pool")),
            Map.entry("rnorm", List.of("channels", "size", "blocked")), Map.entry("cnorm", List.of("channels", "size", "blocked")),
            Map.entry("cmrnorm", List.of("channels", "size", "blocked")), Map.entry("nailbed", List.of("channels", "stride")),
            Map.entry("blur", List.of("channels", "filterSize", "stdev")), Map.entry("href", List.of("channels")),
            Map.entry("resize", List.of("channels", "scale")), Map.entry("rscale", List.of("channels", "maxScale", "tgtSize")),
            Map.entry("rgb2lab", List.of("center")), Map.entry("hs", List.of("keep")), Map.entry("cost.tica", List.of("channels", "sizeX")));

    private static final List<String> ANY_PARAMS = List.of("quantF", "quantB");
    private static final List<String> WEIGHT_PARAMS = List.of("epsW", "epsB", "momW", "momB", "wc", "wball", "superEps", "superMom",
            "schedW", "schedB");
    private static final Map<String, List<String>> PARAM_KEYS = Map.ofEntries(
            Map.entry("fc", WEIGHT_PARAMS), Map.entry("treefc", WEIGHT_PARAMS), Map.entry("local", WEIGHT_PARAMS),
            Map.entry("conv", join(WEIGHT_PARAMS, List.of("wcNormMax", "wcNormMin"))), Map.entry("pool", List.of("doMax")),
            Map.entry("rnorm", List.of("scale", "pow")), Map.entry("cnorm", List.of("scale", "pow")),
            Map.entry("cmrnorm", List.of("scale", "pow", "minDiv")), Map.entry("hs", List.of("enable")),
            Map.entry("cost.logreg", List.of("coeff", "topk")), Map.entry("cost.msm", List.of("coeff", "setSize", "threads")));

    private static final Pattern NAME = Pattern.compile("[^\\]\\p{Cntrl},]+");
    /** Keys in the order in which a schedule and a neuron write them. */
    private static final List<String> PARAMETER_ORDER = List.of("tgtFactor", "noiseStdev", "numSteps", "a", "b");

    private final String file;
    private final Map<String, Entries> layers;
    /** Implicit neuron layers with the layers that they belong to. */
    private final Map<String, String> implicit = new LinkedHashMap<>();

    /**
     * @param file   for messages
     * @param layers stored layers by name, those that a layer needs before it; {@code inputs} and {@code weightSourceLayers} hold names
     */
    StoredDefinition(String file, Map<String, Entries> layers) {
        this.file = file;
        this.layers = layers;
        layers.forEach((name, layer) -> {
            if (!NAME.matcher(name).matches() || !name.equals(name.strip())) {
                throw new InputException(layer.where() + ": found a name that no definition can give");
            }
            sourceOf(name, layer).ifPresent(source -> implicit.put(name, source));
        });
    }

    private Optional<String> sourceOf(String name, Entries layer) {
        if (!layer.text("type").equals("neuron")) {
            return Optional.empty();
        }
        String source = String.join(",", layer.texts("inputs"));
        boolean detached = layers.containsKey(source) && layers.get(source).values().get("neuron") instanceof String neuron && !neuron.isEmpty()
                && name.matches(Pattern.quote(source + "_neuron") + "(\\.\\d+)?");
        return detached ? Optional.of(source) : Optional.empty();
    }

    ConfigFile definition() {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        layers.forEach((name, layer) -> {
            if (!implicit.containsKey(name)) {
                sections.put(name, definition(layer));
            }
        });
        return ConfigFile.of(file, sections);
    }

    private Map<String, String> definition(Entries layer) {
        String type = layer.text("type");
        Map<String, String> keys = new LinkedHashMap<>(Map.of("type", type));
        if (layer.has("inputs")) {
            keys.put("inputs", layer.texts("inputs").stream().map(input -> implicit.getOrDefault(input, input)).collect(Collectors.joining(",")));
        }
        putAll(keys, layer, List.of("neuron"));
        putAll(keys, layer, DEFINITION_KEYS.getOrDefault(type, List.of()));
        if (layer.has("gpu") && layer.integer("gpu") >= 0) {
            keys.put("gpu", text(layer.value("gpu")));
        }
        if (type.equals("conv") || type.equals("local")) {
            putFilterKeys(keys, layer);
        }
        if (layer.has("weightSourceLayers")) {
            keys.put("weightSource", weightSources(layer));
        }
        return keys;
    }

    /** What is not stored as it was written: padding, the filters per group, and for sparse layers the channels per filter. */
    private static void putFilterKeys(Map<String, String> keys, Entries layer) {
        keys.put("padding", text(layer.integers("padding").stream().map(padding -> -padding).toList()));
        int filters = layer.integer("filters");
        List<String> perGroup = new ArrayList<>();
        for (int groups : layer.integers("groups")) {
            if (groups < 1 || filters % groups != 0) {
                throw layer.wrong("groups", groups, "a divisor of the " + filters + " filters");
            }
            perGroup.add(String.valueOf(filters / groups));
        }
        keys.put("filters", String.join(",", perGroup));
        if (text(layer.value("randSparse")).contains("true")) {
            putAll(keys, layer, List.of("filterChannels"));
        }
    }

    private static String weightSources(Entries layer) {
        List<String> sources = layer.texts("weightSourceLayers");
        List<Integer> indices = layer.integers("weightSourceMatrixIndices");
        if (indices.size() != sources.size()) {
            throw layer.unexpected("weightSourceMatrixIndices", indices.size() + " values", sources.size() + ", one per input");
        }
        List<String> written = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            written.add(sources.get(i).isEmpty() || indices.get(i) == 0 ? sources.get(i) : sources.get(i) + "[" + indices.get(i) + "]");
        }
        return String.join(",", written);
    }

    ConfigFile parameters() {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        layers.forEach((name, layer) -> {
            String type = layer.text("type");
            Map<String, String> keys = new LinkedHashMap<>();
            putAll(keys, layer, ANY_PARAMS);
            putAll(keys, layer, PARAM_KEYS.getOrDefault(type, type.startsWith("cost.") ? List.of("coeff") : List.of()));
            if (type.endsWith("norm") && layer.has("scale") && Entries.toNumber(layer.value("scale")) != null) {
                int size = layer.integer("size");
                keys.put("scale", text(Entries.toNumber(layer.value("scale")) * (type.equals("cmrnorm") ? size : (double) size * size)));
            }
            sections.put(name, keys);
        });
        return ConfigFile.of(file, sections);
    }

    private static void putAll(Map<String, String> keys, Entries layer, List<String> names) {
        for (String name : names) {
            if (layer.has(name)) {
                keys.put(name, text(layer.value(name)));
            }
        }
    }

    /** A stored value as a definition writes it. */
    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return scalar(map.get("type")) + parameters(map.get("params"));
        }
        return value instanceof List<?> list ? list.stream().map(StoredDefinition::scalar).collect(Collectors.joining(",")) : scalar(value);
    }

    private static String parameters(Object params) {
        if (!(params instanceof Map<?, ?> map) || map.isEmpty()) {
            return "";
        }
        return PARAMETER_ORDER.stream().filter(map::containsKey).map(key -> (key.length() > 1 ? key + "=" : "") + scalar(map.get(key)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String scalar(Object value) {
        if (value instanceof Boolean || value instanceof Number) {
            return value.toString().toLowerCase(Locale.ROOT);
        }
        return value instanceof String ? Entries.toText(value) : Entries.describe(value);
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }
}
