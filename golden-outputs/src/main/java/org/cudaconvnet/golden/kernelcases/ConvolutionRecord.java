package org.cudaconvnet.golden.kernelcases;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.kernels.Backend;

/**
 * Records the cases of {@link ConvolutionPlans}. Columns of images repeat with a prime period, so that the files compress while
 * neighbours, quads and tiles stay different; equal programs write equal arrays.
 */
public final class ConvolutionRecord {
    private static final int PERIOD = 11;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConvolutionRecord() {
    }

    /** Writes index.json and one npz per case into an existing folder. */
    public static void write(Backend backend, Path folder) {
        RecordedSet set = new RecordedSet(backend, folder, "convolutions");
        for (ConvolutionPlan plan : ConvolutionPlans.all()) {
            int seed = set.size() + 1;
            set.add(describe(plan, seed), plan.arrays(), inputs(plan, seed), List.of(plan.output()), true);
        }
        set.writeIndex();
    }

    private static Map<String, NumpyArray> inputs(ConvolutionPlan plan, int seed) {
        RandomState random = new RandomState(seed);
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        for (GoldenArray input : plan.arrays()) {
            arrays.put(input.name(), input.isIndexList() ? NumpyArray.ofInts(plan.geometry().colorIndices(), input.shape())
                    : NumpyArray.ofFloats(values(plan, input, random), input.rows(), input.cols()));
        }
        return arrays;
    }

    private static float[] values(ConvolutionPlan plan, GoldenArray input, RandomState random) {
        float[] values = new float[input.rows() * input.cols()];
        for (int i = 0; i < values.length; i++) {
            boolean repeats = input.cols() == plan.numImages() && i % input.cols() >= PERIOD;
            values[i] = repeats ? values[i - PERIOD] : random.randint(-plan.inputs().range, plan.inputs().range) * plan.inputs().unit;
        }
        return values;
    }

    private static ObjectNode describe(ConvolutionPlan plan, int seed) {
        ObjectNode node = JSON.createObjectNode().put("name", plan.name()).put("file", plan.name() + ".npz").put("op", plan.call())
                .put("call", plan.call()).put("seed", seed).put("input_grid", 1 / plan.inputs().unit);
        node.set("arguments", JSON.valueToTree(plan.arguments()));
        return node;
    }
}
