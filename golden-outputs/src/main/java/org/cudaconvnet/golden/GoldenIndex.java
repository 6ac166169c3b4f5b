package org.cudaconvnet.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.engine.InputException;

/** The index.json of a golden set; every complaint is one line that names the file. */
public final class GoldenIndex {
    public static final String FILE_NAME = "index.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final JsonNode root;

    private GoldenIndex(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /** @throws InputException if there is no index or it is not a JSON object */
    public static GoldenIndex read(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (!root.isObject()) {
                throw new InputException(file + ": found no JSON object");
            }
            return new GoldenIndex(file, root);
        } catch (JsonProcessingException e) {
            throw new InputException(file + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    public Path file() {
        return file;
    }

    public boolean has(String key) {
        return root.has(key);
    }

    /** @throws InputException if the key is missing */
    public JsonNode get(String key) {
        return require(root, key, "");
    }

    /** A field of a part of this index. {@code place} says where, such as "cases[3]". */
    public JsonNode require(JsonNode node, String key, String place) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new InputException(file + ": " + place + (place.isEmpty() ? "" : ": ") + "key \"" + key + "\" is missing");
        }
        return value;
    }

    /** Converts a part of this index. */
    public <T> T convert(JsonNode node, Class<T> type, String place) {
        try {
            return JSON.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new InputException(file + ": " + place + ": " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        }
    }
}
