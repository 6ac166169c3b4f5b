package org.cudaconvnet.golden.kernelcases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.ReportFile;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.golden.GoldenCase;
import org.cudaconvnet.golden.GoldenIndex;
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
        List<ConvolutionPlan> plans = ConvolutionPlans.all();
        ObjectNode index = JSON.createObjectNode().put("set", "convolutions").put("count", plans.size());
        ArrayNode cases = index.putArray("cases");
        for (ConvolutionPlan plan : plans) {
            int seed = cases.size() + 1;
            JsonNode node = describe(plan, seed);
            cases.add(node);
            GoldenCase goldenCase = JSON.convertValue(node, GoldenCase.class);
            Npz.writeCompressed(folder.resolve(goldenCase.file()), run(backend, plan, seed, goldenCase));
        }
        ReportFile.writeJson(folder.resolve(GoldenIndex.FILE_NAME), index);
    }

    private static Map<String, NumpyArray> run(Backend backend, ConvolutionPlan plan, int seed, GoldenCase goldenCase) {
        RandomState random = new RandomState(seed);
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        for (GoldenArray input : plan.arrays()) {
            arrays.put(input.name(), input.isIndexList() ? NumpyArray.ofInts(plan.geometry().colorIndices(), input.shape())
                    : NumpyArray.ofFloats(values(plan, input, random), input.rows(), input.cols()));
        }
        try (KernelCall call = new KernelCall(backend, goldenCase, arrays)) {
            KernelCalls.find(plan.call()).accept(call);
            backend.synchronize();
            GoldenArray output = plan.output();
            arrays.put(output.name(), NumpyArray.ofFloats(call.output(output), output.rows(), output.cols()));
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

    private static JsonNode describe(ConvolutionPlan plan, int seed) {
        ObjectNode node = JSON.createObjectNode().put("name", plan.name()).put("file", plan.name() + ".npz").put("op", plan.call())
                .put("call", plan.call()).put("seed", seed).put("input_grid", 1 / plan.inputs().unit);
        node.set("arguments", JSON.valueToTree(plan.arguments()));
        ArrayNode inputs = node.putArray("inputs");
        plan.arrays().forEach(input -> inputs.add(describe(input)));
        node.putArray("outputs").add(describe(plan.output()));
        return node.put("exact", true);
    }

    private static ObjectNode describe(GoldenArray array) {
        ObjectNode node = JSON.createObjectNode().put("array", array.name());
        if (array.isIndexList()) {
            node.set("shape", JSON.valueToTree(array.shape()));
            return node;
        }
        return node.put("rows", array.rows()).put("cols", array.cols()).put("column_major", array.columnMajor())
                .put("in_place", array.inPlace());
    }
}
