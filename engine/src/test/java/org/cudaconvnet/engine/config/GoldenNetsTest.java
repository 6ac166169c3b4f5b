package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nets that the original parsed and trained (golden-2012/README.md). */
class GoldenNetsTest {
    private static final Path GOLDEN = Path.of("..", "golden-outputs", "golden-2012");

    /** Keys of 2012 that every layer gets here and that v1 did not have. */
    private static final Set<String> KEYS_OF_2012 = Set.of("gpu", "src_layer", "weightSourceLayers", "weightsPerFilter", "wball",
            "wballNormed", "superEps", "superMom", "schedW", "schedB", "wcNormMax", "wcNormMin", "quantF", "quantB", "topk", "minDiv");
    private static final Set<String> WEIGHT_KEYS = Set.of("weights", "weightsInc", "biases", "biasesInc");

    @ParameterizedTest
    @ValueSource(strings = {"quick", "norms", "mixed", "twotower"})
    void parsedLayersEqualThoseOfTheOriginal(String net) throws IOException {
        JsonNode index = index(GOLDEN.resolve("engine").resolve(net));
        List<LayerDict> layers = parse(GOLDEN.resolve("engine").resolve(net), index, 1);
        assertThat(layers).extracting(LayerDict::name).containsExactlyElementsOf(names(index));
        for (int i = 0; i < layers.size(); i++) {
            Map<String, Object> expected = original(index.get("layers").get(i), names(index));
            Map<String, Object> found = comparable(layers.get(i));
            found.keySet().removeIf(key -> KEYS_OF_2012.contains(key) && !expected.containsKey(key));
            assertThat(found).as(layers.get(i).toString()).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    @Test
    void parsedLayersOfTheTwoGpuNetEqualThoseOfTheOriginal() throws IOException {
        Path folder = GOLDEN.resolve("twogpu").resolve("twotower");
        JsonNode index = index(folder);
        Map<String, LayerDict> layers = new HashMap<>();
        parse(folder, index, 2).forEach(layer -> layers.put(layer.name(), layer));
        assertThat(layers.keySet()).containsExactlyInAnyOrderElementsOf(names(index));
        for (JsonNode layer : index.get("layers")) {
            Map<String, Object> expected = original(layer, List.of());
            Map<String, Object> found = comparable(layers.get(layer.get("name").asText()));
            // The 2012 parser never shares matrices, by a defect; memory sharing is decided here as in v1.
            for (String key : List.of("actsTarget", "actsGradTarget")) {
                expected.remove(key);
                found.remove(key);
            }
            assertThat(found).as(layer.get("name").asText()).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "norms", "mixed", "twotower"})
    void initialWeightsEqualThoseDrawnByNumPyFromTheSameSeed(String net) throws IOException {
        Path folder = GOLDEN.resolve("engine").resolve(net);
        Map<String, NumpyArray> original = Npz.read(folder.resolve("weights_init.npz"));
        Set<String> compared = new TreeSet<>();
        for (LayerDict layer : parse(folder, index(folder), 1)) {
            if (!layer.has("weights")) {
                continue;
            }
            for (int i = 0; i < layer.inputs().size(); i++) {
                String name = layer.name() + "/weights" + i;
                assertThat(layer.matrixList("weights").get(i).rowMajor()).as(name).isEqualTo(original.get(name).floats());
                compared.add(name);
            }
            String biases = layer.name() + "/biases";
            assertThat(layer.matrix("biases").values()).as(biases).isEqualTo(original.get(biases).floats());
            compared.add(biases);
        }
        assertThat(compared).isEqualTo(new TreeSet<>(original.keySet()));
    }

    private static JsonNode index(Path folder) throws IOException {
        return new ObjectMapper().readTree(folder.resolve("index.json").toFile());
    }

    private static List<LayerDict> parse(Path folder, JsonNode index, int numGpus) {
        int size = index.get("image_size").asInt();
        List<Integer> dims = List.of(index.get("image_channels").asInt() * size * size, 1);
        ParseContext context = ParseContext.of(dims, index.get("classes").asInt(), new RandomState(index.get("weight_seed").asLong()));
        return LayerParser.parse(folder.resolve("layers.cfg"), folder.resolve("params.cfg"), context.withNumGpus(numGpus));
    }

    private static List<String> names(JsonNode index) {
        return index.get("layers").findValuesAsText("name");
    }

    /** A layer of the index under our keys: names instead of v1's indices, numbers in our types. */
    private static Map<String, Object> original(JsonNode layer, List<String> names) {
        Map<String, Object> values = new LinkedHashMap<>();
        layer.fields().forEachRemaining(field -> values.put(field.getKey(), plain(field.getValue())));
        if (values.containsKey("inputs") && !names.isEmpty()) {
            values.put("inputs", plain(layer.get("inputs"), names));
        }
        if (values.remove("weightSourceLayerIndices") != null) {
            values.put("weightSourceLayers", plain(layer.get("weightSourceLayerIndices"), names));
        }
        return values;
    }

    private static List<String> plain(JsonNode indices, List<String> names) {
        List<String> list = new ArrayList<>();
        indices.forEach(index -> list.add(index.asInt() < 0 ? "" : names.get(index.asInt())));
        return list;
    }

    private static Object plain(JsonNode node) {
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(element -> list.add(plain(element)));
            return list;
        }
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.fields().forEachRemaining(field -> map.put(field.getKey(), plain(field.getValue())));
            return map;
        }
        return node.isTextual() ? node.asText() : node.isBoolean() ? (Object) node.asBoolean() : (float) node.asDouble();
    }

    private static Map<String, Object> comparable(LayerDict layer) {
        Map<String, Object> values = new LinkedHashMap<>();
        layer.asMap().forEach((key, value) -> {
            if (!WEIGHT_KEYS.contains(key)) {
                values.put(key, comparable(value));
            }
        });
        return values;
    }

    private static Object comparable(Object value) {
        if (value instanceof HostMatrix matrix) {
            List<Float> row = new ArrayList<>();
            for (float element : matrix.values()) {
                row.add(element);
            }
            return List.of(row);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(GoldenNetsTest::comparable).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, comparable(element)));
            return copy;
        }
        return value instanceof Number number ? (Object) number.floatValue() : value;
    }
}
