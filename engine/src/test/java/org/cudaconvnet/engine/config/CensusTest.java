package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cudaconvnet.engine.Census;
import org.cudaconvnet.kernels.Neuron;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The lists are those of the specification (config-language.md sections 4 to 6 and 12). */
@DisplayName("Everything that files of 2012 can say")
class CensusTest {
    private static final Set<String> TYPES = Set.of("data", "fc", "treefc", "conv", "local", "softmax", "eltsum", "eltmax", "concat", "neuron",
            "pool", "rnorm", "cnorm", "cmrnorm", "nailbed", "blur", "href", "resize", "rscale", "rgb2yuv", "rgb2lab", "hs", "cost.logreg",
            "cost.sum2", "cost.crossent", "cost.crossent2", "cost.rflickr", "cost.msm", "cost.gsum2", "cost.tica");
    private static final Set<String> DEFINITION_KEYS = Set.of("type", "dataIdx", "inputs", "channels", "filters", "padding", "stride",
            "filterSize", "initW", "partialSum", "sharedBiases", "neuron", "outputs", "pool", "sizeX", "gpu", "initB", "groups", "size", "keep",
            "randSparse", "stdev", "initWFunc", "initBFunc", "start", "outputsX", "initCFunc", "coeffs", "filterChannels", "weightSource",
            "blocked", "scale", "maxScale", "tgtSize", "center");
    private static final Set<String> PARAMETER_KEYS = Set.of("epsW", "epsB", "momW", "momB", "wc", "coeff", "wball", "enable", "scale", "pow",
            "topk", "minDiv", "schedW", "schedB", "sched", "wcNormMin", "wcNormMax", "wcnorm", "doMax", "quantF", "quantB", "superEps",
            "superMom", "setSize", "threads");

    private static Set<String> keysOf(Stream<ConfigFile> files) {
        Set<String> keys = new TreeSet<>();
        files.forEach(file -> file.sections().forEach(section -> keys.addAll(section.entries().keySet())));
        return keys;
    }

    private static List<String> folded(Set<String> keys) {
        return keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).toList();
    }

    @Test
    void isInTheFilesOfThisTest() {
        assertThat(keysOf(Census.NETS.stream().map(Census::definition))).containsAll(folded(DEFINITION_KEYS));
        assertThat(keysOf(Census.NETS.stream().map(Census::params))).containsAll(folded(PARAMETER_KEYS));
    }

    @Test
    void parses() {
        Set<String> types = new TreeSet<>();
        Set<String> neurons = new TreeSet<>();
        Set<String> pools = new TreeSet<>();
        Set<Integer> gpus = new TreeSet<>();
        for (String net : Census.NETS) {
            for (LayerDict layer : Census.parse(net)) {
                types.add(layer.type());
                gpus.add(layer.intValue("gpu"));
                if (layer.type().equals("neuron")) {
                    neurons.add(String.valueOf(layer.value("neuron", Map.class).get("type")));
                } else if (layer.type().equals("pool")) {
                    pools.add(layer.stringValue("pool"));
                }
            }
        }
        assertThat(types).containsExactlyInAnyOrderElementsOf(TYPES);
        assertThat(neurons).containsExactlyInAnyOrderElementsOf(Stream.of(Neuron.Type.values()).map(type -> type.name().toLowerCase(Locale.ROOT)).toList());
        assertThat(pools).containsExactly("avg", "max", "maxabs", "rand");
        assertThat(gpus).containsExactly(-1, 0, 1, 2, 3);
    }

    @Test
    void meansWhatItSays() {
        Map<String, LayerDict> layers = new LinkedHashMap<>();
        Census.parse("four-columns").forEach(layer -> layers.put(layer.name(), layer));
        assertThat(layers.get("hs4a").booleanValue("enable")).as("the last of two sections counts").isFalse();
        assertThat(layers.get("conv1b").value("schedW", Map.class)).isEqualTo(
                Map.of("type", "jdexp", "params", Map.of("tgtFactor", 1000f, "noiseStdev", 0f, "numSteps", 4)));
        assertThat(layers.get("conv3a").floatList("wc")).as("wc may be left out").containsExactly(0f);
        assertThat(layers.get("conv3d").list("filterConns", List.class).get(0)).as("two permutations of 16 channels").hasSize(32);
        assertThat(layers.get("rnorm1a").floatValue("minDiv")).isEqualTo(2);
        assertThat(layers.get("columns").outputs()).isEqualTo(4 * 32);
        LayerDict tree = Census.parse("rare").stream().filter(layer -> layer.type().equals("treefc")).findFirst().orElseThrow();
        assertThat(tree.value("schedW", Map.class).get("type")).as("trees have no schedules").isEqualTo("default");
        assertThat(tree.floatList("wballNormed")).as("trees have no wball").containsExactly(0f);
        List<String> costs = new ArrayList<>();
        Census.parse("images").stream().filter(layer -> layer.type().startsWith("cost.")).forEach(layer -> costs.add(layer.name()));
        assertThat(costs).containsExactly("logprob", "tags", "robust", "size");
    }
}
