package org.cudaconvnet.engine.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.Nets;
import org.cudaconvnet.engine.config.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PhaseParametersTest {
    private static final String PARAMETERS = "# epsW=1\n[fc]\nepsW=0.001,0.002\nepsB = 0.002\nwc=.03\n[conv]\nepsW = 0.0005\n";

    @Test
    void aParameterIsDividedAsADecimalNumberAndNothingElseChanges() {
        assertThat(new PhaseParameters(Map.of("epsW", 10), Map.of()).edit(PARAMETERS))
                .isEqualTo("# epsW=1\n[fc]\nepsW=0.0001,0.0002\nepsB = 0.002\nwc=.03\n[conv]\nepsW = 0.00005\n");
    }

    @Test
    void aParameterIsSetForEveryInputAndTheValueOfOneLayerGoesFirst() {
        Map<String, BigDecimal> set = Map.of("epsW", new BigDecimal("0.00001"), "conv.epsW", BigDecimal.ZERO);
        assertThat(new PhaseParameters(Map.of(), set).edit(PARAMETERS))
                .isEqualTo("# epsW=1\n[fc]\nepsW=0.00001,0.00001\nepsB = 0.002\nwc=.03\n[conv]\nepsW = 0\n");
    }

    /** The schedules of spec: training-history.md sections 1 to 3 and of the notes in configs/, one line per phase and group of layers. */
    @ParameterizedTest
    @CsvFileSource(resources = "alexnet-schedules.csv", numLinesToSkip = 1)
    void theAlexnetsLearnWithTheRatesOfTheirNotes(String name, int phase, int until, float colorNoise, String layers, float epsW, float epsB) {
        Recipe recipe = Recipe.named(name);
        assertThat(recipe.phases().get(phase - 1).until()).isEqualTo(until);
        assertThat(recipe.phases().get(phase - 1).colorNoise()).isEqualTo(colorNoise);
        List<LayerDict> learning = learning(recipe, phase - 1).stream().filter(layer -> layer.name().matches(layers)).toList();
        assertThat(learning).isNotEmpty().allSatisfy(layer -> {
            assertThat(layer.floatList("epsW")).as(layer.name()).isNotEmpty().allMatch(rate -> rate == epsW);
            assertThat(layer.floatValue("epsB")).as(layer.name()).isEqualTo(epsB);
        });
    }

    private static List<LayerDict> learning(Recipe recipe, int phase) {
        String parameters = PhaseParameters.of(recipe.phases().get(phase)).edit(Nets.paramsText(recipe.net()));
        ParseContext context = ParseContext.withoutWeights(List.of(3 * 224 * 224, 1), 1000).withNumGpus(2);
        return LayerParser.parse(Nets.layers(recipe.net()), ConfigFile.parse("params", parameters), context).stream()
                .filter(layer -> layer.has("epsW")).toList();
    }
}
