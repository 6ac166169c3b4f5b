package org.cudaconvnet.engine.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One parsed layer under the keys of the original's layer dictionaries (spec: config-language.md, checkpoints.md).
 *
 * <p>Values are Integer, Float, Boolean, String, {@link HostMatrix}, another map, or a List of one of these. {@code inputs} holds layer
 * names. Per-input keys of conv and local layers (channels, padding, stride, filterSize, groups, ...) are lists; {@code padding} is
 * stored negated, as in the original.
 */
public final class LayerDict {
    private final Map<String, Object> values = new LinkedHashMap<>();

    public LayerDict(String name, String type) {
        values.put("name", name);
        values.put("type", type);
    }

    public String name() {
        return stringValue("name");
    }

    public String type() {
        return stringValue("type");
    }

    /** Names of the input layers in the order of the definition; empty for data layers. */
    public List<String> inputs() {
        return has("inputs") ? stringList("inputs") : List.of();
    }

    /** Units of the layer's output; 0 for costs. */
    public int outputs() {
        return intValue("outputs");
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public LayerDict put(String key, Object value) {
        values.put(key, value);
        return this;
    }

    public void remove(String key) {
        values.remove(key);
    }

    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(values);
    }

    public int intValue(String key) {
        return value(key, Integer.class);
    }

    public float floatValue(String key) {
        return value(key, Float.class);
    }

    public boolean booleanValue(String key) {
        return value(key, Boolean.class);
    }

    public String stringValue(String key) {
        return value(key, String.class);
    }

    public HostMatrix matrix(String key) {
        return value(key, HostMatrix.class);
    }

    public List<Integer> intList(String key) {
        return list(key, Integer.class);
    }

    public List<Float> floatList(String key) {
        return list(key, Float.class);
    }

    public List<Boolean> booleanList(String key) {
        return list(key, Boolean.class);
    }

    public List<String> stringList(String key) {
        return list(key, String.class);
    }

    public List<HostMatrix> matrixList(String key) {
        return list(key, HostMatrix.class);
    }

    public <T> T value(String key, Class<T> type) {
        Object value = values.get(key);
        if (!type.isInstance(value)) {
            throw new IllegalStateException("layer " + values.get("name") + ": key " + key + " is "
                    + (value == null ? "missing" : value.getClass().getSimpleName()) + ", expected " + type.getSimpleName());
        }
        return type.cast(value);
    }

    public <T> List<T> list(String key, Class<T> type) {
        List<?> list = value(key, List.class);
        for (Object element : list) {
            if (!type.isInstance(element)) {
                throw new IllegalStateException("layer " + values.get("name") + ": key " + key + " holds " + element
                        + ", expected " + type.getSimpleName());
            }
        }
        @SuppressWarnings("unchecked")
        List<T> checked = (List<T>) list;
        return checked;
    }

    @Override
    public String toString() {
        return name() + " (" + type() + ")";
    }
}
