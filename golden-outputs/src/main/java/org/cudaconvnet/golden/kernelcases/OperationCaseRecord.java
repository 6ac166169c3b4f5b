package org.cudaconvnet.golden.kernelcases;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.golden.kernelcases.OperationPlan.Contents;
import org.cudaconvnet.golden.kernelcases.OperationPlan.Input;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.RandomStreams;
import org.cudaconvnet.kernels.XorwowStates;

/** Records the cases of {@link OperationPlans}; equal programs write equal arrays. */
public final class OperationCaseRecord {
    private static final int GRID = 16384;
    private static final int STEPS = 8;
    /** Streams repeat with this period, so that the files compress. */
    private static final int STREAMS = 1021;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OperationCaseRecord() {
    }

    /**
     * Writes index.json and one npz per case into an existing folder.
     *
     * @param backend with all defects of 2012, as the cases are checked with them
     */
    public static void write(Backend backend, Path folder) {
        RecordedSet set = new RecordedSet(backend, folder, "operations");
        for (OperationPlan plan : OperationPlans.all()) {
            int seed = set.size() + 1;
            ObjectNode node = JSON.createObjectNode().put("name", plan.name).put("file", plan.name + ".npz").put("op", plan.operation)
                    .put("call", plan.call).put("seed", seed);
            node.set("arguments", JSON.valueToTree(plan.arguments));
            set.add(node, plan.inputs.stream().map(Input::array).toList(), inputs(plan, seed), plan.outputs, plan.exact);
        }
        set.writeIndex();
    }

    private static Map<String, NumpyArray> inputs(OperationPlan plan, int seed) {
        RandomState random = new RandomState(seed);
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        for (Input input : plan.inputs) {
            GoldenArray array = input.array();
            arrays.put(array.name(), input.contents() == Contents.STATES ? NumpyArray.ofInts(states(random), array.shape())
                    : NumpyArray.ofFloats(values(random, input.contents(), array.rows() * array.cols()), array.rows(), array.cols()));
        }
        return arrays;
    }

    private static float[] values(RandomState random, Contents contents, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (contents) {
                case SIGNED -> random.randint(-2 * GRID, 2 * GRID) / (float) GRID;
                case FRACTIONS -> random.randint(1, GRID) / (float) GRID;
                case STEPS -> random.randint(0, STEPS + 1) / (float) STEPS;
                case LABELS -> random.randint(OperationPlan.CLASSES);
                case STATES -> throw new IllegalArgumentException("states of random streams are no floats");
            };
        }
        return values;
    }

    private static int[] states(RandomState random) {
        int[] states = new int[XorwowStates.WORDS * RandomStreams.COUNT];
        for (int i = 0; i < states.length; i++) {
            int word = i / RandomStreams.COUNT;
            int stream = i % RandomStreams.COUNT;
            states[i] = stream >= STREAMS ? states[i - STREAMS] : switch (word) {
                case XorwowStates.HAS_NORMAL -> stream % 2;
                case XorwowStates.NORMAL -> Float.floatToRawIntBits((float) random.randn());
                default -> random.randint(Integer.MIN_VALUE, Integer.MAX_VALUE);
            };
        }
        return states;
    }
}
