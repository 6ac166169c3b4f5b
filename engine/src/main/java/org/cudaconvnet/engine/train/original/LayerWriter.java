package org.cudaconvnet.engine.train.original;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;

/** Makes the dictionaries of layers that a generation of the original stores (spec: checkpoints.md section 4). */
final class LayerWriter {
    private static final int NO_SOURCE = -1;

    private final Generation generation;
    private final List<LayerDict> layers;
    private final List<String> names;
    private final Map<String, Map<Object, Object>> dictionaries = new LinkedHashMap<>();
    private final Map<HostMatrix, NumpyArray> arrays = new IdentityHashMap<>();

    private LayerWriter(Generation generation, List<LayerDict> layers) {
        this.generation = generation;
        this.layers = layers;
        this.names = layers.stream().map(LayerDict::name).toList();
    }

    /**
     * The entry {@code layers} of the model state: a list in v1, a dictionary by name in 2012. Dictionaries and arrays that occur
     * several times are the same object each time.
     *
     * @throws org.cudaconvnet.engine.InputException if v1 has no word for one of the layers
     */
    static Object write(Generation generation, List<LayerDict> layers) {
        if (generation == Generation.V1) {
            layers.forEach(V1Layers::requireKnown);
        }
        return new LayerWriter(generation, layers).write();
    }

    private Object write() {
        for (LayerDict layer : layers) {
            dictionaries.put(layer.name(), dictionary(layer));
        }
        return generation == Generation.V1 ? new ArrayList<>(dictionaries.values()) : dictionaries;
    }

    private Map<Object, Object> dictionary(LayerDict layer) {
        Map<Object, Object> dictionary = new LinkedHashMap<>();
        layer.asMap().forEach((key, value) -> {
            if (LayerKeys.isOf(generation, key)) {
                dictionary.put(key, plain(value));
            }
        });
        if (layer.has("inputs")) {
            dictionary.put("inputLayers", layer.inputs().stream().map(dictionaries::get).collect(Collectors.toList()));
        }
        if (generation == Generation.V1) {
            replaceNames(layer, dictionary);
        } else {
            // The parser of 2012 never shares matrices, by a defect (spec: config-language.md section 9).
            dictionary.put("actsTarget", NO_SOURCE);
            dictionary.put("actsGradTarget", NO_SOURCE);
        }
        return dictionary;
    }

    private void replaceNames(LayerDict layer, Map<Object, Object> dictionary) {
        if (layer.has("inputs")) {
            dictionary.put("inputs", positions(layer.inputs()));
        }
        if (layer.has("weightSourceLayers")) {
            dictionary.put("weightSourceLayerIndices", positions(layer.stringList("weightSourceLayers")));
        }
    }

    /** Positions in v1's list; -1 for no layer. */
    private List<Integer> positions(List<String> layerNames) {
        return layerNames.stream().map(names::indexOf).toList();
    }

    /** A value as Python has it; containers are copied, since the pickle must not find one object where Python needs two. */
    private Object plain(Object value) {
        if (value instanceof HostMatrix matrix) {
            return arrays.computeIfAbsent(matrix, LayerWriter::array);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, plain(element)));
            return copy;
        }
        // The parser read 0.001 into a double; the float nearest to it is written the same way.
        return value instanceof Float number ? (Object) Double.valueOf(number.toString()) : value;
    }

    /** Fortran order says that a matrix is column-major, which the engine of the original believes. */
    private static NumpyArray array(HostMatrix matrix) {
        ByteBuffer storage = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, matrix.values().length)).order(ByteOrder.LITTLE_ENDIAN);
        storage.asFloatBuffer().put(matrix.values());
        return NumpyArray.of("<f4", new int[] {matrix.rows(), matrix.cols()}, matrix.columnMajor(), storage.array());
    }
}
