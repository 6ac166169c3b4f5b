package org.cudaconvnet.engine.devicecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.LayerDict;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Random nets")
class RandomNetTest {
    private static List<CheckedNet> nets() {
        return LongStream.rangeClosed(1, 40).mapToObj(RandomNet::of).toList();
    }

    @Test
    void useEveryKindOfLayerOnTwoToFourDevices() {
        Set<String> types = new HashSet<>();
        Set<Integer> devices = new HashSet<>();
        for (CheckedNet net : nets()) {
            devices.add(net.gpus());
            net.layers().forEach(layer -> types.add(layer.type()));
        }
        assertThat(types).contains("conv", "local", "fc", "pool", "rnorm", "cnorm", "cmrnorm", "neuron", "hs", "eltsum", "eltmax", "concat",
                "softmax", "cost.logreg", "cost.sum2");
        assertThat(devices).containsExactlyInAnyOrder(2, 3, 4);
    }

    @Test
    void haveCrossLinksOfEveryKind() {
        int elsewhereOnly = 0;
        int onBoth = 0;
        int twice = 0;
        int shared = 0;
        int coefficientZero = 0;
        for (CheckedNet net : nets()) {
            List<LayerDict> layers = net.layers();
            for (LayerDict layer : layers) {
                List<LayerDict> consumers = layers.stream().filter(other -> other.inputs().contains(layer.name())).toList();
                boolean here = consumers.stream().anyMatch(other -> other.intValue("gpu") == layer.intValue("gpu"));
                long elsewhere = consumers.stream().filter(other -> other.intValue("gpu") != layer.intValue("gpu")).count();
                boolean image = !layer.type().equals("data");
                elsewhereOnly += image && !here && elsewhere > 0 ? 1 : 0;
                onBoth += image && here && elsewhere > 1 ? 1 : 0;
                twice += new HashSet<>(layer.inputs()).size() < layer.inputs().size() ? 1 : 0;
                shared += layer.has("weightSource") && layer.stringList("weightSource").stream().anyMatch(source -> !source.isEmpty()) ? 1 : 0;
                coefficientZero += layer.type().startsWith("cost.") && layer.floatValue("coeff") == 0 ? 1 : 0;
            }
        }
        assertThat(elsewhereOnly).as("layers with consumers elsewhere only").isGreaterThan(20);
        assertThat(onBoth).as("layers with consumers here and several elsewhere").isGreaterThan(20);
        assertThat(twice).as("layers that use an input twice").isGreaterThan(20);
        assertThat(shared).as("layers that share weights").isGreaterThan(5);
        assertThat(coefficientZero).as("costs that train nothing").isGreaterThan(20);
    }

    @Test
    void areWrittenAsFilesThatGiveTheSameNet(@TempDir Path folder) throws Exception {
        assertThat(RandomNet.write(3, folder)).startsWith(folder + "/random-3/layers.cfg --layer-params=" + folder + "/random-3/params.cfg --input=");
        CheckedNet net = RandomNet.of(3);
        ConfigFile definition = ConfigFile.read(folder.resolve("random-3/layers.cfg"));
        assertThat(definition.sections()).hasSameSizeAs(net.layerDef().sections());
        assertThat(Files.readString(folder.resolve("random-3/params.cfg"))).contains("[conv2]\nepsW=0.01");
    }
}
