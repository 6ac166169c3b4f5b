package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.Nets;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("One mini-batch of the 80sec net on cpu:0 and emulated:0")
class DeviceParityTest {
    private static final int CHANNELS = 3;
    private static final int CLASSES = 10;
    private static final Compatibility ERA = Compatibility.era("fixed");

    @Test
    void smallImagesGiveEqualBits() {
        assertEqualBits(16, 32);
    }

    @Test
    @Tag("slow")
    void wholeImagesGiveEqualBits() {
        assertEqualBits(32, 128);
    }

    private static void assertEqualBits(int imageSize, int cases) {
        Map<String, float[]> expected = train("cpu:0", imageSize, cases);
        Map<String, float[]> found = train("emulated:0", imageSize, cases);
        assertThat(expected).containsKeys("acts conv1", "gradient conv1", "acts probs", "gradient fc10", "weights conv3",
                "weightsInc fc64", "biases conv1", "biasesInc fc10");
        assertThat(expected.get("gradient conv1")).hasSize(32 * imageSize * imageSize * cases);
        assertThat(found).containsOnlyKeys(expected.keySet());
        expected.forEach((name, values) -> assertThat(bits(found.get(name))).as(name).isEqualTo(bits(values)));
        // Zeros would be equal however wrong the kernels were.
        expected.forEach((name, values) -> assertThat(IntStream.of(bits(values)).filter(bits -> bits << 1 != 0)).as(name).isNotEmpty());
    }

    /** Everything that is on the device after one step of training, row-major. */
    private static Map<String, float[]> train(String device, int imageSize, int cases) {
        RandomState random = new RandomState(7);
        HostMatrix images = HostMatrix.zeros(CHANNELS * imageSize * imageSize, cases, false);
        HostMatrix labels = HostMatrix.zeros(1, cases, false);
        for (int i = 0; i < images.values().length; i++) {
            images.values()[i] = (float) (60 * random.randn());
        }
        for (int i = 0; i < cases; i++) {
            labels.values()[i] = random.randint(CLASSES);
        }
        List<LayerDict> layers = LayerParser.parse(Nets.layers("cifar-80sec"), Nets.params("cifar-80sec"),
                ParseContext.of(List.of(images.rows(), 1), CLASSES, random));
        Map<String, float[]> state = new LinkedHashMap<>();
        try (DeviceGroup devices = DeviceGroup.open(device, 2, ERA.kernelDefects()); Net net = new Net(layers, devices, ERA, false)) {
            net.fprop(List.of(images, labels), 0, cases, PassType.TRAIN);
            layers.forEach(layer -> keep(state, "acts " + layer.name(), net.acts(layer.name())));
            net.bprop(PassType.TRAIN);
            layers.forEach(layer -> keep(state, "gradient " + layer.name(), net.actsGrad(layer.name())));
            net.updateWeights();
            for (String layer : net.weightLayerNames()) {
                keep(state, "weights " + layer, net.weights(layer, 0));
                keep(state, "weightsInc " + layer, net.weightsInc(layer, 0));
                keep(state, "biases " + layer, net.biases(layer));
                keep(state, "biasesInc " + layer, net.biasesInc(layer));
            }
        }
        return state;
    }

    private static void keep(Map<String, float[]> state, String name, float[] values) {
        if (values != null) {
            state.put(name, values);
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        return bits;
    }
}
