package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.fc;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Layers with random numbers")
class RandomLayersTest {
    private static final int PIXELS = 20;
    private static final int UNITS = 24;
    private static final int CASES = 16;
    private static final float KEEP = 0.3f;
    private static final Compatibility FIXED = Compatibility.era("fixed");
    private static final String RATES = "epsW=0.1\nepsB=0.1\nmomW=0.5\nmomB=0.5\nwc=0\n";
    /** Two towers with dropout on one hidden layer, which so gets the gradients of both; the costs keep their matrices from being reused. */
    private static final String TOWERS = DATA + fc("hidden", "data", UNITS, "initW=0.3\nneuron=tanh[1,1]") + dropout("a") + dropout("b")
            + "[costA]\ntype=cost.sum2\ninputs=a\n[costB]\ntype=cost.sum2\ninputs=b\n[sum]\ntype=eltsum\ninputs=a,b\n"
            + classifier("sum", TinyNet.CLASSES, "0.2");
    private static final String NOISY = DATA + fc("hidden", "data", UNITS, "initW=0.3\nneuron=nrelu") + classifier("hidden", TinyNet.CLASSES, "0.2");

    private static String dropout(String name) {
        return "[" + name + "]\ntype=hs\ninputs=hidden\nkeep=" + KEEP + "\n";
    }

    private static String params(boolean enable) {
        return sections(RATES, "hidden", "out") + cost("logprob", 1) + cost("costA", 0.01) + cost("costB", 0.02)
                + sections("enable=" + (enable ? 1 : 0) + "\n", "a", "b");
    }

    private static TinyNet towers(Compatibility compatibility) {
        return new TinyNet(TOWERS, params(true), PIXELS, CASES, compatibility, 1);
    }

    /** 1 where a unit was kept; tanh gives no zeros here. */
    private static float[] mask(TinyNet tiny, String layer) {
        float[] acts = tiny.net.acts(layer);
        float[] mask = new float[acts.length];
        for (int i = 0; i < acts.length; i++) {
            mask[i] = acts[i] == 0 ? 0 : 1;
        }
        return mask;
    }

    @Test
    void dropUnitsInTrainingWithoutScalingTheOthers() {
        try (TinyNet tiny = towers(FIXED)) {
            tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
            float[] hidden = tiny.net.acts("hidden_neuron");
            float[] kept = mask(tiny, "a");
            assertThat(tiny.net.acts("a")).containsExactly(product(hidden, kept));
            assertThat(share(kept)).isCloseTo(KEEP, within(0.1));
        }
    }

    @ParameterizedTest
    @EnumSource(value = PassType.class, mode = EnumSource.Mode.EXCLUDE, names = "TRAIN")
    void scaleByKeepInOtherPasses(PassType pass) {
        try (TinyNet tiny = towers(FIXED)) {
            tiny.net.fprop(tiny.data, 0, CASES, pass);
            assertThat(tiny.net.acts("a")).containsExactly(scaled(tiny.net.acts("hidden_neuron")));
        }
    }

    @Test
    void scaleByKeepInTrainingIfNotEnabled() {
        try (TinyNet tiny = new TinyNet(TOWERS, params(false), PIXELS, CASES)) {
            tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
            assertThat(tiny.net.acts("a")).containsExactly(scaled(tiny.net.acts("hidden_neuron")));
        }
    }

    private static float[] scaled(float[] values) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = values[i] * KEEP;
        }
        return scaled;
    }

    @Test
    void drawAnotherMaskForEveryMiniBatchLayerAndSeed() {
        try (TinyNet tiny = towers(FIXED)) {
            tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
            float[] first = mask(tiny, "a");
            assertThat(share(product(first, mask(tiny, "b")))).isCloseTo(KEEP * KEEP, within(0.06));
            tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
            assertThat(share(product(first, mask(tiny, "a")))).isCloseTo(KEEP * KEEP, within(0.06));
            tiny.net.seed(2);
            tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
            assertThat(share(product(first, mask(tiny, "a")))).isCloseTo(KEEP * KEEP, within(0.06));
            tiny.net.seed(1);
            tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
            assertThat(mask(tiny, "a")).containsExactly(first);
        }
    }

    private static double share(float[] mask) {
        return IntStream.range(0, mask.length).mapToDouble(i -> mask[i]).average().orElseThrow();
    }

    private static float[] product(float[] a, float[] b) {
        float[] product = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            product[i] = a[i] * b[i];
        }
        return product;
    }

    /** The draws of a test pass would shift those of the next training pass. */
    @Test
    void drawNothingForDropoutInTests() {
        try (TinyNet tiny = towers(FIXED); TinyNet untested = towers(FIXED)) {
            tiny.net.fprop(tiny.data, 0, CASES, PassType.TEST);
            tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
            untested.net.fprop(untested.data, 0, CASES, PassType.TRAIN);
            assertThat(tiny.net.acts("a")).containsExactly(untested.net.acts("a"));
        }
    }

    @Test
    void ofOneDeviceShareItsStreamsInTheOriginal() {
        try (TinyNet shared = towers(Compatibility.of(Set.of(Quirk.STREAMS_PER_DEVICE))); TinyNet own = towers(FIXED)) {
            placeOnSecondDevice(shared);
            try (Net towers = new Net(shared.layers, shared.devices, Compatibility.of(Set.of(Quirk.STREAMS_PER_DEVICE)))) {
                towers.fprop(shared.data, 0, CASES, PassType.TRAIN);
                assertThat(towers.acts("b")).as("the masks of two devices").containsExactly(towers.acts("a"));
            }
            shared.net.fprop(shared.data, 0, CASES, PassType.TRAIN);
            own.net.fprop(own.data, 0, CASES, PassType.TRAIN);
            assertThat(mask(own, "a")).as("the first layer has the run's seed").containsExactly(mask(shared, "a"));
            assertThat(mask(own, "b")).isNotEqualTo(mask(shared, "b"));
        }
    }

    @Test
    void areNotResumedFromStatesThatNoGeneratorHas() {
        try (TinyNet tiny = towers(FIXED)) {
            LayerDict a = tiny.layers.stream().filter(layer -> layer.name().equals("a")).findFirst().orElseThrow();
            a.put("randomStates", HostMatrix.zeros(2, 3, false));
            assertThatThrownBy(tiny.net::resumeRandomStreams).isInstanceOf(InputException.class)
                    .hasMessage("layer a: randomStates: found 2 x 3, expected 16 x 12288");
            a.put("randomStates", HostMatrix.zeros(16, 12288, false));
            assertThatThrownBy(tiny.net::resumeRandomStreams).isInstanceOf(InputException.class)
                    .hasMessage("layer a: randomStates: random stream 0: its shift register is zero");
        }
    }

    /** With the same mask in every pass the loss is a smooth function of the weights. */
    @Test
    void haveTheGradientOfTheMaskedNet() {
        try (TinyNet tiny = towers(FIXED)) {
            objectiveWithTheFirstMask(tiny);
            tiny.net.bprop(PassType.GRADIENT_CHECK);
            for (WeightLayer layer : tiny.net.weightLayers()) {
                Weights weights = layer.weights().get(0);
                float[] values = new float[Math.toIntExact(weights.weights().size())];
                float[] gradient = new float[values.length];
                tiny.devices.backend(0).download(weights.weights(), values);
                tiny.devices.backend(0).download(weights.gradOrInc(), gradient);
                for (int i = 0; i < values.length; i += 7) {
                    float weight = values[i];
                    double difference = 0;
                    for (int sign = -1; sign <= 1; sign += 2) {
                        values[i] = weight + sign * 0.01f;
                        tiny.devices.backend(0).upload(values, weights.weights());
                        difference += sign * objectiveWithTheFirstMask(tiny);
                    }
                    values[i] = weight;
                    assertThat(-difference / 0.02).as("%s, weight %d", layer.name(), i).isCloseTo(gradient[i], within(0.002));
                }
                tiny.devices.backend(0).upload(values, weights.weights());
            }
        }
    }

    private static double objectiveWithTheFirstMask(TinyNet tiny) {
        tiny.net.seed(1);
        tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
        return tiny.net.checkedObjective();
    }

    @Test
    void passTheUsualGradientCheckWithTheirScaling() {
        try (TinyNet tiny = towers(FIXED)) {
            assertThat(new GradientCheck(tiny.net, tiny.data, CASES, 0.002f).run()).allSatisfy(result -> {
                assertThat(result.analyticNorm()).isPositive();
                assertThat(result.relativeError()).as(result.toString()).isLessThan(0.06f);
            });
        }
    }

    @Test
    void ofNreluAddNoiseAsLargeAsTheActivationInEveryPass() {
        try (TinyNet tiny = new TinyNet(NOISY, sections(RATES, "hidden", "out") + cost("logprob", 1), PIXELS, 200)) {
            float[][] passes = new float[2][];
            for (PassType pass : List.of(PassType.TRAIN, PassType.TEST)) {
                tiny.net.fprop(tiny.data, 0, 200, pass);
                passes[pass == PassType.TRAIN ? 0 : 1] = tiny.net.acts("hidden_neuron");
            }
            double positive = share(signs(passes[0]));
            // Half of the inputs are positive; of these r + r n is negative for n < -1.
            assertThat(positive).isCloseTo(0.5 * 0.8413, within(0.03));
            assertThat(share(signs(product(passes[0], passes[1])))).isCloseTo(0.5 * 0.8413 * 0.8413, within(0.03));
            assertThat(passes[1]).isNotEqualTo(passes[0]);
        }
    }

    private static float[] signs(float[] values) {
        float[] signs = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            signs[i] = Math.signum(values[i]);
        }
        return signs;
    }

    @ParameterizedTest
    @CsvSource({"emulated:0,false", "emulated:0,true", "'cpu:0,cpu:1',false", "'cpu:0,emulated:0',false"})
    void giveTheSameBitsOnAllDevicesWhereverTheyArePlaced(String devices, boolean noisy) {
        Map<String, float[]> expected = trainTwice("cpu:0", noisy);
        trainTwice(devices, noisy).forEach((layer, values) -> assertThat(values).as(layer).containsExactly(expected.get(layer)));
    }

    private static Map<String, float[]> trainTwice(String names, boolean noisy) {
        String params = noisy ? sections(RATES, "hidden", "out") + cost("logprob", 1) : params(true);
        try (TinyNet tiny = new TinyNet(noisy ? NOISY : TOWERS, params, PIXELS, CASES)) {
            placeOnSecondDevice(tiny);
            try (DeviceGroup devices = DeviceGroup.open(names, 2, Set.of()); Net net = new Net(tiny.layers, devices, FIXED)) {
                for (int step = 0; step < 2; step++) {
                    net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
                    net.bprop(PassType.TRAIN);
                    net.updateWeights();
                }
                return Map.of("hidden", net.weights("hidden", 0), "out", net.weights("out", 0));
            }
        }
    }

    /** Tower b, for nets that are made from these dictionaries. */
    private static void placeOnSecondDevice(TinyNet tiny) {
        tiny.layers.stream().filter(layer -> layer.name().equals("b")).forEach(layer -> layer.put("gpu", 1));
    }
}
