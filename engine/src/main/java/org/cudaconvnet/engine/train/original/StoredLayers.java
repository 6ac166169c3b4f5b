package org.cudaconvnet.engine.train.original;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.InputException;

/**
 * The layers of a checkpoint under their names, each behind those that it needs: v1's list has that order, 2012's dictionary has none.
 * In both, {@code inputs} and {@code weightSourceLayers} are names afterwards.
 */
final class StoredLayers {
    private final String file;
    private final List<Entries> stored = new ArrayList<>();
    private final Map<String, Entries> byName = new LinkedHashMap<>();

    private StoredLayers(String file) {
        this.file = file;
    }

    /** @param layers a list (v1) or a dictionary by name (2012) */
    static Map<String, Entries> inOrder(String file, Object layers) {
        StoredLayers stored = new StoredLayers(file);
        if (layers instanceof List<?> list) {
            list.forEach(stored::add);
            stored.stored.forEach(stored::nameInputs);
        } else if (layers instanceof Map<?, ?> map) {
            map.values().forEach(stored::add);
        } else {
            throw new InputException(file + ": layers: found " + Entries.describe(layers) + ", expected a list or a dictionary");
        }
        return stored.inOrder();
    }

    private void add(Object value) {
        Entries anonymous = Entries.of(file + ": layer " + stored.size(), value);
        String name = anonymous.text("name");
        // A copy: v1's indices become names in it.
        Entries layer = new Entries(file + ": layer " + Entries.printable(name), new LinkedHashMap<>(anonymous.values()));
        stored.add(layer);
        if (byName.put(name, layer) != null) {
            throw new InputException(layer.where() + ": found two layers of this name");
        }
    }

    /** In v1 inputs and weight sources are positions in the list. */
    private void nameInputs(Entries layer) {
        Map<Object, Object> values = mutable(layer);
        if (layer.has("inputs")) {
            values.put("inputs", names(layer, "inputs"));
        }
        if (layer.has("weightSourceLayerIndices")) {
            values.put("weightSourceLayers", names(layer, "weightSourceLayerIndices"));
        }
    }

    private List<String> names(Entries layer, String key) {
        List<String> names = new ArrayList<>();
        for (int index : layer.integers(key)) {
            if (index >= stored.size()) {
                throw layer.wrong(key, index, "positions of the " + stored.size() + " layers");
            }
            names.add(index < 0 ? "" : stored.get(index).text("name"));
        }
        return names;
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> mutable(Entries layer) {
        return (Map<Object, Object>) layer.values();
    }

    /** A layer's turn comes when all that it needs is there. */
    private Map<String, Entries> inOrder() {
        Map<String, Entries> ordered = new LinkedHashMap<>();
        Map<String, Entries> open = new LinkedHashMap<>(byName);
        while (!open.isEmpty()) {
            int before = ordered.size();
            open.forEach((name, layer) -> {
                if (ordered.keySet().containsAll(needed(name, layer))) {
                    ordered.put(name, layer);
                }
            });
            open.keySet().removeAll(ordered.keySet());
            if (ordered.size() == before) {
                throw new InputException(open.values().iterator().next().where() + ": inputs: found a circle, expected layers above it");
            }
        }
        return ordered;
    }

    private List<String> needed(String name, Entries layer) {
        List<String> needed = new ArrayList<>(layer.has("inputs") ? layer.texts("inputs") : List.of());
        if (layer.has("weightSourceLayers")) {
            needed.addAll(layer.texts("weightSourceLayers"));
            needed.removeIf(source -> source.isEmpty() || source.equals(name));
        }
        for (String other : needed) {
            if (!byName.containsKey(other)) {
                throw layer.wrong("inputs", other, "names of layers");
            }
        }
        return needed;
    }
}
