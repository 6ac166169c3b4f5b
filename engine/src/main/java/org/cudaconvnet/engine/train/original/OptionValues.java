package org.cudaconvnet.engine.train.original;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.cudaconvnet.engine.train.ModelOptions;

/** Options under the original's internal names: numbers, Booleans, texts, lists; paths as URIs, ranges as {@code a-b}. */
final class OptionValues {
    private static final ObjectMapper MAPPER = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private OptionValues() {
    }

    static Map<String, Object> of(ModelOptions options) {
        return MAPPER.convertValue(options, new TypeReference<>() {
        });
    }

    /**
     * The options that have a value here; values under other names are left out.
     *
     * @throws IllegalArgumentException if a value is not of the option's kind
     */
    static ModelOptions options(Map<String, Object> values) {
        return MAPPER.convertValue(values, ModelOptions.class);
    }

    static String uri(String path) {
        return Path.of(path).toUri().toString();
    }

    static Path path(String uri) {
        return Path.of(URI.create(uri));
    }
}
