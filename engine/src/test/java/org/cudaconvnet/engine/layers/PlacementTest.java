package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.cudaconvnet.engine.parallel.PassHooks;
import org.cudaconvnet.engine.parallel.Transfers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Activations, gradients and weights have the same bits")
class PlacementTest {
    private static final String SPLIT = TowerNet.DEFINITION;

    private static Map<String, int[]> trained(String definition, String devices, Transfers transfers, int minibatches, int size) {
        try (TowerNet tower = new TowerNet(definition, devices, transfers, PassHooks.NONE)) {
            tower.train(minibatches, size);
            return tower.bits();
        }
    }

    private static Map<String, int[]> trained(String definition, String devices, int minibatches) {
        return trained(definition, devices, Transfers.PEER, minibatches, TowerNet.MINIBATCH);
    }

    private static void assertSameBits(Map<String, int[]> found, Map<String, int[]> expected) {
        assertThat(expected).containsKeys("acts cross_a", "gradient pool_a", "gradient conv_b", "weights cross_b1", "weightsInc out0", "cost logprob0");
        assertThat(found).containsOnlyKeys(expected.keySet());
        expected.forEach((name, bits) -> assertThat(found.get(name)).as(name).isEqualTo(bits));
        // Zeros would be equal however wrong the copies were; only the count of errors may reach 0.
        expected.forEach((name, bits) -> assertThat(IntStream.of(bits).anyMatch(value -> value << 1 != 0) || name.equals("cost logprob1"))
                .as(name + " is not all zero").isTrue());
    }

    @ParameterizedTest(name = "on one and on two devices after {0} mini-batches")
    @ValueSource(ints = {1, 2, 5, 10})
    void onOneAndOnTwoDevices(int minibatches) {
        assertSameBits(trained(SPLIT, "cpu:0,cpu:1", minibatches), trained(SPLIT, "cpu:0", minibatches));
    }

    @ParameterizedTest(name = "on {0} with staging {1}, with a partial mini-batch")
    @CsvSource({"'cpu:0,cpu:1',true", "'cpu:0,cpu:1,cpu:2',false", "'cpu:0,emulated:0',false", "'emulated:0,cpu:0',false",
        "'emulated:0,emulated:1',false", "'emulated:0,emulated:1',true", "emulated:0,false"})
    void onOtherDevices(String devices, boolean staged) {
        assertSameBits(trained(SPLIT, devices, new Transfers(staged, false), 3, 10), trained(SPLIT, "cpu:0", Transfers.PEER, 3, 10));
    }

    @Test
    void withVerifiedTransfers() {
        assertSameBits(trained(SPLIT, "cpu:0,cpu:1", new Transfers(false, true), 2, 8), trained(SPLIT, "cpu:0", 2));
        assertSameBits(trained(SPLIT, "cpu:0,cpu:1", new Transfers(true, true), 2, 8), trained(SPLIT, "cpu:0", 2));
    }

    @Test
    void whateverTheNumbersOfTheDevices() {
        assertSameBits(trained(TowerNet.placed(1, 0), "cpu:0,cpu:1", 2), trained(SPLIT, "cpu:0", 2));
        assertSameBits(trained(TowerNet.placed(2, 1), "cpu:0,cpu:1", 2), trained(SPLIT, "cpu:0", 2));
    }

    @Test
    void withAllLayersOnTheSecondDevice() {
        assertSameBits(trained(TowerNet.placed(1, 1), "cpu:0,cpu:1", 2), trained(TowerNet.placed(0, 0), "cpu:0", 2));
    }

    /** Every sum has at most two addends there, so that one device forms it like two (spec: two-gpu.md section 5). */
    @Test
    void withAllLayersOnOneLogicalDeviceIfSumsHaveTwoAddends() {
        String sections = SPLIT.replace("inputs=pool_a,cross_b,pool_b\ncoeffs=0.5,1,-1", "inputs=cross_b,pool_b\ncoeffs=1,-1")
                .replace("[energy]\ntype=cost.sum2\ninputs=mix_b", "[energy]\ntype=cost.sum2\ninputs=conv_b");
        assertSameBits(trained(sections, "cpu:0,cpu:1", 5), trained(sections.replace("gpu=1", "gpu=0"), "cpu:0", 5));
    }

    @Test
    @Tag("slow")
    void onEmulatedDevicesAfterTenMiniBatches() {
        assertSameBits(trained(SPLIT, "emulated:0,emulated:1", 10), trained(SPLIT, "cpu:0", 10));
    }
}
