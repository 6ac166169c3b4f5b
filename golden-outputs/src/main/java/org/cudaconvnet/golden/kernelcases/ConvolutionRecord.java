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
 * Records one case for every CUDA kernel of filterActs, imgActs and weightActs, with sizes for which that kernel is chosen (the
 * data of 2012 have no layer for some of them). Equal programs write equal bytes.
 */
public final class ConvolutionRecord {
    /** Inputs are multiples of 1 / GRID in [-2, 2), so that sums of products round. */
    private static final int GRID = 16384;

    private static final List<ConvolutionPlan> PLANS = List.of(
            ConvolutionPlan.filterActs("f96_i128", 1, 1, 4, 96, 128),
            ConvolutionPlan.filterActs("f64_i128", 2, 1, 4, 64, 128),
            ConvolutionPlan.filterActs("f48_i128", 3, 1, 3, 48, 128),
            ConvolutionPlan.filterActs("f32_i128", 4, 1, 4, 32, 128),
            ConvolutionPlan.filterActs("f16_i128", 5, 2, 4, 16, 128),
            ConvolutionPlan.filterActs("f32_i32_checked", 6, 2, 4, 32, 37),
            ConvolutionPlan.filterActs("f16_i32_checked", 7, 2, 4, 16, 37),
            ConvolutionPlan.imgActs("c96_i128", 8, 1, 96, 16, 128),
            ConvolutionPlan.imgActs("c64_i128", 9, 1, 64, 16, 128),
            ConvolutionPlan.imgActs("c48_i128", 10, 1, 48, 16, 128),
            ConvolutionPlan.imgActs("c32_i128", 11, 1, 32, 16, 128),
            ConvolutionPlan.imgActs("c16_i128", 12, 2, 16, 16, 128),
            ConvolutionPlan.imgActs("c32_i32_checked", 13, 2, 36, 16, 37),
            ConvolutionPlan.imgActs("c4_i128_checked", 14, 1, 6, 16, 131),
            ConvolutionPlan.weightActs("w64_f128", 15, 1, 8, 128, 16),
            ConvolutionPlan.weightActs("w64_f96", 16, 1, 8, 96, 16),
            ConvolutionPlan.weightActs("w64_f64", 17, 1, 8, 64, 16),
            ConvolutionPlan.weightActs("w64_f48", 18, 1, 8, 48, 16),
            ConvolutionPlan.weightActs("w64_f32", 19, 2, 8, 32, 16),
            ConvolutionPlan.weightActs("w32_f64", 20, 1, 3, 64, 16),
            ConvolutionPlan.weightActs("w32_f32", 21, 1, 3, 32, 16),
            ConvolutionPlan.weightActs("w32_f16", 22, 2, 8, 16, 16),
            ConvolutionPlan.weightActs("w32_f32_checked", 23, 2, 4, 32, 21),
            ConvolutionPlan.weightActs("w32_f16_checked", 24, 2, 4, 16, 21));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConvolutionRecord() {
    }

    /** Writes index.json and one npz per case into an existing folder. */
    public static void write(Backend backend, Path folder) {
        ObjectNode index = JSON.createObjectNode().put("set", "convolutions").put("count", PLANS.size());
        ArrayNode cases = index.putArray("cases");
        for (ConvolutionPlan plan : PLANS) {
            JsonNode node = describe(plan);
            cases.add(node);
            GoldenCase goldenCase = JSON.convertValue(node, GoldenCase.class);
            Npz.write(folder.resolve(goldenCase.file()), run(backend, plan, goldenCase));
        }
        ReportFile.writeJson(folder.resolve(GoldenIndex.FILE_NAME), index);
    }

    private static Map<String, NumpyArray> run(Backend backend, ConvolutionPlan plan, GoldenCase goldenCase) {
        RandomState random = new RandomState(plan.seed());
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        for (GoldenArray input : plan.inputs()) {
            float[] values = new float[input.rows() * input.cols()];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.randint(-2 * GRID, 2 * GRID) / (float) GRID;
            }
            arrays.put(input.name(), NumpyArray.ofFloats(values, input.rows(), input.cols()));
        }
        try (KernelCall call = new KernelCall(backend, goldenCase, arrays)) {
            KernelCalls.find(plan.call()).accept(call);
            backend.synchronize();
            GoldenArray output = plan.output();
            arrays.put(output.name(), NumpyArray.ofFloats(call.output(output), output.rows(), output.cols()));
        }
        return arrays;
    }

    private static JsonNode describe(ConvolutionPlan plan) {
        ObjectNode node = JSON.createObjectNode().put("name", plan.name()).put("file", plan.name() + ".npz").put("op", plan.call())
                .put("call", plan.call()).put("seed", plan.seed()).put("input_grid", GRID);
        node.set("arguments", JSON.valueToTree(plan.arguments()));
        ArrayNode inputs = node.putArray("inputs");
        plan.inputs().forEach(input -> inputs.add(describe(input).put("in_place", input.inPlace())));
        node.putArray("outputs").add(describe(plan.output()));
        return node.put("exact", true);
    }

    private static ObjectNode describe(GoldenArray array) {
        return JSON.createObjectNode().put("array", array.name()).put("rows", array.rows()).put("cols", array.cols())
                .put("column_major", array.columnMajor());
    }
}
