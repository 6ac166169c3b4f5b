package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.engine.config.Definitions.weightParams;

import java.util.List;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.NetText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad definitions and parameters give one line with file, line, section, key, what was found and what was expected. */
class LayerErrorsTest {
    /** The lines after the data layers begin with line 7. */
    private static final String CONV = NetText.DATA + """
            [conv1]
            type=conv
            inputs=data
            channels=3
            filters=16
            filterSize=5
            padding=2
            stride=1
            initW=0.1
            partialSum=4
            """;
    private static final String REST = """
            [fc10]
            type=fc
            inputs=conv1
            outputs=10
            initW=0.1
            [probs]
            type=softmax
            inputs=fc10
            [logprob]
            type=cost.logreg
            inputs=labels,probs
            """;
    private static final String PARAMS = weightParams("conv1", 1) + weightParams("fc10", 1) + "[logprob]\ncoeff=1\n";

    private static void parse(String layers, String params) {
        Definitions.parse(layers, params, Definitions.images(8));
    }

    @Test
    void aDefinitionWithoutLayersIsAnError() {
        assertThatThrownBy(() -> parse("# nothing", PARAMS)).isInstanceOf(InputException.class)
                .hasMessage("layers.cfg: found no layers, expected sections such as [data] with a key type");
    }

    @Test
    void theUnchangedNetIsGood() {
        assertThatCode(() -> parse(CONV + REST, PARAMS)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "filterSize=5|filtersize2=5|layers.cfg:7: [conv1] filterSize: required key is missing, expected comma-separated integers",
        "partialSum=4|partialSum=4~sharedBias=1|layers.cfg:17: [conv1] sharedbias: found an unknown key of a conv layer, expected sharedBiases",
        "type=conv|type=convolution|layers.cfg:8: [conv1] type: found \"convolution\", expected one of [blur, cmrnorm, cnorm, concat, conv, cost.crossent, cost.crossent2, cost.gsum2, cost.logreg, cost.msm, cost.rflickr, cost.sum2, cost.tica, data, eltmax, eltsum, fc, href, hs, local, nailbed, neuron, pool, resize, rgb2lab, rgb2yuv, rnorm, rscale, softmax, treefc]",
        "inputs=data|inputs=dta|layers.cfg:9: [conv1] inputs: found \"dta\", expected the name of a layer defined above",
        "inputs=data|inputs=fc10|layers.cfg:9: [conv1] inputs: found \"fc10\", expected the name of a layer defined above",
        "channels=3|channels=3,3|layers.cfg:10: [conv1] channels: found 2 values, expected 1, one per input",
        "channels=3|channels=6|layers.cfg:10: [conv1] channels: found an input of 192 units, expected 6 channels of square images",
        "filters=16|filters=20|layers.cfg:11: [conv1] filters: found \"20\", expected filters per group divisible by 16",
        "filters=16|filters=16.0|layers.cfg:11: [conv1] filters: found \"16.0\", expected comma-separated integers",
        "filterSize=5|filterSize=13|layers.cfg:12: [conv1] filterSize: found \"13\", expected at most the padded image size 12",
        "padding=2|padding=-2|layers.cfg:13: [conv1] padding: found \"-2\", expected at least 0",
        "padding=2|padding=1000000000|layers.cfg:8: [conv1] type: found a layer with matrices of more than 2^31 - 1 elements, expected smaller ones",
        "stride=1|stride=0|layers.cfg:14: [conv1] stride: found \"0\", expected at least 1",
        "initW=0.1|initW=0.1,0.1|layers.cfg:15: [conv1] initW: found 2 values, expected 1, one per input",
        "initW=0.1|initB=0.1|layers.cfg:7: [conv1] initW: required key is missing, expected comma-separated numbers",
        "partialSum=4|partialSum=5|layers.cfg:16: [conv1] partialSum: found \"5\", expected 0 or a divisor of the 64 modules",
        "partialSum=4|partialSum=4~gpu=1|layers.cfg:17: [conv1] gpu: found 1, expected 0 to 0 for 1 device",
        "partialSum=4|partialSum=4~groups=2|layers.cfg:17: [conv1] groups: found \"2\", expected a divisor of the 3 channels",
        "partialSum=4|partialSum=4~randSparse=1|layers.cfg:7: [conv1] groups: found \"1\", expected more than 1 for a randSparse input",
        "partialSum=4|partialSum=4~initWFunc=initw.makew(conv1)|layers.cfg:17: [conv1] initWFunc: found initialiser \"initw.makew(conv1)\" for layer conv1, which is not available; expected none",
        "partialSum=4|partialSum=4~weightSource=fc10|layers.cfg:17: [conv1] weightSource: found \"fc10[0]\", expected a layer defined above, or this one",
        "dataIdx=1|dataIdx=2|layers.cfg:6: [labels] dataIdx: found \"2\", expected 0 to 1"})
    void badDefinition(String line, String replacement, String message) {
        String layers = (CONV + REST).replaceFirst("(?m)^" + line.replace(".", "\\.") + "$", replacement.replace('~', '\n'));
        assertThatThrownBy(() -> parse(layers, PARAMS)).isInstanceOf(InputException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "outputs=10|outputs=0|layers.cfg:20: [fc10] outputs: found \"0\", expected at least 1",
        "outputs=10|outputs=9|layers.cfg:27: [logprob] inputs: found 9 units in \"probs\", expected 10 (one per class)",
        "inputs=labels,probs|inputs=labels|layers.cfg:27: [logprob] inputs: found 1 inputs, expected exactly 2 for type cost.logreg",
        "inputs=labels,probs|inputs=probs,labels|layers.cfg:27: [logprob] inputs: found 10 units in \"probs\", expected 1 (labels, the first input)",
        "inputs=labels,probs|inputs=labels,fc10|layers.cfg:27: [logprob] inputs: found \"fc10\" of type \"fc\", expected a softmax layer as second input",
        "inputs=labels,probs|inputs=labels,probs~neuron=relu|layers.cfg:28: [logprob] neuron: found an unknown key of a cost.logreg layer, expected one of [type, inputs, gpu]",
        "inputs=labels,probs|inputs=labels,probs~[more]~type=softmax~inputs=logprob|layers.cfg:30: [more] inputs: found \"logprob\", expected a layer with outputs, not one of type cost.logreg",
        "inputs=labels,probs|inputs=labels,probs~[more]~type=softmax~inputs=fc10|layers.cfg:29: [more] type: found layer more that no other layer uses as input, expected only costs to be unused"})
    void badLayersAbove(String line, String replacement, String message) {
        String layers = CONV + REST.replaceFirst("(?m)^" + line + "$", replacement.replace('~', '\n'));
        assertThatThrownBy(() -> parse(layers, PARAMS)).isInstanceOf(InputException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[fc10]|[fc11]|params.cfg: found no section [fc10], expected one for layer fc10 of type fc",
        "epsW=0.01|epsW=fast|params.cfg:2: [conv1] epsW: found \"fast\", expected comma-separated numbers",
        "epsW=0.01|epsW=0.01,0.01|params.cfg:2: [conv1] epsW: found 2 values, expected 1, one per input",
        "epsB=0.02|epsC=0.02|params.cfg:1: [conv1] epsB: required key is missing, expected a number",
        "epsB=0.02|epsB=0.02~epsV=1|params.cfg:4: [conv1] epsv: found an unknown key of a conv layer, expected epsW",
        "epsB=0.02|epsB=0.02~wcNormMin=2|params.cfg:4: [conv1] wcNormMin: found \"2.0\", expected at most wcNormMax 0.0",
        "epsB=0.02|epsB=0.02~quantF=int8|params.cfg:4: [conv1] quantF: found \"int8\", expected default or half",
        "coeff=1|coeff=1~topk=11|params.cfg:15: [logprob] topk: found \"11\", expected 1 to 10"})
    void badParameters(String line, String replacement, String message) {
        String quoted = line.replace("[", "\\[").replace("]", "\\]").replace(".", "\\.");
        String params = PARAMS.replaceFirst("(?m)^" + quoted + "$", replacement.replace('~', '\n'));
        assertThatThrownBy(() -> parse(CONV + REST, params)).isInstanceOf(InputException.class).hasMessage(message);
    }

    @Test
    void unknownKeysAreIgnoredLikeInTheOriginalWhenLenient() {
        String layers = (CONV + REST).replace("partialSum=4\n", "partialSum=4\nsharedBias=1\n");
        ParseContext lenient = Definitions.images(8).withLenientKeys(true);
        assertThatCode(() -> Definitions.parse(layers, PARAMS.replace("coeff=1", "coeff=1\nknob=2"), lenient)).doesNotThrowAnyException();
    }

    @Test
    void historicalKeysWithoutEffectAndUnknownParameterSectionsAreIgnored() {
        String params = PARAMS.replace("epsB=0.02\n", "epsB=0.02\nsched=exp\nwcnorm=1\n") + "[conv9]\nwhatever=1\n";
        assertThatCode(() -> parse(CONV + REST, params)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"scale", "pow", "sizeX"})
    void keysOfNormLayersBeforeJune2012AreExplained(String key) {
        String layers = CONV + "[rnorm1]\ntype=rnorm\ninputs=conv1\nchannels=16\n" + key + "=3\n" + REST.replace("inputs=conv1", "inputs=rnorm1");
        assertThatThrownBy(() -> parse(layers, PARAMS)).isInstanceOf(InputException.class).hasMessage("layers.cfg:21: [rnorm1] " + key
                + ": is no longer read here: since June 2012 the definition of a norm layer gives size, the parameter file scale and pow");
    }

    @Test
    void severalDevicesNeedTheKeyGpuAboveDataLayers() {
        assertThatThrownBy(() -> Definitions.parse(CONV + REST, PARAMS, Definitions.images(8).withNumGpus(2)))
                .isInstanceOf(InputException.class)
                .hasMessage("layers.cfg:7: [conv1] gpu: found -1, inherited from data, expected 0 to 1 for 2 devices");
    }

    @Test
    void unusedDataLayerIsAnError() {
        String layers = NetText.DATA + "[reg]\ntype=cost.sum2\ninputs=data\n";
        assertThatThrownBy(() -> LayerParser.parseDefinition(ConfigFile.parse("layers.cfg", layers),
                ParseContext.withoutWeights(List.of(192, 1), 10))).isInstanceOf(InputException.class)
                .hasMessage("layers.cfg:5: [labels] type: found layer labels that no other layer uses as input, expected only costs to be unused");
    }
}
