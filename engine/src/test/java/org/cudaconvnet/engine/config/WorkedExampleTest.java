package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.engine.config.Definitions.named;
import static org.cudaconvnet.engine.config.Definitions.weightParams;

import java.util.List;
import org.cudaconvnet.engine.NetText;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The worked example of the specification (spec: config-language.md section 11). */
class WorkedExampleTest {
    private static final String LAYERS = NetText.DATA + """
            [c1]
            type=conv
            inputs=data
            channels=3
            filters=16
            padding=2
            stride=2
            filterSize=5
            initW=.01
            partialSum=13
            gpu=0
            [n1]
            type=cmrnorm
            inputs=c1
            channels=16
            size=5
            [p1]
            type=pool
            pool=max
            inputs=n1
            channels=16
            sizeX=3
            stride=2
            neuron=relu
            [c2]
            type=conv
            inputs=p1
            channels=16
            filters=16
            groups=2
            padding=1
            filterSize=3
            initW=.01
            partialSum=6
            neuron=relu
            [l3]
            type=local
            inputs=c2
            channels=32
            filters=16
            filterSize=3
            initW=.01
            neuron=tanh[1.7159,0.6667]
            [out]
            type=fc
            inputs=l3,p1
            outputs=10
            initW=.01,.01
            [probs]
            type=softmax
            inputs=out
            [logprob]
            type=cost.logreg
            inputs=labels,probs
            gpu=0
            """;
    private static final String PARAMS = weightParams("c1", 1) + weightParams("c2", 1) + weightParams("l3", 1) + weightParams("out", 2) + """
            [n1]
            scale=.001
            pow=.75
            [logprob]
            coeff=1
            """;

    private static List<LayerDict> layers;

    @BeforeAll
    static void parse() {
        layers = Definitions.parse(LAYERS, PARAMS, Definitions.images(24));
    }

    @Test
    void layersComeInDefinitionOrderWithNeuronLayersDirectlyAfterTheirSource() {
        assertThat(layers).extracting(LayerDict::name).containsExactly("data", "labels", "c1", "n1", "p1", "p1_neuron", "c2", "c2_neuron",
                "l3", "l3_neuron", "out", "probs", "logprob");
    }

    @Test
    void inputsAreRelinkedToTheNeuronLayers() {
        assertThat(named(layers, "c2").inputs()).containsExactly("p1_neuron");
        assertThat(named(layers, "out").inputs()).containsExactly("l3_neuron", "p1_neuron");
        assertThat(named(layers, "p1_neuron").inputs()).containsExactly("p1");
    }

    @Test
    void outputsAreDerived() {
        assertThat(layers).extracting(LayerDict::outputs).containsExactly(1728, 1, 2704, 2704, 576, 576, 1152, 1152, 256, 256, 10, 10, 0);
    }

    @Test
    void geometryOfTheFirstConvolutionIsDerivedAndItsPaddingStoredNegated() {
        LayerDict c1 = named(layers, "c1");
        assertThat(c1.intList("imgSize")).containsExactly(24);
        assertThat(c1.intValue("modulesX")).isEqualTo(13);
        assertThat(c1.intValue("modules")).isEqualTo(169);
        assertThat(c1.intList("padding")).containsExactly(-2);
    }

    @Test
    void scaleOfTheNormIsDividedByItsSize() {
        assertThat(named(layers, "n1").floatValue("scale")).isEqualTo(0.0002f);
        assertThat(named(layers, "n1").floatValue("minDiv")).isEqualTo(1);
    }

    @Test
    void poolingDerivesItsOutputs() {
        assertThat(named(layers, "p1").intValue("outputsX")).isEqualTo(6);
    }

    @Test
    void groupsMultiplyFiltersAndDivideChannels() {
        LayerDict c2 = named(layers, "c2");
        assertThat(c2.intValue("filters")).isEqualTo(32);
        assertThat(c2.intList("filterChannels")).containsExactly(8);
        assertThat(c2.intValue("modulesX")).isEqualTo(6);
        assertThat(named(layers, "l3").intValue("modulesX")).isEqualTo(4);
    }

    @Test
    void weightsAndBiasesHaveTheShapesAndStorageOrderOfTheOriginal() {
        assertShapes("c1", List.of("75x16 rows"), "16x1");
        assertShapes("c2", List.of("72x32 rows"), "32x1");
        assertShapes("l3", List.of("4608x16 rows"), "256x1");
        assertShapes("out", List.of("256x10 columns", "576x10 columns"), "1x10");
    }

    @Test
    void exactlyTheNamedLayersRequireParameters() {
        assertThat(layers.stream().filter(layer -> layer.booleanValue("requiresParams")).map(LayerDict::name))
                .containsExactly("c1", "n1", "c2", "l3", "out", "logprob");
    }

    @Test
    void neuronLayersShareTheMatricesOfTheirSourceWhereTheGradientAllowsIt() {
        assertTargets("c2_neuron", 0, 0);
        assertTargets("l3_neuron", 0, 0);
        assertTargets("p1_neuron", -1, 0);
        assertTargets("out", -1, -1);
    }

    private static void assertTargets(String layer, int actsTarget, int actsGradTarget) {
        assertThat(named(layers, layer).intValue("actsTarget")).as(layer).isEqualTo(actsTarget);
        assertThat(named(layers, layer).intValue("actsGradTarget")).as(layer).isEqualTo(actsGradTarget);
    }

    private static void assertShapes(String layer, List<String> weights, String biases) {
        for (String key : List.of("weights", "weightsInc")) {
            assertThat(named(layers, layer).matrixList(key)).as(layer + " " + key)
                    .extracting(m -> m.rows() + "x" + m.cols() + (m.columnMajor() ? " columns" : " rows")).containsExactlyElementsOf(weights);
        }
        for (String key : List.of("biases", "biasesInc")) {
            HostMatrix matrix = named(layers, layer).matrix(key);
            assertThat(matrix.rows() + "x" + matrix.cols()).as(layer + " " + key).isEqualTo(biases);
        }
    }
}
