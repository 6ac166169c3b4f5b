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
        EmulatorBenchmark benchmark = new EmulatorBenchmark(2, 2, 1);
        List<EmulatorBenchmark.Result> results = benchmark.run(progress::add);
        assertThat(results).hasSize(10);
        assertThat(benchmark.operations()).as("with one thread and with two").isEqualTo(20);
        assertThat(progress).hasSize(20).isSorted().endsWith(20);
        assertThat(results).extracting(result -> result.layer() + " " + result.operation())
                .startsWith("80sec conv2 filterActs", "80sec conv2 imgActs", "80sec conv2 weightActs").endsWith("fc 1024x1024 matrixProduct");
        int cores = Math.min(2, Runtime.getRuntime().availableProcessors());
        assertThat(results).allSatisfy(result -> {
            assertThat(result.gigaLaneInstructions()).isCloseTo(result.laneInstructions() / result.milliseconds() / 1e6, Offset.offset(1e-6));
            assertThat(result.gigaPerCore()).isEqualTo(result.gigaLaneInstructions() / cores).isPositive();
            assertThat(result.speedup()).isPositive();
            assertThat(result.launches()).hasSize(1);
            assertThat(result.launches().get(0).laneInstructions()).isEqualTo(result.laneInstructions());
        });
        EmulatorBenchmark.Result product = results.get(results.size() - 1);
        assertThat(product.launches().get(0).kernel()).startsWith("kMatrixProduct_");
        assertThat(product.laneInstructions()).as("at least one fma per product of an input with a weight").isGreaterThan(2L * 1024 * 1024);
    }
}
