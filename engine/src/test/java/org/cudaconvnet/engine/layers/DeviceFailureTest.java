package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cudaconvnet.engine.parallel.PassHooks;
import org.cudaconvnet.engine.parallel.Transfers;
import org.cudaconvnet.kernels.DeviceException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A device that fails in the middle of a pass")
@Timeout(60)
class DeviceFailureTest {
    @ParameterizedTest(name = "{0}, {1} at {2} stops the pass and is named")
    @CsvSource({"cpu:1,forward pass,cross_b", "cpu:0,forward pass,conv_a", "cpu:1,backward pass,mix_b", "cpu:0,backward pass,fc_a",
        "cpu:1,weight update,conv_b"})
    void stopsThePassAndIsNamed(String failing, String failingPass, String failingLayer) {
        PassHooks failure = new PassHooks() {
            @Override
            public void beforeStep(String device, String pass, String layer) {
                if (device.equals(failing) && pass.equals(failingPass) && layer.equals(failingLayer)) {
                    throw new DeviceException("lost");
                }
            }
        };
        try (TowerNet tower = new TowerNet(TowerNet.DEFINITION, "cpu:0,cpu:1", Transfers.PEER, failure)) {
            assertThatThrownBy(() -> tower.train(1, 8)).isInstanceOf(DeviceException.class)
                    .hasMessage(failing + ": layer " + failingLayer + ", " + failingPass + ": lost");
            assertThatThrownBy(() -> tower.train(1, 8)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be used any more");
        }
    }
}
