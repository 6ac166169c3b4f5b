package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cudaconvnet.engine.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundled CIFAR-10 nets against the derived sizes of their specifications (spec: configs/). */
class NetsTest {
    private static Inspection inspect(String net, int imageSize) {
        ParseContext context = ParseContext.withoutWeights(List.of(3 * imageSize * imageSize, 1), 10);
        return Inspection.of(LayerParser.parse(Nets.layers(net), Nets.params(net), context));
    }

    @ParameterizedTest
    @CsvSource({
        "cifar-80sec, 32, 145578", "cifar-80sec, 24, 116906",
        "cifar-19pct, 32, 89578", "cifar-19pct, 24, 85098",
        "cifar-18pct, 32, 89578", "cifar-18pct, 24, 85098",
        "cifar-conv-local-13pct, 32, 1901386", "cifar-conv-local-13pct, 24, 1116490",
        "cifar-conv-local-11pct, 32, 3672906", "cifar-conv-local-11pct, 24, 2112970"})
    void cifarNetsHaveThePublishedNumberOfParameters(String net, int imageSize, long parameters) {
        assertThat(inspect(net, imageSize).totalParameters()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cifar-80sec|32|conv1 32x32x32, pool1 16x16x32, conv2 16x16x32, pool2 8x8x32, conv3 8x8x64, pool3 4x4x64, fc64 64, fc10 10",
        "cifar-80sec|24|conv1 24x24x32, pool1 12x12x32, conv2 12x12x32, pool2 6x6x32, conv3 6x6x64, pool3 3x3x64, fc64 64, fc10 10",
        "cifar-18pct|32|pool1 16x16x32, rnorm1 16x16x32, rnorm2 8x8x32, pool3 4x4x64, fc10 10, logprob sink",
        "cifar-conv-local-11pct|24|conv1 24x24x64, rnorm1 12x12x64, rnorm2 12x12x64, pool2 6x6x64, local3 6x6x64, local4 6x6x32, fc10 10"})
    void outputsHaveTheSizesOfTheSpecification(String net, int imageSize, String outputs) {
        Inspection inspection = inspect(net, imageSize);
        for (String expected : outputs.split(", ")) {
            String[] layer = expected.split(" ");
            assertThat(inspection.layers()).filteredOn(l -> l.name().equals(layer[0])).extracting(Inspection.Layer::output)
                    .containsExactly(layer[1]);
        }
    }

    @Test
    void cifarNetWithCropsHasTheWeightsOfTheSpecification() {
        List<Inspection.Layer> layers = inspect("cifar-conv-local-13pct", 24).layers();
        assertThat(layers).filteredOn(layer -> layer.parameters() > 0).extracting(layer -> layer.name() + " " + layer.weights() + " " + layer.biases())
                .containsExactly("conv1 [75x64] 64x1", "conv2 [1600x64] 64x1", "local3 [20736x32] 1152x1", "local4 [10368x32] 1152x1",
                        "fc10 [1152x10] 1x10");
        assertThat(layers).extracting(Inspection.Layer::name).contains("fc10_neuron");
    }

    @Test
    void unknownNetIsAnErrorThatListsTheKnownOnes() {
        assertThatThrownBy(() -> Nets.layers("cifar-90sec")).isInstanceOf(InputException.class)
                .hasMessage("found net \"cifar-90sec\", expected one of " + Nets.names());
    }
}
