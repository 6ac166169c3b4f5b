package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A net")
class NetTest {
    private static final Map<String, Object> CONSTANT = Map.of("type", "default", "params", Map.of());

    /** The worked example of the specification (weight-update.md section 10), with a sum of squares as the cost that gives V = (4, 8). */
    private static LayerDict fullyConnected() {
        return new LayerDict("fc", "fc").put("inputs", List.of("x")).put("outputs", 1)
                .put("weights", List.of(new HostMatrix(1, 1, true, new float[] {1}))).put("weightsInc", List.of(new HostMatrix(1, 1, true, new float[] {0.5f})))
                .put("biases", HostMatrix.zeros(1, 1, true)).put("biasesInc", HostMatrix.zeros(1, 1, true))
                .put("weightSourceLayers", List.of("")).put("weightSourceMatrixIndices", List.of(-1))
                .put("epsW", List.of(0.5f)).put("momW", List.of(0.5f)).put("wc", List.of(0.25f)).put("epsB", 0.5f).put("momB", 0.5f)
                .put("schedW", CONSTANT).put("schedB", CONSTANT).put("wballNormed", List.of(0f)).put("superEps", 0f);
    }

    @ParameterizedTest
    @CsvSource({"v1, 3", "2012, 6", "fixed, 6"})
    void updatesWeightsAsTheWorkedExampleSays(String era, float biasGradient) {
        LayerDict fc = fullyConnected();
        // The output is x * 1 = (1, 2) and the gradient -2 coeff y, so coeff = -2 gives V = (4, 8).
        List<LayerDict> layers = List.of(new LayerDict("x", "data").put("dataIdx", 0).put("outputs", 1), fc,
                new LayerDict("cost", "cost.sum2").put("inputs", List.of("fc")).put("outputs", 0).put("coeff", -2f));
        try (DeviceGroup devices = DeviceGroup.open("cpu:0", 1, Compatibility.era(era).kernelDefects());
             Net net = new Net(layers, devices, Compatibility.era(era))) {
            net.fprop(List.of(new HostMatrix(1, 2, false, new float[] {1, 2})), 0, 2, PassType.TRAIN);
            assertThat(net.costs().sums().get("cost")).containsExactly(5);
            assertThat(net.costs().cases()).isEqualTo(2);
            net.bprop(PassType.TRAIN);
            assertThat(net.actsGrad("fc")).containsExactly(4, 8);
            assertThat(net.biasGrad("fc")).containsExactly(biasGradient);
            assertThat(net.weightGrad("fc", 0)).isNull();
            net.updateWeights();
            net.syncWithHost();
        }
        assertThat(fc.matrixList("weightsInc").get(0).values()).containsExactly(5.125f);
        assertThat(fc.matrixList("weights").get(0).values()).containsExactly(6.125f);
        assertThat(fc.matrix("biases").values()).containsExactly(3);
    }

    @Test
    void refusesABatchOfTheWrongShape() {
        List<LayerDict> layers = List.of(new LayerDict("x", "data").put("dataIdx", 0).put("outputs", 3),
                new LayerDict("cost", "cost.sum2").put("inputs", List.of("x")).put("outputs", 0).put("coeff", 1f));
        try (DeviceGroup devices = DeviceGroup.open("cpu:0", 1, Compatibility.era("fixed").kernelDefects());
             Net net = new Net(layers, devices, Compatibility.era("fixed"))) {
            assertThatThrownBy(() -> net.fprop(List.of(HostMatrix.zeros(4, 2, false)), 0, 2, PassType.TEST)).isInstanceOf(InputException.class)
                    .hasMessage("layer x: matrix 0 of the batch has 4 rows, expected 3");
            assertThatThrownBy(() -> net.fprop(List.of(HostMatrix.zeros(3, 2, false)), 0, 3, PassType.TEST)).isInstanceOf(InputException.class)
                    .hasMessageContaining("has 2 cases");
            assertThatThrownBy(() -> net.fprop(List.of(), 0, 1, PassType.TEST)).isInstanceOf(InputException.class).hasMessageContaining("dataIdx = 0");
        }
    }

    @Test
    void namesLayersOfUnknownTypes() {
        try (DeviceGroup devices = DeviceGroup.open("cpu:0", 1, Compatibility.era("fixed").kernelDefects())) {
            LayerDict unknown = new LayerDict("sets", "cost.sets").put("inputs", List.of());
            assertThatThrownBy(() -> new Net(List.of(unknown), devices, Compatibility.era("fixed"))).isInstanceOf(InputException.class)
                    .hasMessage("layer sets: type cost.sets is unknown");
        }
    }

    @Test
    void accumulatesCostsWithoutDividing() {
        Cost a = new Cost(Map.of("c", new double[] {1, 2}), 3);
        Cost sum = Cost.NONE.plus(a).plus(a);
        assertThat(sum.sums().get("c")).containsExactly(2, 4);
        assertThat(sum.perCase().sums().get("c")).containsExactly(2 / 6., 4 / 6.);
        assertThat(new Cost(Map.of("c", new double[] {Double.NaN}), 1).isFinite()).isFalse();
    }
}
