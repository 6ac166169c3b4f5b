package org.cudaconvnet.golden.kernelcases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.golden.GoldenCase;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** One golden case laid out on a device: its matrices by the original's parameter names, and its arguments. */
final class KernelCall implements AutoCloseable {
    private final Backend backend;
    private final GoldenCase goldenCase;
    private final Map<String, GuardedMatrix> matrices = new LinkedHashMap<>();
    private final Map<String, int[]> indexLists = new HashMap<>();

    /** Uploads the inputs; outputs whose previous contents do not count hold sentinels. */
    KernelCall(Backend backend, GoldenCase goldenCase, Map<String, NumpyArray> arrays) {
        this.backend = backend;
        this.goldenCase = goldenCase;
        for (GoldenArray input : goldenCase.inputs()) {
            NumpyArray array = arrays.get(input.name());
            if (input.isIndexList()) {
                indexLists.put(input.parameter(), array.ints());
            } else {
                boolean contentsIgnored = isOutput(input.parameter()) && !input.inPlace();
                matrices.put(input.parameter(), new GuardedMatrix(backend, input, contentsIgnored ? null : array.floats()));
            }
        }
        for (GoldenArray output : goldenCase.outputs()) {
            matrices.computeIfAbsent(output.parameter(), parameter -> new GuardedMatrix(backend, output, null));
        }
    }

    private boolean isOutput(String parameter) {
        return goldenCase.outputs().stream().anyMatch(output -> output.parameter().equals(parameter));
    }

    Backend backend() {
        return backend;
    }

    /** Name of the original function. */
    String function() {
        return goldenCase.call();
    }

    boolean has(String argument) {
        return goldenCase.arguments().has(argument);
    }

    Matrix matrix(String parameter) {
        GuardedMatrix matrix = matrices.get(parameter);
        if (matrix == null) {
            throw new InputException(goldenCase.name() + ": matrix \"" + parameter + "\" is missing in the index");
        }
        return matrix.matrix();
    }

    /** Null if the case has no such list. */
    int[] indexList(String parameter) {
        return indexLists.get(parameter);
    }

    int intArgument(String name) {
        return argument(name, JsonNode::isInt, "an integer").intValue();
    }

    float floatArgument(String name) {
        return argument(name, JsonNode::isNumber, "a number").floatValue();
    }

    boolean booleanArgument(String name) {
        return argument(name, JsonNode::isBoolean, "true or false").booleanValue();
    }

    String textArgument(String name) {
        return argument(name, JsonNode::isTextual, "a string").textValue();
    }

    private JsonNode argument(String name, Predicate<JsonNode> type, String expected) {
        JsonNode value = goldenCase.arguments().path(name);
        if (!type.test(value)) {
            throw new InputException(goldenCase.name() + ": argument \"" + name + "\" is "
                    + (value.isMissingNode() ? "missing" : value) + ", expected " + expected);
        }
        return value;
    }

    /** Stores a result that the original returned to the host as the 1 x 1 output "result". */
    void returned(float value) {
        backend.upload(new float[] {value}, matrix("result"));
    }

    float[] output(GoldenArray output) {
        return matrices.get(output.parameter()).rowMajor();
    }

    /** What the call touched although it must not: guards, and inputs that are not changed in place. */
    List<String> damage() {
        List<String> complaints = new ArrayList<>();
        matrices.forEach((parameter, matrix) -> {
            String damagedGuard = matrix.damagedGuard();
            if (damagedGuard != null) {
                complaints.add(parameter + ": " + damagedGuard);
            } else if (!isOutput(parameter) && !matrix.isUnchanged()) {
                complaints.add(parameter + ": the call changed this input");
            }
        });
        return complaints;
    }

    @Override
    public void close() {
        matrices.values().forEach(GuardedMatrix::close);
    }
}
