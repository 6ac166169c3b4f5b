package org.cudaconvnet.golden.enginecases;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.golden.GoldenIndex;

/**
 * What the original stored of one net that it trained for some mini-batches (spec: golden-2012 README).
 *
 * <p>Expected arrays are named {@code file/array}, such as {@code acts_batch1/conv1} or {@code weights_after_05/w/conv1/weights0}, and
 * {@code costs_after_03/logprob[0]} for the costs of mini-batch 4, in the order in which training forms them.
 */
final class EngineGolden {
    private final Path folder;
    private final GoldenIndex index;
    private final Map<String, NumpyArray> expected = new LinkedHashMap<>();
    private final Map<String, NumpyArray> initialWeights;
    private final List<HostMatrix> data = new ArrayList<>();
    private int[] selectedCases;

    /** @throws InputException if the index or a file is incomplete */
    EngineGolden(Path folder, GoldenIndex index) {
        this.folder = folder;
        this.index = index;
        Map<String, NumpyArray> batch = Npz.read(folder.resolve("data.npz"));
        for (String name : new String[] {"data", "labels"}) {
            data.add(matrix("data.npz", batch, name));
        }
        initialWeights = Npz.read(folder.resolve("weights_init.npz"));
        expectCosts(0);
        expectFile("acts_batch1");
        expectFile("actsgrad_batch1");
        expectFile("weightgrads_batch1");
        for (int batchesDone = 1; batchesDone <= minibatchOrder().length; batchesDone++) {
            if (index.get("files").has(weightsFile(batchesDone) + ".npz")) {
                expectFile(weightsFile(batchesDone));
            }
            if (batchesDone < minibatchOrder().length) {
                expectCosts(batchesDone);
            }
        }
        expectFile(testFile());
        expectCosts(testFile(), index.get("test_cost_after_" + minibatchOrder().length));
        if (selectedCases == null) {
            throw new InputException(folder.resolve("acts_batch1.npz") + ": array cases is missing, expected the columns that are stored");
        }
    }

    static String weightsFile(int batchesDone) {
        return "weights_after_%02d".formatted(batchesDone);
    }

    static String costsFile(int batchesDone) {
        return "costs_after_%02d".formatted(batchesDone);
    }

    String testFile() {
        return "test_after_%02d".formatted(minibatchOrder().length);
    }

    private void expectFile(String file) {
        Map<String, NumpyArray> arrays = Npz.read(folder.resolve(file + ".npz"));
        arrays.forEach((name, array) -> {
            if (name.equals("cases")) {
                selectedCases = array.ints();
            } else {
                expected.put(file + "/" + name, array);
            }
        });
    }

    private void expectCosts(int batchesDone) {
        expectCosts(costsFile(batchesDone), index.get("costs_per_minibatch").path(batchesDone));
    }

    private void expectCosts(String file, JsonNode costs) {
        costs.fields().forEachRemaining(cost -> {
            for (int i = 0; i < cost.getValue().size(); i++) {
                expected.put(file + "/" + costName(cost.getKey(), i),
                        NumpyArray.ofFloats(new float[] {(float) cost.getValue().get(i).asDouble()}, 1, 1));
            }
        });
    }

    static String costName(String layer, int value) {
        return layer + "[" + value + "]";
    }

    static boolean isCost(String name) {
        return name.endsWith("]");
    }

    private HostMatrix matrix(String file, Map<String, NumpyArray> arrays, String name) {
        NumpyArray array = arrays.get(name);
        if (array == null || array.shape().length != 2) {
            throw new InputException(folder.resolve(file) + ": array " + name + " is " + (array == null ? "missing" : array)
                    + ", expected a matrix");
        }
        return new HostMatrix(array.shape()[0], array.shape()[1], false, array.floats());
    }

    /** The initial weights of one array such as conv1/weights0, or null. */
    HostMatrix initialWeights(String name) {
        return initialWeights.containsKey(name) ? matrix("weights_init.npz", initialWeights, name) : null;
    }

    Map<String, NumpyArray> expected() {
        return Collections.unmodifiableMap(expected);
    }

    /** Columns of the first mini-batch whose activations and gradients are stored. */
    int[] selectedCases() {
        return selectedCases.clone();
    }

    /** Matrices by dataIdx: data, labels. */
    List<HostMatrix> data() {
        return data;
    }

    int classes() {
        return index.get("classes").asInt();
    }

    /** Devices of the multi-GPU engine that trained the net; 1 for the engine of July 2012. */
    int gpus() {
        return index.has("gpus") ? index.get("gpus").asInt() : 1;
    }

    int minibatchSize() {
        return index.get("minibatch").asInt();
    }

    int[] minibatchOrder() {
        JsonNode order = index.get("minibatch_order");
        int[] indices = new int[order.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = order.get(i).asInt();
        }
        return indices;
    }

    Path layerDefinition() {
        return folder.resolve("layers.cfg");
    }

    Path layerParameters() {
        return folder.resolve("params.cfg");
    }
}
