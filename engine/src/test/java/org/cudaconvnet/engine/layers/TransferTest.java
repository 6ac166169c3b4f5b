package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.cudaconvnet.engine.parallel.PassHooks;
import org.cudaconvnet.engine.parallel.Transfer;
import org.cudaconvnet.engine.parallel.Transfers;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Copies between devices")
@Timeout(60)
class TransferTest {
    private static final Transfers VERIFIED = new Transfers(false, true);
    private static final String DEVICES = "cpu:0,cpu:1";

    private static PassHooks onTransfer(BiConsumer<Transfer, Runnable> hook) {
        return new PassHooks() {
            @Override
            public void transfer(Transfer transfer, Runnable copy) {
                hook.accept(transfer, copy);
            }
        };
    }

    private static float[] download(Backend backend, Matrix matrix) {
        float[] values = new float[Math.toIntExact(matrix.size())];
        backend.download(matrix, values);
        return values;
    }

    @Test
    void areMadeOncePerLayerDeviceAndPass() {
        List<String> copies = Collections.synchronizedList(new ArrayList<>());
        PassHooks counting = onTransfer((transfer, copy) -> {
            copy.run();
            copies.add(transfer.toString());
        });
        try (TowerNet tower = new TowerNet(TowerNet.DEFINITION, DEVICES, Transfers.PEER, counting)) {
            tower.net.fprop(tower.data, 0, 8, PassType.TRAIN);
            assertThat(copies).containsExactlyInAnyOrder("activations of layer pool_a from cpu:0 to cpu:1",
                    "activations of layer bend_b from cpu:1 to cpu:0", "activations of layer cross_a from cpu:0 to cpu:1",
                    "activations of layer mix_b from cpu:1 to cpu:0", "activations of layer fc_b_neuron from cpu:1 to cpu:0");
            copies.clear();
            tower.net.bprop(PassType.TRAIN);
            // The cost "watched" on cpu:1 has coeff 0: the share of cross_a comes from fc_b only.
            assertThat(copies).containsExactlyInAnyOrder("gradient of layer pool_a from cpu:1 to cpu:0",
                    "gradient of layer bend_b from cpu:0 to cpu:1", "gradient of layer cross_a from cpu:1 to cpu:0",
                    "gradient of layer mix_b from cpu:0 to cpu:1", "gradient of layer fc_b_neuron from cpu:0 to cpu:1");
            copies.clear();
            tower.net.updateWeights();
            assertThat(copies).isEmpty();
        }
        try (TowerNet tower = new TowerNet(TowerNet.DEFINITION, "cpu:0", Transfers.PEER, counting)) {
            tower.train(1, 8);
            assertThat(copies).isEmpty();
        }
    }

    /** fc_b_neuron has no consumer on its own device (spec: two-gpu.md section 9, property 5). */
    @Test
    void replaceTheStaleGradientOfALayerWithoutConsumersOnItsOwnDevice() {
        try (TowerNet tower = new TowerNet(TowerNet.DEFINITION, DEVICES); TowerNet clean = new TowerNet(TowerNet.DEFINITION, DEVICES)) {
            tower.trainOn(0, 8);
            clean.trainOn(0, 8);
            Matrix gradient = tower.net.layer("fc_b_neuron").actsGrad();
            float[] poison = new float[Math.toIntExact(gradient.size())];
            Arrays.fill(poison, Float.NaN);
            tower.net.layer("fc_b_neuron").backend().upload(poison, gradient);
            tower.trainOn(8, 16);
            clean.trainOn(8, 16);
            assertThat(tower.net.actsGrad("fc_b_neuron")).doesNotContain(Float.NaN).isEqualTo(clean.net.actsGrad("fc_b_neuron"));
            assertThat(tower.net.weights("conv_b", 0)).isEqualTo(clean.net.weights("conv_b", 0));
        }
    }

    static Stream<Arguments> faults() {
        Map<String, float[]> earlier = new HashMap<>();
        BiConsumer<Transfer, Runnable> dropped = (transfer, copy) -> {
        };
        BiConsumer<Transfer, Runnable> flipped = (transfer, copy) -> {
            copy.run();
            float[] values = download(transfer.to(), transfer.target());
            values[3] = Float.intBitsToFloat(Float.floatToRawIntBits(values[3]) ^ 1 << 20);
            transfer.to().upload(values, transfer.target());
        };
        BiConsumer<Transfer, Runnable> stale = (transfer, copy) -> {
            copy.run();
            float[] values = download(transfer.to(), transfer.target());
            float[] before = earlier.put(transfer.toString(), values);
            transfer.to().upload(before == null ? values : before, transfer.target());
        };
        return Stream.of(Arguments.of("dropped", dropped), Arguments.of("with one flipped bit", flipped), Arguments.of("of stale data", stale));
    }

    @ParameterizedTest(name = "{0} are found with layer, devices and element")
    @MethodSource("faults")
    void thatGoWrongAreFound(String name, BiConsumer<Transfer, Runnable> fault) {
        for (Transfer.Kind kind : Transfer.Kind.values()) {
            String from = kind == Transfer.Kind.ACTIVATIONS ? "cpu:0 to cpu:1" : "cpu:1 to cpu:0";
            PassHooks hook = onTransfer((transfer, copy) -> {
                if (transfer.layer().equals("cross_a") && transfer.kind() == kind) {
                    fault.accept(transfer, copy);
                } else {
                    copy.run();
                }
            });
            try (TowerNet tower = new TowerNet(TowerNet.DEFINITION, DEVICES, VERIFIED, hook)) {
                assertThatThrownBy(() -> tower.train(2, 8)).isInstanceOf(DeviceException.class)
                        .hasMessageContaining(kind + " of layer cross_a from " + from + ": element (").hasMessageContaining("expected 0x");
            }
        }
    }

    @Test
    void ofALayerWithTheQuantiserHalfAreRoundedOnlyByWayOfTheHost() {
        for (boolean staged : new boolean[] {false, true}) {
            List<float[]> pairs = Collections.synchronizedList(new ArrayList<>());
            PassHooks keeping = onTransfer((transfer, copy) -> {
                copy.run();
                if (transfer.layer().equals("pool_a") && transfer.kind() == Transfer.Kind.ACTIVATIONS) {
                    pairs.add(download(transfer.from(), transfer.source()));
                    pairs.add(download(transfer.to(), transfer.target()));
                }
            });
            String params = TowerNet.PARAMS + "[pool_a]\nquantF=half\n";
            try (TowerNet tower = new TowerNet(TowerNet.DEFINITION, params, DEVICES, new Transfers(staged, true), keeping)) {
                tower.trainOn(0, 8);
            }
            float[] sent = pairs.get(0);
            float[] arrived = pairs.get(1);
            int different = 0;
            for (int i = 0; i < sent.length; i++) {
                assertThat(Math.abs(arrived[i] - sent[i])).isLessThanOrEqualTo(Math.abs(sent[i]) / 2048);
                different += arrived[i] == sent[i] ? 0 : 1;
            }
            assertThat(different > sent.length / 2).isEqualTo(staged);
        }
    }
}
