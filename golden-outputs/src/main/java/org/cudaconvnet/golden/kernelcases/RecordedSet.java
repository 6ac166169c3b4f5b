package org.cudaconvnet.golden.kernelcases;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.ReportFile;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.golden.GoldenCase;
import org.cudaconvnet.golden.GoldenIndex;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;

/** A set of calls of single operations that is being recorded on one device in portable arithmetic. */
final class RecordedSet {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Backend backend;
    private final Path folder;
    private final String name;
    private final ArrayNode cases = JSON.createArrayNode();

    /** @param folder an existing one */
    RecordedSet(Backend backend, Path folder, String name) {
        this.backend = backend;
        this.folder = folder;
        this.name = name;
    }

    int size() {
        return cases.size();
    }

    /**
     * Runs a case and writes its npz.
     *
     * @param node   the case up to its arguments; the rest is added
     * @param arrays the contents of {@code inputs} by name
     * @param exact  as {@link GoldenCase#exact()}
     */
    void add(ObjectNode node, List<GoldenArray> inputs, Map<String, NumpyArray> arrays, List<GoldenArray> outputs, boolean exact) {
        ArrayNode described = node.putArray("inputs");
        inputs.forEach(input -> described.add(describe(input)));
        ArrayNode describedOutputs = node.putArray("outputs");
        outputs.forEach(output -> describedOutputs.add(describe(output)));
        cases.add(node.put("exact", exact));
        GoldenCase goldenCase = JSON.convertValue(node, GoldenCase.class);
        Map<String, NumpyArray> all = new LinkedHashMap<>(arrays);
        try (KernelCall call = new KernelCall(backend, goldenCase, arrays)) {
            KernelCalls.find(goldenCase.call()).accept(call);
            backend.synchronize();
            outputs.forEach(output -> all.put(output.name(), NumpyArray.ofFloats(call.output(output), output.rows(), output.cols())));
        }
        Npz.writeCompressed(folder.resolve(goldenCase.file()), all);
    }

    void writeIndex() {
        ObjectNode index = JSON.createObjectNode().put("set", name).put(KernelSet.ARITHMETIC, Arithmetic.PORTABLE.name()).put("count", cases.size());
        index.set("cases", cases);
        ReportFile.writeJson(folder.resolve(GoldenIndex.FILE_NAME), index);
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
