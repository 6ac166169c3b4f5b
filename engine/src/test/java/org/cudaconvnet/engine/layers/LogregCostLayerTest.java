package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The logistic regression cost")
class LogregCostLayerTest {
    private static final Compatibility ERA = Compatibility.era("fixed");

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void refusesALabelThatIsNoClassOnEveryDevice(String device) {
        assertThatThrownBy(() -> costs(device, 1, 2)).isInstanceOf(InputException.class)
                .hasMessage("layer cost: label 2.0 of case 1, expected a class from 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void countsTheErrorsOfGoodLabels(String device) {
        assertThat(costs(device, 1, 0)).hasSize(2).endsWith(1);
    }

    @Test
    void repeatsTheErrorsOnlyAsThe2012EngineDoes() {
        Compatibility repeating = Compatibility.of(Set.of(Quirk.ERRORS_REPORTED_TWICE));
        assertThat(costs("cpu:0", repeating, 1, 1, 0)).hasSize(3).endsWith(1, 1);
        assertThat(costs("cpu:0", Compatibility.era("v1"), 1, 1, 0)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "2012", "fixed"})
    void reportsTheErrorsBeyondTopkInEveryEra(String era) {
        assertThat(costs("cpu:0", Compatibility.era(era), 2, 1, 0)).hasSize(3).endsWith(1, 0);
    }

    private static double[] costs(String device, float... labels) {
        return costs(device, ERA, 1, labels);
    }

    /** Two cases whose second class is the likelier. */
    private static double[] costs(String device, Compatibility era, int topk, float... labels) {
        List<LayerDict> layers = List.of(new LayerDict("labels", "data").put("dataIdx", 0).put("outputs", 1),
                new LayerDict("probs", "data").put("dataIdx", 1).put("outputs", 2),
                new LayerDict("cost", "cost.logreg").put("inputs", List.of("labels", "probs")).put("outputs", 0).put("coeff", 1f).put("topk", topk));
        try (DeviceGroup devices = DeviceGroup.open(device, 1, era.kernelDefects()); Net net = new Net(layers, devices, era)) {
            net.fprop(List.of(new HostMatrix(1, 2, false, labels), new HostMatrix(2, 2, false, new float[] {0.25f, 0.25f, 0.75f, 0.75f})), 0, 2,
                    PassType.TEST);
            return net.costs().sums().get("cost");
        }
    }
}
