package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.Census;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Nets that use everything that files of 2012 can say")
class CensusNetsTest {
    private static final int CASES = 4;

    static List<String> nets() {
        return Census.NETS;
    }

    @ParameterizedTest
    @MethodSource("nets")
    void areBuiltAndTrainedInEveryEra(String net) {
        for (Compatibility.Era era : Compatibility.Era.values()) {
            List<LayerDict> layers = Census.parse(net);
            Compatibility compatibility = Compatibility.era(era.label());
            try (DeviceGroup devices = DeviceGroup.open("cpu:0,cpu:1", 2, compatibility.kernelDefects());
                 Net built = new Net(layers, devices, compatibility)) {
                List<float[]> before = weights(built);
                for (int step = 0; step < 2; step++) {
                    built.fprop(data(), 0, CASES, PassType.TRAIN);
                    assertThat(built.costs().isFinite()).as(net + " in era " + era.label()).isTrue();
                    built.bprop(PassType.TRAIN);
                    built.updateWeights();
                }
                List<float[]> after = weights(built);
                List<String> names = built.weightLayerNames();
                for (int i = 0; i < names.size(); i++) {
                    assertThat(Arrays.equals(before.get(i), after.get(i))).as(names.get(i) + " of " + net + " rests").isFalse();
                }
            }
        }
    }

    private static List<float[]> weights(Net net) {
        List<float[]> weights = new ArrayList<>();
        net.weightLayerNames().forEach(layer -> weights.add(net.weights(layer, 0)));
        return weights;
    }

    /** Images, labels, the same as vectors, gates. */
    private static List<HostMatrix> data() {
        RandomState random = new RandomState(11);
        List<HostMatrix> data = Census.DATA_DIMS.stream().map(rows -> HostMatrix.zeros(rows, CASES, false)).toList();
        for (int i = 0; i < data.get(0).values().length; i++) {
            data.get(0).values()[i] = (float) random.rand();
        }
        for (int i = 0; i < CASES; i++) {
            int label = random.randint(Census.CLASSES);
            data.get(1).set(0, i, label);
            data.get(2).set(label, i, 1);
            data.get(3).set(0, i, i % 2);
        }
        return data;
    }
}
