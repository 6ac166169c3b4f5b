package org.cudaconvnet.kernels.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;
import org.junit.jupiter.api.Test;

class ConvBenchmarkTest {
    @Test
    void aLayerOnTheDataIsTimedWithoutItsImageGradient() {
        try (Backend backend = Devices.open("cpu:0", 1, Set.of())) {
            List<ConvBenchmark.Result> results = new ConvBenchmark(backend, 2, 1).run(ConvLayer.CIFAR_80SEC);
            assertThat(results).extracting(ConvBenchmark.Result::layer, ConvBenchmark.Result::operation).map(Object::toString)
                    .startsWith("(\"80sec conv1\", \"filterActs\")", "(\"80sec conv1\", \"weightActs\")", "(\"80sec conv2\", \"filterActs\")",
                            "(\"80sec conv2\", \"imgActs\")");
            assertThat(results).allSatisfy(result -> assertThat(result.gigaflops()).isPositive());
        }
    }

    @Test
    void operationsAreCountedAsInTheCostModelOfTheSpec() {
        assertThat(ConvLayer.ALEXNET).extracting(layer -> Math.round(layer.flops(1) / 1e4) / 100.0)
                .containsExactly(210.83, 447.90, 299.04, 224.28, 149.52);
    }
}
