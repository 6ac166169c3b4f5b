package org.cudaconvnet.golden.kernelcases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.golden.GoldenCase;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;
import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A golden case on a device")
class KernelCallTest {
    private static final GoldenArray INPUT = new GoldenArray("in_a", 2, 3, true, false, null);
    private static final GoldenArray IGNORED = new GoldenArray("in_target", 2, 3, false, false, null);
    private static final GoldenArray OUTPUT = new GoldenArray("out_target", 2, 3, false, false, null);
    private static final float[] VALUES = {1, 2, 3, 4, 5, 6};

    private Backend backend;
    private KernelCall call;

    @BeforeEach
    void lay() {
        backend = Devices.open("cpu:0", 1, Set.of());
        GoldenCase goldenCase = new GoldenCase("copy_0001", "copy_0001.npz", "copy", "copy",
                new ObjectMapper().createObjectNode().put("axis", "zero"), List.of(INPUT, IGNORED), List.of(OUTPUT), true);
        NumpyArray values = NumpyArray.ofFloats(VALUES, 2, 3);
        call = new KernelCall(backend, goldenCase, Map.of("in_a", values, "in_target", values));
    }

    @AfterEach
    void free() {
        call.close();
        backend.close();
    }

    @Test
    void matricesLieInTheStorageOrderOfTheIndex() {
        Matrix a = call.matrix("a");
        assertThat(a.isTransposed()).isTrue();
        float[] stored = new float[6];
        backend.download(a, stored);
        assertThat(stored).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void aCallThatWritesOnlyItsOutputLeavesNoDamage() {
        backend.elementwise().copy(call.matrix("a"), call.matrix("target"));
        assertThat(call.output(OUTPUT)).containsExactly(VALUES);
        assertThat(call.damage()).isEmpty();
    }

    @Test
    void ignoredContentsOfTheTargetAreNaNs() {
        assertThat(call.output(OUTPUT)).containsOnly(Float.NaN);
    }

    @Test
    void anElementWrittenAfterTheTargetIsFound() {
        Matrix target = call.matrix("target");
        backend.upload(new float[] {7}, new Matrix(target.memory(), target.offset() + target.size(), 1, 1, 1, false));
        assertThat(call.damage()).singleElement().asString().startsWith("target: element 6 outside a matrix of 2 x 3").contains("7.0");
    }

    @Test
    void anElementWrittenBeforeTheInputIsFound() {
        Matrix a = call.matrix("a");
        backend.upload(new float[] {7}, new Matrix(a.memory(), a.offset() - 1, 1, 1, 1, false));
        assertThat(call.damage()).singleElement().asString().startsWith("a: element -1 outside");
    }

    @Test
    void aChangedInputIsFound() {
        backend.elementwise().fill(call.matrix("a"), 7);
        assertThat(call.damage()).containsExactly("a: the call changed this input");
    }

    @Test
    void argumentsOfTheWrongTypeAndMissingOnesAreNamed() {
        assertThatThrownBy(() -> call.intArgument("axis")).isInstanceOf(InputException.class)
                .hasMessage("copy_0001: argument \"axis\" is \"zero\", expected an integer");
        assertThatThrownBy(() -> call.floatArgument("scale")).isInstanceOf(InputException.class)
                .hasMessage("copy_0001: argument \"scale\" is missing, expected a number");
    }
}
