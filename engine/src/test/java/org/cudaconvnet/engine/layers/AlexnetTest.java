package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.Nets;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("alexnet-145 on images of 224 x 224 pixels")
class AlexnetTest {
    private static final int SIDE = 224;
    private static final int CHANNELS = 3;
    private static final int CLASSES = 1000;
    /** Few of the classes occur, so that a net that learns shows it within ten mini-batches. */
    private static final int CLASSES_SEEN = 10;
    private static final double LOG_OF_CLASSES = Math.log(CLASSES);
    private static final Compatibility ERA = Compatibility.era("fixed");

    /** With their initial weights, which a net reads and does not change. */
    private static List<LayerDict> layers;

    @BeforeAll
    static void drawWeights() {
        layers = LayerParser.parse(Nets.layers("alexnet-145"), Nets.params("alexnet-145"),
                ParseContext.of(List.of(CHANNELS * SIDE * SIDE, 1), CLASSES, new RandomState(1)).withNumGpus(2));
    }

    @AfterAll
    static void dropWeights() {
        layers = null;
    }

    /**
     * What a run gives.
     *
     * @param costs nats per case of each mini-batch
     * @param bits  hashes of everything on the devices at the end, by its name
     */
    private record Run(List<Double> costs, Map<String, Integer> bits) {
        static Run of(String device, int minibatches, int cases) {
            List<Double> costs = new ArrayList<>();
            try (DeviceGroup devices = DeviceGroup.open(device, 2, ERA.kernelDefects()); Net net = new Net(layers, devices, ERA, false)) {
                for (int minibatch = 0; minibatch < minibatches; minibatch++) {
                    net.fprop(images(minibatch, cases), 0, cases, PassType.TRAIN);
                    costs.add(net.costs().perCase().sums().get("logprob")[0]);
                    net.bprop(PassType.TRAIN);
                    net.updateWeights();
                }
                return new Run(costs, bitsOf(net));
            }
        }
    }

    /** Waves whose directions and colours depend on the class, with noise, and the labels. */
    private static List<HostMatrix> images(int seed, int cases) {
        Random random = new Random(seed);
        HostMatrix pixels = HostMatrix.zeros(CHANNELS * SIDE * SIDE, cases, false);
        HostMatrix labels = HostMatrix.zeros(1, cases, false);
        for (int i = 0; i < cases; i++) {
            labels.values()[i] = random.nextInt(CLASSES_SEEN);
        }
        for (int row = 0; row < pixels.rows(); row++) {
            int channel = row / (SIDE * SIDE);
            int y = row / SIDE % SIDE;
            int x = row % SIDE;
            for (int i = 0; i < cases; i++) {
                float label = labels.values()[i];
                double wave = Math.sin(0.03 * (label + 1) * x + 0.05 * (CLASSES_SEEN - label) * y + label * channel);
                pixels.values()[row * cases + i] = (float) (50 * wave) + 40 * (random.nextFloat() - 0.5f);
            }
        }
        return List.of(pixels, labels);
    }

    private static Map<String, Integer> bitsOf(Net net) {
        Map<String, Integer> bits = new LinkedHashMap<>();
        for (LayerDict layer : layers) {
            bits.put("acts " + layer.name(), Arrays.hashCode(net.acts(layer.name())));
            bits.put("gradient " + layer.name(), Arrays.hashCode(net.actsGrad(layer.name())));
            for (int i = 0; layer.has("weights") && i < layer.inputs().size(); i++) {
                bits.put("weights " + layer.name() + i, Arrays.hashCode(net.weights(layer.name(), i)));
                bits.put("weightsInc " + layer.name() + i, Arrays.hashCode(net.weightsInc(layer.name(), i)));
            }
            if (layer.has("biases")) {
                bits.put("biases " + layer.name(), Arrays.hashCode(net.biases(layer.name())));
            }
        }
        return bits;
    }

    @Test
    void aMinibatchOfTwoImagesHasTheSameBitsOnOneDeviceAndOnTwo() {
        Run one = Run.of("cpu:0", 1, 2);
        Run two = Run.of("cpu:0,cpu:1", 1, 2);
        assertThat(one.costs().get(0)).as("of a net that knows nothing").isCloseTo(LOG_OF_CLASSES, within(0.5));
        assertThat(two).isEqualTo(one);
        assertThat(one.bits()).hasSizeGreaterThan(2 * layers.size());
    }

    @Test
    @Tag("slow")
    void aMinibatchOf128ImagesMovesEveryWeightMatrixOnTwoDevices() {
        try (DeviceGroup devices = DeviceGroup.open("cpu:0,cpu:1", 2, ERA.kernelDefects()); Net net = new Net(layers, devices, ERA, false)) {
            net.fprop(images(1, 128), 0, 128, PassType.TRAIN);
            assertThat(net.costs().cases()).isEqualTo(128);
            assertThat(net.costs().perCase().sums().get("logprob")[0]).isCloseTo(LOG_OF_CLASSES, within(0.5));
            net.bprop(PassType.TRAIN);
            net.updateWeights();
            for (LayerDict layer : layers) {
                for (int i = 0; layer.has("weights") && i < layer.inputs().size(); i++) {
                    assertMoved(layer.name() + i, net.weightsInc(layer.name(), i));
                }
            }
        }
    }

    private static void assertMoved(String name, float[] increments) {
        int moved = 0;
        for (float increment : increments) {
            assertThat(Float.isFinite(increment)).as(name).isTrue();
            moved += increment == 0 ? 0 : 1;
        }
        // Weight decay alone moves those of units without a gradient.
        assertThat(moved).as(name).isGreaterThan(increments.length * 9 / 10);
    }

    @Test
    @Tag("slow")
    void tenMinibatchesLowerTheCostWithTheSameBitsOnOneDeviceAndOnTwo() {
        Run one = Run.of("cpu:0", 10, 128);
        assertThat(one.costs()).allMatch(Double::isFinite);
        assertThat(one.costs().get(0)).isCloseTo(LOG_OF_CLASSES, within(0.5));
        assertThat(one.costs().get(9)).isLessThan(one.costs().get(0) - 1);
        assertThat(Run.of("cpu:0,cpu:1", 10, 128)).isEqualTo(one);
    }
}
