package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.fc;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.Arrays;
import org.cudaconvnet.engine.Compatibility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Layers that choose at random")
class RandomImageLayersTest {
    private static final int SIZE = 8;
    private static final int PIXELS = 3 * SIZE * SIZE;
    private static final int CASES = 4;
    private static final String RATES = "epsW=0.1\nepsB=0.1\nmomW=0.5\nmomB=0.5\nwc=0\n";
    private static final String SCALED = DATA + "[scaled]\ntype=rscale\ninputs=data\nchannels=3\nmaxScale=1.6\ntgtSize=5\n"
            + classifier("scaled", TinyNet.CLASSES, "0.1");
    private static final String POOLED = DATA + fc("map", "data", 16 * 16, "initW=0.1\nneuron=relu")
            + "[pooled]\ntype=pool\npool=rand\ninputs=map\nchannels=16\nsizeX=2\nstride=2\n" + classifier("pooled", TinyNet.CLASSES, "0.1");
    private static final String SCALED_PARAMS = sections(RATES, "out") + cost("logprob", 1);

    private static String pooledParams(String doMax) {
        return sections(RATES, "map", "out") + cost("logprob", 1) + "[pooled]\n" + doMax;
    }

    private static float[] fprop(TinyNet tiny, PassType pass, String layer) {
        tiny.net.fprop(tiny.data, 0, CASES, pass);
        return tiny.net.acts(layer);
    }

    /** Pixel (y, x) of the first channel and image becomes y + x / 10, so that scaling and cropping can be read off. */
    private static void fillWithCoordinates(TinyNet tiny) {
        for (int i = 0; i < PIXELS * CASES; i++) {
            int pixel = i / CASES % (SIZE * SIZE);
            tiny.data.get(0).values()[i] = pixel / SIZE + pixel % SIZE / 10f;
        }
    }

    @Test
    void rscaleCropsTheCentreButInTraining() {
        try (TinyNet tiny = new TinyNet(SCALED, SCALED_PARAMS, PIXELS, CASES)) {
            fillWithCoordinates(tiny);
            for (PassType pass : new PassType[] {PassType.TEST, PassType.GRADIENT_CHECK}) {
                float[] crop = fprop(tiny, pass, "scaled");
                assertThat(crop).hasSize(3 * 5 * 5 * CASES);
                assertThat(crop[0]).isEqualTo(1 + 1 / 10f);
                assertThat(crop[(5 * 5 - 1) * CASES]).isEqualTo(5 + 5 / 10f);
            }
        }
    }

    @Test
    void rscaleScalesAndCropsAtRandomInsideTheImage() {
        try (TinyNet tiny = new TinyNet(SCALED, SCALED_PARAMS, PIXELS, CASES)) {
            fillWithCoordinates(tiny);
            float smallest = 10;
            float largest = 0;
            for (int i = 0; i < 200; i++) {
                float[] acts = fprop(tiny, PassType.TRAIN, "scaled");
                float factor = (acts[4 * CASES] - acts[0]) * 10 / 4;
                smallest = Math.min(smallest, factor);
                largest = Math.max(largest, factor);
                assertThat(acts[0]).isBetween(0f, 4f);
                assertThat(acts[(5 * 5 - 1) * CASES]).isBetween(3.9f, 7.8f);
                assertThat(acts[CASES]).as("all images alike").isEqualTo(acts[CASES + 1]);
            }
            assertThat(smallest).isBetween(0.9f, 1.1f);
            assertThat(largest).isBetween(1.3f, 1.65f);
        }
    }

    @Test
    void aRunThatGoesOnChoosesTheSameAsOneThatWasNotInterrupted() {
        for (String[] texts : new String[][] {{SCALED, SCALED_PARAMS, "scaled"}, {POOLED, pooledParams(""), "pooled"}}) {
            try (TinyNet tiny = new TinyNet(texts[0], texts[1], PIXELS, CASES)) {
                tiny.net.seed(3);
                fprop(tiny, PassType.TRAIN, texts[2]);
                tiny.net.syncWithHost();
                float[] second = fprop(tiny, PassType.TRAIN, texts[2]);
                try (Net resumed = new Net(tiny.layers, tiny.devices, Compatibility.era("fixed"))) {
                    resumed.resumeRandomStreams();
                    resumed.fprop(tiny.data, 0, CASES, PassType.TRAIN);
                    assertThat(resumed.acts(texts[2])).isEqualTo(second);
                }
                tiny.net.seed(4);
                assertThat(fprop(tiny, PassType.TRAIN, texts[2])).isNotEqualTo(second);
            }
        }
    }

    @Test
    void randomPoolingSendsTheGradientToWhatItKept() {
        try (TinyNet tiny = new TinyNet(POOLED, pooledParams("doMax=false\n"), PIXELS, CASES)) {
            float[] kept = fprop(tiny, PassType.TRAIN, "pooled");
            tiny.net.bprop(PassType.TRAIN);
            float[] map = tiny.net.acts("map_neuron");
            float[] expected = new float[map.length];
            for (int i = 0; i < kept.length; i++) {
                int channel = i / CASES / 4;
                int pixel = (channel * 4 + i / CASES / 2 % 2 * 2) * 4 + i / CASES % 2 * 2;
                for (int at : new int[] {pixel, pixel + 1, pixel + 4, pixel + 5}) {
                    int element = at * CASES + i % CASES;
                    expected[element] = map[element] == kept[i] && map[element] > 0 ? tiny.net.actsGrad("pooled")[i] : 0;
                }
            }
            float[] found = tiny.net.actsGrad("map");
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).isEqualTo(expected[i] + 0f);
            }
        }
    }

    @Test
    void withDoMaxItIsMaxPooling() {
        try (TinyNet maximum = new TinyNet(POOLED, pooledParams("doMax=1\n"), PIXELS, CASES);
             TinyNet random = new TinyNet(POOLED, pooledParams(""), PIXELS, CASES)) {
            float[] map = fprop(maximum, PassType.TRAIN, "map_neuron");
            float[] pooled = maximum.net.acts("pooled");
            assertThat(pooled[0]).isEqualTo((float) Arrays.stream(new int[] {0, 1, 4, 5}).mapToDouble(at -> map[at * CASES]).max().orElse(-1));
            assertThat(fprop(random, PassType.TRAIN, "pooled")).isNotEqualTo(pooled);
            assertThat(new GradientCheck(maximum.net, maximum.data, CASES, 0.002f).run())
                    .allSatisfy(result -> assertThat(result.relativeError()).isLessThan(0.06f));
        }
    }
}
