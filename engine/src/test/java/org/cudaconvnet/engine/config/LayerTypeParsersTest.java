package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.engine.config.Definitions.named;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and derived values of the types that the golden nets do not contain, and limits of all (spec: config-language.md section 4). */
class LayerTypeParsersTest {
    /** Matrix 0 holds 3 x 8 x 8 images, 1 labels, 2 ten numbers per case, 3 images of 16 maps of 9 x 9. */
    private static final ParseContext CONTEXT = ParseContext.of(List.of(192, 1, 10, 1296), 10, new RandomState(5));
    private static final String DATA = """
            [images]
            type=data
            dataIdx=0
            [labels]
            type=data
            dataIdx=1
            [ten]
            type=data
            dataIdx=2
            [maps]
            type=data
            dataIdx=3
            [unused]
            type=cost.sum2
            inputs=maps
            [unused2]
            type=cost.sum2
            inputs=ten
            [unused3]
            type=cost.gsum2
            inputs=labels,images
            [x]
            """;

    /** Parses data layers, a layer x of these keys, and a cost on top of it unless it is one itself. */
    private static List<LayerDict> layers(String keys, String params, ParseContext context) {
        String cost = keys.contains("type=cost.") ? "" : "[cost]\ntype=cost.sum2\ninputs=x\n";
        String costs = "[unused]\ncoeff=0\n[unused2]\ncoeff=0\n[unused3]\ncoeff=0\n[cost]\ncoeff=1\n[x]\n";
        return Definitions.parse(DATA + keys.replace(' ', '\n') + "\n" + cost, costs + params.replace(' ', '\n') + "\n", context);
    }

    private static LayerDict layer(String keys, String params) {
        return named(layers(keys, params, CONTEXT), "x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type=concat inputs=images,ten,labels||copyOffsets=[0, 192, 202] outputs=203 usesActs=true forceOwnActs=true",
        "type=href inputs=images channels=3||imgSize=8 outputs=192",
        "type=hs inputs=ten keep=0.5|enable=1|keep=0.5 enable=true outputs=10 usesActs=false usesInputs=false forceOwnActs=false",
        "type=rscale inputs=images channels=3 maxScale=1.3||maxScale=1.3 tgtSize=6 tgtPixels=36 outputs=108",
        "type=rscale inputs=images channels=3 maxScale=1.3 tgtSize=7||tgtSize=7 tgtPixels=49 outputs=147",
        "type=resize inputs=images channels=3 scale=0.75||tgtSize=10 outputs=300",
        "type=rgb2lab inputs=images||center=false channels=3 imgSize=8 outputs=192",
        "type=rgb2lab inputs=images center=yes||center=true",
        "type=nailbed inputs=maps channels=16 stride=4||outputsX=3 start=0 outputs=144",
        "type=nailbed inputs=images channels=3 stride=3||outputsX=3 start=1 outputs=27",
        "type=pool inputs=maps channels=16 sizeX=3 stride=2 pool=maxabs||outputsX=4 requiresParams=false",
        "type=pool inputs=maps channels=16 sizeX=3 stride=2 start=-1 pool=max||outputsX=5 outputs=400",
        "type=pool inputs=maps channels=16 sizeX=4 stride=3 outputsX=2 pool=avg||outputsX=2 outputs=64",
        "type=pool inputs=maps channels=16 sizeX=3 stride=2 pool=rand|doMax=yes|doMax=true requiresParams=true",
        "type=pool inputs=maps channels=16 sizeX=3 stride=2 pool=rand||doMax=false",
        "type=cmrnorm inputs=maps channels=16 size=4|scale=1 pow=.5 minDiv=2|scale=0.25 pow=0.5 minDiv=2.0 blocked=false",
        "type=cnorm inputs=maps channels=16 size=5|scale=1 pow=1|scale=0.04 usesActs=true usesInputs=false",
        "type=eltsum inputs=images,images||coeffs=[1.0, 1.0] outputs=192",
        "type=cost.gsum2 inputs=labels,ten|coeff=1|outputs=0 coeff=1.0",
        "type=cost.tica inputs=maps channels=16 sizeX=3|coeff=.1|sizeX=3 imgSize=9 channels=16 imgPixels=81",
        "type=cost.msm inputs=labels,ten|coeff=1 setSize=9 threads=32|numOut=10 setSize=9 threads=32",
        "type=cost.crossent2 inputs=ten,ten|coeff=1|outputs=0 requiresParams=true",
        "type=cost.rflickr inputs=ten,ten|coeff=1|outputs=0"})
    void keysAreStoredAndSizesDerived(String keys, String params, String expected) {
        Map<String, Object> values = layer(keys, params == null ? "" : params).asMap();
        for (String assignment : expected.split(" (?=\\w+=)")) {
            String[] parts = assignment.split("=");
            assertThat(String.valueOf(values.get(parts[0]))).as(parts[0]).isEqualTo(parts[1]);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type=eltmax inputs=images|inputs: found 1 inputs, expected at least 2 for type eltmax",
        "type=eltsum inputs=images,ten|inputs: found \"[192, 10]\", expected inputs of equal size",
        "type=href inputs=maps channels=16|channels: found \"16\", expected 1 to 3",
        "type=resize inputs=images channels=3 scale=3|scale: found \"3.0\", expected 0.5 to 2",
        "type=rscale inputs=images channels=3 maxScale=1.3 tgtSize=5|tgtSize: found \"5\", expected 6 to 8",
        "type=rgb2yuv inputs=ten|inputs: found \"ten\", expected an input of 3 channels, not 10 units",
        "type=blur inputs=images channels=3 filterSize=4 stdev=1|filterSize: found \"4\", expected one of [3, 5, 7, 9]",
        "type=blur inputs=images channels=3 filterSize=9 stdev=1|filterSize: found \"9\", expected at most the image size 8",
        "type=pool inputs=maps channels=16 sizeX=10 stride=2 pool=max|sizeX: found \"10\", expected 1 to 9",
        "type=pool inputs=maps channels=16 sizeX=2 stride=3 pool=max|stride: found \"3\", expected 1 to 2",
        "type=pool inputs=maps channels=16 sizeX=2 stride=2 pool=min|pool: found \"min\", expected one of [max, avg, maxabs, rand]",
        "type=pool inputs=maps channels=16 sizeX=2 stride=2 outputsX=-1 pool=max|outputsX: found \"-1\", expected at least 0",
        "type=cmrnorm inputs=images channels=3 size=2|channels: found \"3\", expected divisible by 16",
        "type=cmrnorm inputs=maps channels=16 size=17|size: found \"17\", expected 2 to 16",
        "type=rnorm inputs=maps channels=16 size=10|size: found \"10\", expected 1 to 9",
        "type=rnorm inputs=maps channels=6 size=3|channels: found an input of 1296 units, expected 6 channels of square images",
        "type=neuron inputs=ten|neuron: required key is missing, expected a value",
        "type=hs inputs=ten|keep: required key is missing, expected a number",
        "type=treefc inputs=ten initW=.1|type: found \"treefc\" with data that have no label tree, expected the entry tree in batches.meta",
        "type=cost.crossent inputs=ten,ten|inputs: found \"ten\" of type \"data\", expected a softmax layer as second input",
        "type=cost.crossent2 inputs=labels,ten|inputs: found 1 units in \"labels\", expected 10 (label distributions, one unit per class)",
        "type=cost.gsum2 inputs=ten,ten|inputs: found 10 units in \"ten\", expected 1 (the gate, the first input)"})
    void limitsAreChecked(String keys, String message) {
        assertThatThrownBy(() -> layer(keys, "")).isInstanceOf(InputException.class)
                .message().matches("layers\\.cfg:\\d+: \\[x] .*").endsWith(" " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type=cost.msm inputs=labels,ten|coeff=1 setSize=10 threads=1|setSize: found \"10\", expected 1 to 9",
        "type=cost.msm inputs=labels,ten|coeff=1 setSize=1 threads=33|threads: found \"33\", expected 1 to 32",
        "type=hs inputs=ten keep=1|enable=2|enable: found \"2\", expected a boolean (1 yes true on / 0 no false off)",
        "type=rnorm inputs=maps channels=16 size=3|scale=1|pow: required key is missing, expected a number",
        "type=rnorm inputs=maps channels=16 size=3|scale=1 pow=1 filters=2|filters: found an unknown key of a rnorm layer, expected one of [scale, pow, quantF, quantB]"})
    void limitsOfParametersAreChecked(String keys, String params, String message) {
        assertThatThrownBy(() -> layer(keys, params)).isInstanceOf(InputException.class)
                .message().matches("params\\.cfg:\\d+: \\[x] .*").isEqualToIgnoringCase("params.cfg:" + lineOf(params, message) + ": [x] " + message);
    }

    /** Line 9 is the header of section x. */
    private static int lineOf(String params, String message) {
        String key = message.substring(0, message.indexOf(':'));
        return 10 + Arrays.asList(params.replaceAll("=\\S+", "").split(" ")).indexOf(key);
    }

    @Test
    void layersWithoutBackwardAreRefusedAboveWeights() {
        String keys = "type=local inputs=images channels=3 filters=16 filterSize=1 initW=.1\n"
                + "[y]\ntype=eltsum\ninputs=x\n[z]\ntype=resize\ninputs=y\nchannels=16\nscale=1\n[sum]\ntype=cost.sum2\ninputs=z";
        assertThatThrownBy(() -> layer(keys, "")).isInstanceOf(InputException.class).message()
                .endsWith("[z] inputs: found an input that depends on weights, expected none: type resize cannot propagate gradients");
    }

    @Test
    void poolingAboveWeightsNeedsSixteenChannels() {
        String pool = "channels=8\nsizeX=2\nstride=2\npool=max";
        String aboveData = "type=concat inputs=ten,ten,ten,labels,labels\n[y]\ntype=pool\ninputs=x\n" + pool;
        assertThat(named(layers(aboveData + "\n[sum]\ntype=cost.sum2\ninputs=y", "[sum] coeff=1", CONTEXT), "y").outputs()).isEqualTo(8);
        String aboveWeights = "type=fc inputs=ten outputs=72 initW=1\n[y]\ntype=pool\ninputs=x\n" + pool;
        assertThatThrownBy(() -> layer(aboveWeights, "")).isInstanceOf(InputException.class).message()
                .endsWith("[y] channels: found \"8\", expected divisible by 16, as the input depends on weights");
    }

    @Test
    void blurFiltersAreGaussianAndSumToOne() {
        HostMatrix filter = layer("type=blur inputs=maps channels=16 filterSize=9 stdev=4", "").matrix("filter");
        assertThat(filter.values()).containsExactly(0.08167443f, 0.10164547f, 0.11883559f, 0.13051537f, 0.13465837f,
                0.13051537f, 0.11883559f, 0.10164547f, 0.08167443f);
    }

    @Test
    void treeLayerHasAColumnForEveryNodeAndZerosAboveTheClasses() {
        LabelTree tree = new LabelTree(List.of(List.of(), List.of(), List.of(0, 1)), 2);
        ParseContext context = ParseContext.of(List.of(192, 1, 10, 1296), 2, new RandomState(5)).withLabelTree(tree);
        String params = "epsW=1 epsB=1 momW=1 momB=1 wc=0";
        LayerDict layer = named(layers("type=treefc inputs=ten initW=1", params, context), "x");
        HostMatrix weights = layer.matrixList("weights").get(0);
        assertThat(List.of(weights.rows(), weights.cols(), layer.outputs(), layer.intValue("rootLabel"))).containsExactly(10, 3, 2, 2);
        assertThat(weights.columnMajor()).isTrue();
        RandomState random = new RandomState(5);
        for (int row = 0; row < 10; row++) {
            assertThat(weights.get(row, 0)).isEqualTo((float) random.randn());
            assertThat(weights.get(row, 1)).isEqualTo((float) random.randn());
            random.randn();
            assertThat(weights.get(row, 2)).isZero();
        }
    }

    @Test
    void schedulesBallsAndQuantisersAreStoredForWeightLayers() {
        LayerDict layer = layer("type=conv inputs=maps channels=16 filters=16 filterSize=3 initW=.1 partialSum=0",
                "epsW=0 epsB=0 momW=.9 momB=.8 wball=2 schedW=exp[tgtFactor=10,noiseStdev=0] wcNormMin=1 wcNormMax=3 quantB=half superEps=1");
        Map<String, Object> values = new HashMap<>(layer.asMap());
        assertThat(values).containsEntry("wball", List.of(2f)).containsEntry("wballNormed", List.of(288f)).containsEntry("wc", List.of(0f))
                .containsEntry("wcNormMin", List.of(1f)).containsEntry("wcNormMax", List.of(3f)).containsEntry("superEps", 1f)
                .containsEntry("schedW", Map.of("type", "exp", "params", Map.of("tgtFactor", 10f, "noiseStdev", 0f)))
                .containsEntry("schedB", Map.of("type", "default", "params", Map.of()))
                .containsEntry("quantF", Map.of("type", "default", "params", Map.of()))
                .containsEntry("quantB", Map.of("type", "half", "params", Map.of()))
                .containsEntry("gradConsumer", false);
    }
}
