package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.fc;

import java.util.Map;
import org.cudaconvnet.engine.InputException;
import org.junit.jupiter.api.Test;

class LabelCostLayerTest {
    private static final int PIXELS = 12;
    private static final int CASES = 4;
    private static final String IMAGES = "[data]\ntype=data\ndataIdx=0\n";
    private static final String SCORES = fc("scores", "data", TinyNet.CLASSES, "initW=0.4");

    private static String rates(String layer, String eps) {
        return "[" + layer + "]\nepsW=" + eps + "\nepsB=" + eps + "\nmomW=0.5\nmomB=0.5\nwc=0\n";
    }

    @Test
    void labelsFromTrainedWeightsAreRefusedAsTheyReceiveNoGradient() {
        String definition = IMAGES + SCORES + fc("teacher", "data", TinyNet.CLASSES, "initW=0.4")
                + "[cost]\ntype=cost.rflickr\ninputs=teacher,scores\n";
        String params = rates("scores", "0.1") + cost("cost", 1);
        assertThatThrownBy(() -> new TinyNet(definition, params + rates("teacher", "0.1"), PIXELS, CASES)).isInstanceOf(InputException.class)
                .hasMessage("layer cost: its labels, layer teacher, depend on trained weights, expected data or weights with epsW=0 and epsB=0");
        try (TinyNet tiny = new TinyNet(definition, params + rates("teacher", "0"), PIXELS, CASES)) {
            float[] before = tiny.net.weights("teacher", 0);
            tiny.net.fprop(tiny.data, 0, CASES, PassType.TRAIN);
            tiny.net.bprop(PassType.TRAIN);
            tiny.net.updateWeights();
            assertThat(tiny.net.weights("teacher", 0)).isEqualTo(before);
        }
    }

    @Test
    void classLabelsOfEveryCostThatReadsThemAreKnown() {
        String definition = DATA + SCORES + "[cost]\ntype=cost.msm\ninputs=labels,scores\n";
        String params = rates("scores", "0.1") + cost("cost", 1) + "setSize=2\nthreads=1\n";
        try (TinyNet tiny = new TinyNet(definition, params, PIXELS, CASES)) {
            assertThat(tiny.net.labelClasses()).isEqualTo(Map.of(1, TinyNet.CLASSES));
        }
    }
}
