package org.cudaconvnet.kernels.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EmulatorBenchmarkTest {
    @Test
    void everyTiledKernelIsTimedAndItsLaneInstructionsAreCounted() {
        List<Integer> progress = new ArrayList<>();
        List<EmulatorBenchmark.Result> results = new EmulatorBenchmark(1, 2, 1).run(progress::add);
        assertThat(results).hasSize(EmulatorBenchmark.OPERATIONS);
        assertThat(progress).hasSize(EmulatorBenchmark.OPERATIONS).isSorted().endsWith(EmulatorBenchmark.OPERATIONS);
        assertThat(results).extracting(result -> result.layer() + " " + result.operation())
                .startsWith("80sec conv2 filterActs", "80sec conv2 imgActs", "80sec conv2 weightActs").endsWith("fc 1024x1024 matrixProduct");
        assertThat(results).allSatisfy(result -> {
            assertThat(result.gigaLaneInstructions()).isCloseTo(result.laneInstructions() / result.milliseconds() / 1e6, Offset.offset(1e-6));
            assertThat(result.gigaPerCore()).isEqualTo(result.gigaLaneInstructions()).isPositive();
        });
        // At least one fma per product of an input with a weight.
        assertThat(results.get(results.size() - 1).laneInstructions()).isGreaterThan(2L * 1024 * 1024);
    }
}
