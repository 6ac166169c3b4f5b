package org.cudaconvnet.engine.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.Nets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {
    static Stream<String> names() {
        return Recipe.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecipeNamesABundledNetAndGoesForwardFromPhaseToPhase(String name) {
        Recipe recipe = Recipe.named(name);
        assertThat(Nets.names()).contains(recipe.net());
        assertThat(recipe.phases().stream().map(Recipe.Phase::until).toList()).isSorted().doesNotHaveDuplicates();
        assertThat(recipe.published().error()).isBetween(0.1, 0.5);
    }

    @Test
    void the80secNetTrainsEightEpochsThenTwoWithATenthOfEpsW() {
        Recipe recipe = Recipe.named("cifar-80sec");
        assertThat(recipe.phases()).containsExactly(new Recipe.Phase(8, "1-5", "6", Map.of(), Map.of(), 0),
                new Recipe.Phase(10, "1-5", "6", Map.of("epsW", 10), Map.of(), 0));
    }

    @Test
    void batchesOfLaterPhasesAreCountedWithTheRangesOfThosePhases() {
        Recipe recipe = Recipe.named("cifar-13pct");
        assertThat(List.of(1, 100, 101, 155).stream().map(recipe::batchesAfterPhaseOf)).containsExactly(60 * 5, 60 * 5, 20 * 5, 0);
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Recipe.named("../cifar")).isInstanceOf(InputException.class).hasMessageContaining("../cifar")
                .hasMessageContaining("cifar-80sec");
    }
}
