package org.cudaconvnet.golden.kernelcases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.kernels.RandomStreams;
import org.cudaconvnet.kernels.XorwowStates;

/** A call of an operation, to be recorded; built step by step. */
final class OperationPlan {
    /** What an input holds. */
    enum Contents {
        /** Multiples of 2^-14 from -2 to below 2. */
        SIGNED,
        /** Multiples of 2^-14 above 0 and below 1. */
        FRACTIONS,
        /** Multiples of 1/8 from 0 to 1, both included: zeros, ones and many equal ones. */
        STEPS,
        /** Classes from 0 to 9. */
        LABELS,
        /** Random streams, every other one with a kept normal draw. */
        STATES
    }

    record Input(GoldenArray array, Contents contents) {
    }

    static final int CLASSES = 10;

    final String name;
    final String operation;
    final String call;
    final boolean exact;
    final Map<String, Object> arguments = new TreeMap<>();
    final List<Input> inputs = new ArrayList<>();
    final List<GoldenArray> outputs = new ArrayList<>();

    /**
     * @param call  one of {@link KernelCalls}
     * @param exact false if a step is approximate in 2012: exponential, logarithm, division
     */
    OperationPlan(String operation, String call, String variant, boolean exact) {
        this.name = operation + "-" + variant;
        this.operation = operation;
        this.call = call;
        this.exact = exact;
    }

    OperationPlan with(String argument, Object value) {
        arguments.put(argument, value);
        return this;
    }

    OperationPlan reads(String matrix, Contents contents, int rows, int cols, boolean columnMajor) {
        inputs.add(new Input(new GoldenArray("in_" + matrix, rows, cols, columnMajor, false, null), contents));
        return this;
    }

    OperationPlan readsStates() {
        int[] shape = {XorwowStates.WORDS, RandomStreams.COUNT};
        inputs.add(new Input(new GoldenArray("in_states", 0, 0, false, false, shape), Contents.STATES));
        return this;
    }

    OperationPlan writes(String matrix, int rows, int cols, boolean columnMajor) {
        outputs.add(new GoldenArray("out_" + matrix, rows, cols, columnMajor, false, null));
        return this;
    }

    /** A matrix whose previous contents count. */
    OperationPlan changes(String matrix, Contents contents, int rows, int cols, boolean columnMajor) {
        inputs.add(new Input(new GoldenArray("in_" + matrix, rows, cols, columnMajor, true, null), contents));
        return writes(matrix, rows, cols, columnMajor);
    }
}
