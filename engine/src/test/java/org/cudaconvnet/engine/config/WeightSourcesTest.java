package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.engine.config.Definitions.named;

import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights that are tied, sparse or supplied from outside (spec: config-language.md sections 4.6, 7 and 8). */
class WeightSourcesTest {
    private static final String DATA = "[maps]\ntype=data\ndataIdx=0\n";
    private static final String SPARSE = "type=conv inputs=maps channels=8 filters=16 groups=4 filterSize=1 initW=.1 partialSum=0 "
            + "randSparse=1 filterChannels=4 ";

    /** Layers a and b above maps of 8 x 2 x 2, and costs on both. */
    private static List<LayerDict> parse(String a, String b, Map<String, ExternalInitializer> initializers) {
        String definition = DATA + "[a]\n" + a.replace(' ', '\n') + "\n[b]\n" + b.replace(' ', '\n')
                + "\n[costA]\ntype=cost.sum2\ninputs=a\n[costB]\ntype=cost.sum2\ninputs=b\n";
        ParseContext context = ParseContext.of(List.of(32), 10, new RandomState(5)).withInitializers(initializers);
        return LayerParser.parseDefinition(ConfigFile.parse("layers.cfg", definition), context);
    }

    @Test
    void tiedMatricesAreOneObjectAndDrawNothing() {
        String fc = "type=fc inputs=maps,maps outputs=3 initW=1,1 weightSource=";
        List<LayerDict> layers = parse(fc + ",a", fc + "a[1],", Map.of());
        LayerDict a = named(layers, "a");
        LayerDict b = named(layers, "b");
        assertThat(a.matrixList("weights").get(1)).isSameAs(a.matrixList("weights").get(0));
        assertThat(b.matrixList("weights").get(0)).isSameAs(a.matrixList("weights").get(0));
        assertThat(b.matrixList("weightsInc").get(0)).isSameAs(a.matrixList("weightsInc").get(0));
        assertThat(b.stringList("weightSourceLayers")).containsExactly("a", "");
        assertThat(b.intList("weightSourceMatrixIndices")).containsExactly(1, -1);
        RandomState random = new RandomState(5);
        assertThat(a.matrixList("weights").get(0).get(0, 1)).isEqualTo((float) List.of(random.randn(), random.randn()).get(1).doubleValue());
        for (int drawn = 2; drawn < 96; drawn++) {
            random.randn();
        }
        assertThat(b.matrixList("weights").get(1).get(0, 0)).isEqualTo((float) random.randn());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a[2]|\"a[2]\", expected an index below 1",
        "c|\"c[0]\", expected a layer defined above, or this one",
        "b|\"b[0]\", expected an earlier matrix of this layer than number 0",
        "maps|\"maps[0]\", expected a layer of type fc",
        "a[99999999999]|\"a[99999999999]\", expected LAYER or LAYER[INDEX]",
        "a[x]|\"a[x]\", expected LAYER or LAYER[INDEX]",
        "a|\"a\" of shape \"32x4\", expected a matrix of shape 32x3"})
    void badSourcesAreErrors(String source, String message) {
        String a = "type=fc inputs=maps outputs=4 initW=1";
        String b = "type=fc inputs=maps outputs=3 initW=1 weightSource=" + source;
        assertThatThrownBy(() -> parse(a, b, Map.of())).isInstanceOf(InputException.class)
                .hasMessage("layers.cfg:14: [b] weightSource: found " + message);
    }

    @Test
    void sparseConnectionsArePermutationsDrawnBeforeTheWeights() {
        LayerDict a = named(parse(SPARSE, SPARSE, Map.of()), "a");
        assertThat(a.list("filterConns", List.class)).containsExactly(List.of(7, 2, 4, 1, 0, 5, 6, 3, 5, 1, 4, 2, 0, 3, 6, 7));
        assertThat(a.intList("overSample")).containsExactly(2);
        assertThat(a.intList("filterChannels")).containsExactly(4);
        assertThat(a.matrixList("weights").get(0).get(0, 0)).isEqualTo(0.10701633f);
    }

    @Test
    void tiedSparseInputsShareTheirConnectionsThoughTheyDrawSome() {
        List<LayerDict> layers = parse(SPARSE, SPARSE + "weightSource=a", Map.of());
        assertThat(named(layers, "b").list("filterConns", List.class)).isEqualTo(named(layers, "a").list("filterConns", List.class));
    }

    @Test
    void sparseInputCannotBeTiedToADenseOne() {
        String dense = "type=conv inputs=maps channels=8 filters=16 groups=4 filterSize=1 initW=.1 partialSum=0 randSparse=1 filterChannels=8";
        assertThatThrownBy(() -> parse(dense, SPARSE + "weightSource=a", Map.of())).isInstanceOf(InputException.class)
                .message().contains("[b] weightSource: found \"a\" of shape \"8x64\", expected a matrix of shape 4x64");
    }

    @Test
    void externalInitializersSupplyWeightsBiasesAndConnections() {
        List<Integer> connections = List.of(7, 6, 5, 4, 3, 2, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7);
        ExternalInitializer initializer = new ExternalInitializer() {
            @Override
            public HostMatrix weights(String layer, int input, MatrixShape shape, List<String> params) {
                HostMatrix weights = HostMatrix.zeros(shape.rows(), shape.cols(), shape.columnMajor());
                weights.set(0, 0, Float.parseFloat(params.get(0)));
                return weights;
            }

            @Override
            public HostMatrix biases(String layer, MatrixShape shape, List<String> params) {
                throw new InputException("no biases for " + layer);
            }

            @Override
            public List<Integer> connectivity(String layer, int input, int groups, int channels, int filterChannels, List<String> params) {
                return params.isEmpty() ? connections : connections.subList(0, 15);
            }
        };
        Map<String, ExternalInitializer> initializers = Map.of("mod.fun", initializer);
        LayerDict a = named(parse(SPARSE + "initWFunc=mod.fun(3,x) initCFunc=mod.fun", SPARSE, initializers), "a");
        assertThat(a.matrixList("weights").get(0).get(0, 0)).isEqualTo(3);
        assertThat(a.list("filterConns", List.class)).containsExactly(connections);
        assertThatThrownBy(() -> parse(SPARSE + "initBFunc=mod.fun", SPARSE, initializers)).isInstanceOf(InputException.class)
                .hasMessage("layers.cfg:15: [a] initBFunc: calling mod.fun: no biases for a");
        assertThatThrownBy(() -> parse(SPARSE + "initCFunc=mod.fun(1)", SPARSE, initializers)).isInstanceOf(InputException.class)
                .hasMessage("layers.cfg:15: [a] initCFunc: found \"mod.fun(1)\", expected 2 permutations of the 8 channels");
        assertThatThrownBy(() -> parse(SPARSE + "initWFunc=mod.other", SPARSE, initializers)).isInstanceOf(InputException.class)
                .hasMessage("layers.cfg:15: [a] initWFunc: found initialiser \"mod.other\" for layer a, which is not available; "
                        + "expected one of [mod.fun]");
        assertThatThrownBy(() -> parse(SPARSE + "initWFunc=fun", SPARSE, initializers)).isInstanceOf(InputException.class)
                .hasMessage("layers.cfg:15: [a] initWFunc: found \"fun\", expected module.function or module.function(arg1,arg2)");
    }
}
