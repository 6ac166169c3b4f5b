package org.cudaconvnet.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.layers.Net;
import org.cudaconvnet.engine.layers.PassType;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Layers that are converted")
class LayerConversionsTest {
    private static final String CONV = "type=conv\nchannels=%d\nfilters=16\nfilterSize=3\npadding=1\ninitW=0.1\ninitB=0.3\npartialSum=1\n";
    private static final String DEFINITION = "[data]\ntype=data\ndataIdx=0\n[a]\ninputs=data\n" + CONV.formatted(3)
            + "[b]\ninputs=a\n" + CONV.formatted(16) + "[c]\ninputs=b\nweightSource=b\n" + CONV.formatted(16)
            + "[cost]\ntype=cost.sum2\ninputs=c\n";
    private static final String RATES = "epsW=0.1\nepsB=0.1\nmomW=0\nmomB=0\nwc=0\n";
    private static final String PARAMS = "[a]\n" + RATES + "[b]\n" + RATES + "[c]\n" + RATES + "[cost]\ncoeff=1\n";
    private static final int CASES = 4;

    private List<LayerDict> layers;
    private LayerConversions conversions;

    @BeforeEach
    void parse() {
        layers = LayerParser.parse(ConfigFile.parse("net", DEFINITION), ConfigFile.parse("params", PARAMS),
                ParseContext.of(List.of(3 * 16), 1, new RandomState(3)));
        conversions = new LayerConversions(layers);
    }

    private float[] outputs() {
        HostMatrix data = HostMatrix.zeros(3 * 16, CASES, false);
        for (int i = 0; i < data.values().length; i++) {
            data.values()[i] = i % 7 - 3;
        }
        Compatibility compatibility = Compatibility.era("fixed");
        try (DeviceGroup devices = DeviceGroup.open("cpu:0", 1, compatibility.kernelDefects()); Net net = new Net(layers, devices, compatibility)) {
            net.fprop(List.of(data), 0, CASES, PassType.TEST);
            return net.acts("c");
        }
    }

    @Test
    void toLocalOnesComputeTheSameAndTakeTheLayersTheyShareWeightsWithAlong() {
        float[] before = outputs();
        conversions.convToLocal("c");
        assertThat(layers).extracting(LayerDict::type).containsExactly("data", "conv", "local", "local", "cost.sum2");
        assertThat(layers.get(3).matrixList("weights").get(0)).isSameAs(layers.get(2).matrixList("weights").get(0));
        assertThat(layers.get(2).matrixList("weights").get(0).rows()).isEqualTo(16 * 16 * 9);
        assertThat(layers.get(2).matrix("biases").rows()).isEqualTo(16 * 16);
        assertThat(outputs()).isEqualTo(before);
    }

    @Test
    void toUnsharedWeightsKeepTheirValuesInAMatrixOfTheirOwn() {
        float[] before = outputs();
        conversions.unshareWeights("c[0]");
        HostMatrix own = layers.get(3).matrixList("weights").get(0);
        assertThat(own.values()).isEqualTo(layers.get(2).matrixList("weights").get(0).values());
        assertThat(outputs()).isEqualTo(before);
        Arrays.fill(own.values(), 0);
        assertThat(outputs()).isNotEqualTo(before);
    }

    @Test
    void mustExistAndHaveTheRightType() {
        assertThatThrownBy(() -> conversions.convToLocal("x")).isInstanceOf(InputException.class).hasMessageContaining("no layer x");
        assertThatThrownBy(() -> conversions.convToLocal("cost")).isInstanceOf(InputException.class).hasMessageContaining("expected conv");
        assertThatThrownBy(() -> conversions.unshareWeights("data")).isInstanceOf(InputException.class).hasMessageContaining("no weights");
        assertThatThrownBy(() -> conversions.unshareWeights("c[1]")).isInstanceOf(InputException.class).hasMessageContaining("index 1");
    }
}
