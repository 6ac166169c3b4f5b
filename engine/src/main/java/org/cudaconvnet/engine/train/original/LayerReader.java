package org.cudaconvnet.engine.train.original;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LabelTree;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;

/**
 * Makes layer dictionaries from those of a checkpoint. The stored keys are parsed again as a definition; what the parser derives must be
 * what is stored, and matrices must have the shapes that follow from it (spec: checkpoints.md section 4).
 */
final class LayerReader {
    private static final Set<String> DERIVED = Set.of("outputs", "numInputs", "imgPixels", "imgSize", "modulesX", "modules", "filterPixels",
            "filterChannels", "overSample", "outputsX", "start", "tgtSize", "tgtPixels", "copyOffsets", "numOut");
    private static final Set<String> KEPT_AS_STORED = Set.of("initWFunc", "initBFunc", "initCFunc");
    /** Types whose second input has one unit per class. */
    private static final Set<String> CLASS_COSTS = Set.of("cost.logreg", "cost.crossent", "cost.crossent2", "cost.rflickr", "cost.msm");
    private static final int MOST_DATA_MATRICES = 256;

    private final String file;
    private final Map<String, Entries> stored;

    private LayerReader(String file, Map<String, Entries> stored) {
        this.file = file;
        this.stored = stored;
    }

    /** @param layers the entry of the model state: a list in v1, a dictionary in 2012 */
    static List<LayerDict> read(String file, Object layers) {
        return new LayerReader(file, StoredLayers.inOrder(file, layers)).read();
    }

    private List<LayerDict> read() {
        StoredDefinition definition = new StoredDefinition(file, stored);
        List<LayerDict> layers = LayerParser.parse(definition.definition(), definition.parameters(), context());
        Set<String> found = layers.stream().map(LayerDict::name).collect(Collectors.toSet());
        if (!found.equals(stored.keySet())) {
            throw new InputException(file + ": found layers " + stored.keySet() + ", expected " + found + " with neurons as they are stored");
        }
        Map<String, LayerDict> done = new LinkedHashMap<>();
        for (LayerDict layer : layers) {
            Entries entries = stored.get(layer.name());
            requireDerivedKeys(layer, entries);
            KEPT_AS_STORED.stream().filter(key -> layer.has(key) && entries.has(key)).forEach(key -> layer.put(key, entries.text(key)));
            if (layer.type().endsWith("norm")) {
                // Not divided twice, which may round.
                layer.put("scale", Entries.toNumber(entries.value("scale")).floatValue());
            }
            done.put(layer.name(), layer);
            StoredMatrices.putMatrices(layer, entries, done);
            StoredMatrices.putConnections(layer, entries);
        }
        return layers;
    }

    private ParseContext context() {
        List<Integer> dataDims = new ArrayList<>();
        int classes = 1;
        int gpus = 1;
        LabelTree tree = null;
        for (Entries layer : stored.values()) {
            String type = layer.text("type");
            if (type.equals("data")) {
                int dataIdx = layer.integer("dataIdx");
                if (dataIdx < 0 || dataIdx >= MOST_DATA_MATRICES || layer.integer("outputs") < 1) {
                    throw layer.unexpected("dataIdx", dataIdx + " with " + layer.integer("outputs") + " units", "0 to " + (MOST_DATA_MATRICES - 1));
                }
                while (dataDims.size() <= dataIdx) {
                    dataDims.add(1);
                }
                dataDims.set(dataIdx, layer.integer("outputs"));
            } else if (type.equals("treefc")) {
                tree = tree(layer);
                classes = layer.integer("outputs");
            } else if (CLASS_COSTS.contains(type) && layer.texts("inputs").size() == 2) {
                classes = stored.get(layer.texts("inputs").get(1)).integer("outputs");
            }
            gpus = Math.max(gpus, layer.has("gpu") ? Math.min(layer.integer("gpu"), MOST_DATA_MATRICES) + 1 : 1);
        }
        ParseContext context = ParseContext.withoutWeights(dataDims, classes).withNumGpus(gpus);
        return tree == null ? context : context.withLabelTree(tree);
    }

    private static LabelTree tree(Entries layer) {
        int nodes = layer.list("tree").size();
        List<List<Integer>> children = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            List<Integer> ofNode = new ArrayList<>();
            for (Object child : layer.element("tree", node, "a list of nodes", List.class)) {
                Integer index = Entries.toInteger(child);
                if (index == null || index < 0 || index >= nodes) {
                    throw layer.wrong("tree", child, "nodes from 0 to " + (nodes - 1));
                }
                ofNode.add(index);
            }
            children.add(ofNode);
        }
        int root = layer.integer("rootLabel");
        if (root < 0 || root >= nodes) {
            throw layer.wrong("rootLabel", root, "a node from 0 to " + (nodes - 1));
        }
        return new LabelTree(children, root);
    }

    private static void requireDerivedKeys(LayerDict layer, Entries entries) {
        layer.asMap().forEach((key, derived) -> {
            if (DERIVED.contains(key) && entries.has(key)) {
                Object found = derived instanceof List ? entries.integers(key) : (Object) entries.integer(key);
                if (!found.equals(derived)) {
                    throw entries.unexpected(key, found.toString(), String.valueOf(derived));
                }
            }
        });
    }
}
