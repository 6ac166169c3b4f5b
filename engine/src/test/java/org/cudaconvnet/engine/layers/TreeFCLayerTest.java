package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.List;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A treefc layer adds up the offsets on the way to a class")
class TreeFCLayerTest {
    private static final int PIXELS = 6;
    private static final int CASES = 5;
    private static final double EPS = 0.1;
    private static final double MOM = 0.5;
    private static final double WC = 0.2;
    private static final int NODES = TinyNet.TREE.children().size();
    private static final String DEFINITION = DATA + classifier("data", TinyNet.CLASSES, "0.4")
            .replace("type=fc\ninputs=data\noutputs=" + TinyNet.CLASSES, "type=treefc\ninputs=data");
    private static final String PARAMS = sections("epsW=0.1\nepsB=0.1\nmomW=0.5\nmomB=0.5\nwc=0.2\n", "out") + cost("logprob", 1);
    /** Leaves below and the way from the root, by node. */
    private static final int[] LEAVES = {1, 1, 1, 1, 2, 3, 4};
    private static final int[][] WAYS = {{6, 5, 4, 0}, {6, 5, 4, 1}, {6, 5, 2}, {6, 3}};

    /** Rows of inputs, columns of nodes. */
    private static double[][] matrix(float[] rowMajor) {
        double[][] matrix = new double[PIXELS][NODES];
        for (int i = 0; i < rowMajor.length; i++) {
            matrix[i / NODES][i % NODES] = rowMajor[i];
        }
        return matrix;
    }

    private static double weight(double[][] offsets, int row, int leaf) {
        double sum = 0;
        for (int node : WAYS[leaf]) {
            sum += offsets[row][node];
        }
        return sum;
    }

    private static void assertOutputs(TinyNet tiny, double[][] offsets) {
        float[] found = tiny.net.acts("out");
        for (int i = 0; i < found.length; i++) {
            double expected = tiny.net.biases("out")[i / CASES];
            for (int row = 0; row < PIXELS; row++) {
                expected += tiny.data.get(0).get(row, i % CASES) * weight(offsets, row, i / CASES);
            }
            assertThat((double) found[i]).isBetween(expected - 1e-5, expected + 1e-5);
        }
    }

    /** Three steps, so that inner nodes are not 0 and there is momentum. */
    @ParameterizedTest
    @ValueSource(strings = {"fixed", "2012", "v1"})
    void nodesLearnAndDecayByTheirNumberOfLeaves(String era) {
        try (TinyNet tiny = new TinyNet(DEFINITION, PARAMS, PIXELS, CASES, Compatibility.era(era), 1)) {
            double[][] offsets = matrix(tiny.net.weights("out", 0));
            double[][] increments = new double[PIXELS][NODES];
            for (int step = 0; step < 3; step++) {
                tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
                assertOutputs(tiny, offsets);
                tiny.net.bprop(PassType.TRAIN);
                float[] v = tiny.net.actsGrad("out");
                tiny.net.updateWeights();
                for (int row = 0; row < PIXELS; row++) {
                    double[] gradient = new double[NODES];
                    for (int leaf = 0; leaf < TinyNet.CLASSES; leaf++) {
                        double ofLeaf = 0;
                        for (int c = 0; c < CASES; c++) {
                            ofLeaf += tiny.data.get(0).get(row, c) * v[leaf * CASES + c] / CASES;
                        }
                        for (int node : WAYS[leaf]) {
                            gradient[node] += ofLeaf;
                        }
                    }
                    for (int node = 0; node < NODES; node++) {
                        double n = LEAVES[node];
                        increments[row][node] = MOM * increments[row][node] + EPS / n * (gradient[node] - WC / n * offsets[row][node]);
                        offsets[row][node] += increments[row][node];
                    }
                }
                double[][] found = matrix(tiny.net.weights("out", 0));
                for (int row = 0; row < PIXELS; row++) {
                    assertThat(found[row]).usingComparatorWithPrecision(1e-6).containsExactly(offsets[row]);
                }
            }
        }
    }

    @Test
    void treesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> nodes(List.of(List.of(), List.of(), List.of(0), List.of(2, 0)), 3)).isInstanceOf(InputException.class)
                .hasMessage("layer t: label tree: found 0, expected a node with one parent");
        assertThatThrownBy(() -> nodes(List.of(List.of(), List.of(), List.of(0)), 2)).isInstanceOf(InputException.class)
                .hasMessage("layer t: label tree: found 2, expected all 3 nodes below the root 2");
        assertThatThrownBy(() -> nodes(List.of(List.of(), List.of(), List.of(), List.of(0, 1, 2)), 3)).isInstanceOf(InputException.class)
                .hasMessage("layer t: label tree: found 2, expected exactly the classes to have no children");
        assertThatThrownBy(() -> nodes(List.of(List.of(), List.of()), 2)).isInstanceOf(InputException.class)
                .hasMessage("layer t: label tree: found 2, expected a root that is one of 2 nodes");
    }

    private static LabelTreeNodes nodes(List<List<Integer>> tree, int root) {
        LayerDict dict = new LayerDict("t", "treefc");
        dict.put("outputs", 2).put("tree", tree).put("rootLabel", root);
        return LabelTreeNodes.of(dict);
    }
}
