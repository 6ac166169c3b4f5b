package org.cudaconvnet.engine.train;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;

/**
 * Takes layer dictionaries apart into a plain tree for JSON and named arrays, and puts them together again. A matrix under key
 * {@code biases} of layer conv1 becomes array {@code conv1/biases}, element 0 of list {@code weights} becomes {@code conv1/weights0};
 * tied matrices are stored once and are one object again afterwards.
 */
final class LayerArrays {
    private static final String ARRAY = "array";
    private static final String COLUMN_MAJOR = "columnMajor";

    private final Map<String, NumpyArray> arrays;
    private final Map<HostMatrix, String> names = new IdentityHashMap<>();
    private final Map<String, HostMatrix> matrices = new LinkedHashMap<>();

    /** @param arrays filled by {@link #takeApart}, read by {@link #putTogether} */
    LayerArrays(Map<String, NumpyArray> arrays) {
        this.arrays = arrays;
    }

    Map<String, Object> takeApart(LayerDict layer) {
        Map<String, Object> tree = new LinkedHashMap<>();
        layer.asMap().forEach((key, value) -> tree.put(key, takeApart(layer.name() + "/" + key, value)));
        return tree;
    }

    private Object takeApart(String path, Object value) {
        if (value instanceof HostMatrix matrix) {
            String name = names.computeIfAbsent(matrix, first -> {
                arrays.put(path, NumpyArray.ofFloats(first.rowMajor(), first.rows(), first.cols()));
                return path;
            });
            return Map.of(ARRAY, name, COLUMN_MAJOR, matrix.columnMajor());
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            for (Object element : list) {
                elements.add(takeApart(path + elements.size(), element));
            }
            return elements;
        }
        return value;
    }

    /** @throws IllegalArgumentException if the tree names an array that is missing or not a matrix */
    LayerDict putTogether(Map<?, ?> tree) {
        LayerDict layer = new LayerDict(String.valueOf(tree.get("name")), String.valueOf(tree.get("type")));
        tree.forEach((key, value) -> layer.put(String.valueOf(key), putTogether(value)));
        return layer;
    }

    private Object putTogether(Object value) {
        if (value instanceof Map<?, ?> map) {
            if (map.containsKey(ARRAY)) {
                return matrices.computeIfAbsent(String.valueOf(map.get(ARRAY)), name -> matrix(name, map.get(COLUMN_MAJOR).equals(true)));
            }
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, putTogether(element)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(putTogether(element)));
            return copy;
        }
        return value instanceof Double number ? (Object) number.floatValue() : value;
    }

    private HostMatrix matrix(String name, boolean columnMajor) {
        NumpyArray array = arrays.get(name);
        if (array == null || array.shape().length != 2) {
            throw new IllegalArgumentException("array " + name + (array == null ? " is missing" : " is not a matrix"));
        }
        return HostMatrix.ofRowMajor(array.shape()[0], array.shape()[1], columnMajor, array.floats());
    }
}
