package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.fc;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Costs of 2012 have the values of their formulas")
class CostsOf2012Test {
    private static final int PIXELS = 12;
    private static final int CASES = 16;
    private static final String RATES = "epsW=0.1\nepsB=0.1\nmomW=0.5\nmomB=0.5\nwc=0\n";
    private static final String DISTRIBUTIONS = DATA.replace("[labels]\ntype=data\ndataIdx=1", "[labels]\ntype=data\ndataIdx=2");
    private static final String IMAGES = DATA.replace("[labels]\ntype=data\ndataIdx=1\n", "");

    private interface Check {
        void of(TinyNet tiny, double[] costs);
    }

    private static void check(String definition, String params, Compatibility compatibility, Check check) {
        try (TinyNet tiny = new TinyNet(definition, params, PIXELS, CASES, compatibility, 1)) {
            tiny.net.fprop(tiny.data, 0, CASES, PassType.TEST);
            check.of(tiny, tiny.net.costs().sums().get("cost"));
        }
    }

    private static void check(String definition, String params, Check check) {
        check(definition, params, Compatibility.era("fixed"), check);
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-4);
    }

    @Test
    void theThirdValueOfLogregCountsLabelsOutsideTheBest() {
        String definition = DATA + classifier("data", TinyNet.CLASSES, "1").replace("[logprob]", "[cost]");
        check(definition, sections(RATES, "out") + "[cost]\ncoeff=1\n", (tiny, costs) -> assertThat(costs).hasSize(2));
        check(definition, sections(RATES, "out") + "[cost]\ncoeff=1\ntopk=3\n", (tiny, costs) -> {
            float[] probs = tiny.net.acts("probs");
            int wrong = 0;
            int outside = 0;
            for (int c = 0; c < CASES; c++) {
                int label = (int) tiny.data.get(1).get(0, c);
                int above = 0;
                for (int j = 0; j < TinyNet.CLASSES; j++) {
                    above += probs[j * CASES + c] > probs[label * CASES + c] ? 1 : 0;
                }
                wrong += above > 0 ? 1 : 0;
                outside += above > 2 ? 1 : 0;
            }
            assertThat(outside).isPositive().isLessThan(wrong);
            assertThat(costs).hasSize(3).endsWith(wrong, outside);
        });
    }

    @Test
    void manyViewsAreAveragedForTheThirdValueToo() {
        String definition = DATA + classifier("data", TinyNet.CLASSES, "1");
        String params = sections(RATES, "out") + "[logprob]\ncoeff=1\ntopk=2\n";
        try (TinyNet tiny = new TinyNet(definition, params, PIXELS, CASES)) {
            assertThat(tiny.net.multiviewTest(tiny.data, 2, "logprob", 0, CASES / 2).sums().get("logprob")).hasSize(3);
        }
    }

    @Test
    void crossEntropyWithADistribution() {
        String definition = DISTRIBUTIONS + classifier("data", TinyNet.CLASSES, "1").replace("[logprob]\ntype=cost.logreg",
                "[cost]\ntype=cost.crossent");
        check(definition, sections(RATES, "out") + cost("cost", 1), (tiny, costs) -> {
            float[] probs = tiny.net.acts("probs");
            double sum = 0;
            for (int i = 0; i < probs.length; i++) {
                sum -= tiny.data.get(2).values()[i] * Math.log(probs[i]);
            }
            int wrong = 0;
            for (int c = 0; c < CASES; c++) {
                int best = 0;
                for (int j = 1; j < TinyNet.CLASSES; j++) {
                    best = probs[j * CASES + c] > probs[best * CASES + c] ? j : best;
                }
                wrong += best == TinyNet.CLASSES - 1 ? 1 : 0;
            }
            assertThat(wrong).isPositive().isLessThan(CASES);
            assertThat(costs[0]).isCloseTo(sum, within());
            assertThat(costs[1]).isEqualTo(wrong);
        });
    }

    @Test
    void crossEntropyOfEveryUnitAndRobustDistance() {
        String units = DISTRIBUTIONS + fc("units", "data", TinyNet.CLASSES, "initW=0.4\nneuron=logistic") + "[cost]\ninputs=labels,units\ntype=";
        String params = sections(RATES, "units") + cost("cost", 1);
        check(units + "cost.crossent2", params, (tiny, costs) -> {
            double sum = 0;
            for (int i = 0; i < CASES * TinyNet.CLASSES; i++) {
                double t = tiny.data.get(2).values()[i];
                double y = tiny.net.acts("units_neuron")[i];
                sum -= t * Math.log(y) + (1 - t) * Math.log(1 - y);
            }
            assertThat(costs).hasSize(1);
            assertThat(costs[0]).isCloseTo(sum, within());
        });
        check(units + "cost.rflickr", params, (tiny, costs) -> {
            double sum = 0;
            for (int i = 0; i < CASES * TinyNet.CLASSES; i++) {
                double d = tiny.net.acts("units_neuron")[i] - tiny.data.get(2).values()[i];
                sum += Math.log(1 + d * d);
            }
            assertThat(costs[0]).isCloseTo(sum, within());
        });
    }

    @Test
    void gatesScaleTheSquaresOfTheirCase() {
        String definition = IMAGES + fc("gate", "data", 1, "initW=1") + "[cost]\ntype=cost.gsum2\ninputs=gate,data\n";
        check(definition, sections(RATES, "gate") + cost("cost", 1), (tiny, costs) -> {
            double sum = 0;
            for (int i = 0; i < PIXELS * CASES; i++) {
                double x = tiny.data.get(0).values()[i];
                sum += tiny.net.acts("gate")[i % CASES] * x * x;
            }
            assertThat(costs[0]).isCloseTo(sum, within());
        });
    }

    @Test
    void ticaSumsTheLengthsOfWindowsOrTheirReciprocals() {
        String definition = IMAGES + fc("map", "data", 2, "initW=1") + "[cost]\ntype=cost.tica\ninputs=map\nchannels=2\nsizeX=1\n";
        String params = sections(RATES, "map") + cost("cost", 1);
        check(definition, params, (tiny, costs) -> assertThat(costs[0]).isCloseTo(sum(tiny.net.acts("map"), Math::abs), within()));
        check(definition, params, Compatibility.of(Set.of(Quirk.TICA_COST_SUMS_RECIPROCALS)), (tiny, costs) -> assertThat(costs[0])
                .isCloseTo(sum(tiny.net.acts("map"), x -> 1 / (Math.abs(x) + 0.001)), Offset.offset(1e-2)));
    }

    private static double sum(float[] values, DoubleUnaryOperator term) {
        double sum = 0;
        for (float value : values) {
            sum += term.applyAsDouble(value);
        }
        return sum;
    }
}
