package org.cudaconvnet.engine.train.original;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.config.Connectivity;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.MatrixShape;

/** Weights, biases, increments and connections of stored layers. */
final class StoredMatrices {
    private StoredMatrices() {
    }

    /** @param above layers that may be weight sources, the layer itself among them */
    static void putMatrices(LayerDict layer, Entries entries, Map<String, LayerDict> above) {
        List<MatrixShape> shapes = MatrixShape.weightsOf(layer);
        if (shapes.isEmpty()) {
            return;
        }
        List<HostMatrix> weights = new ArrayList<>();
        List<HostMatrix> weightsInc = new ArrayList<>();
        layer.put("weights", weights).put("weightsInc", weightsInc);
        for (int i = 0; i < shapes.size(); i++) {
            String source = layer.stringList("weightSourceLayers").get(i);
            if (source.isEmpty()) {
                weights.add(matrix(entries, "weights[" + i + "]", entries.element("weights", i, "an array", NumpyArray.class), shapes.get(i)));
                weightsInc.add(entries.has("weightsInc")
                        ? matrix(entries, "weightsInc[" + i + "]", entries.element("weightsInc", i, "an array", NumpyArray.class), shapes.get(i))
                        : shapes.get(i).zeros());
            } else {
                // As the original's engine: it follows the name, whether the arrays are one object or two.
                int index = layer.intList("weightSourceMatrixIndices").get(i);
                weights.add(above.get(source).matrixList("weights").get(index));
                weightsInc.add(above.get(source).matrixList("weightsInc").get(index));
            }
        }
        MatrixShape shape = MatrixShape.biasesOf(layer);
        layer.put("biases", matrix(entries, "biases", entries.value("biases"), shape));
        layer.put("biasesInc", entries.has("biasesInc") ? matrix(entries, "biasesInc", entries.value("biasesInc"), shape) : shape.zeros());
    }

    private static HostMatrix matrix(Entries entries, String key, Object value, MatrixShape shape) {
        if (!(value instanceof NumpyArray array) || !array.dtype().equals("<f4") || array.shape().length != 2
                || array.shape()[0] != shape.rows() || array.shape()[1] != shape.cols()) {
            throw entries.wrong(key, value, "array of <f4 [" + shape.rows() + ", " + shape.cols() + "]");
        }
        return HostMatrix.ofRowMajor(shape.rows(), shape.cols(), shape.columnMajor(), array.floats());
    }

    static void putConnections(LayerDict layer, Entries entries) {
        if (!layer.has("filterConns")) {
            return;
        }
        List<List<Integer>> connections = new ArrayList<>();
        for (int i = 0; i < layer.inputs().size(); i++) {
            List<Integer> ofInput = new ArrayList<>();
            if (layer.booleanList("randSparse").get(i)) {
                for (Object channel : entries.element("filterConns", i, "a list of channels", List.class)) {
                    ofInput.add(Entries.toInteger(channel));
                }
                int expected = layer.intList("groups").get(i) * layer.intList("filterChannels").get(i);
                int channels = layer.intList("channels").get(i);
                if (ofInput.contains(null) || ofInput.size() != expected || !Connectivity.arePermutations(ofInput, channels)) {
                    throw entries.unexpected("filterConns[" + i + "]", ofInput.size() + " values", expected / channels + " permutations of the "
                            + channels + " channels");
                }
            }
            connections.add(ofInput);
        }
        layer.put("filterConns", connections);
    }
}
