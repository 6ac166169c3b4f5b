package org.cudaconvnet.engine.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A learning rate")
class LearningRateTest {
    private static LearningRate rate(double base, String type, float noise, Quirk... quirks) {
        Map<String, Object> params = Map.of("tgtFactor", 100f, "noiseStdev", noise, "numSteps", 3);
        return LearningRate.of(base, Map.of("type", type, "params", params), "conv1.epsW0", Compatibility.of(Set.of(quirks)));
    }

    /** From 0.1 to 0.001 the exponential schedule passes 0.01 half way. */
    @ParameterizedTest
    @CsvSource({
        "default, 0, 0.1", "default, 1, 0.1",
        "linear, 0, 0.1", "linear, 0.25, 0.07525", "linear, 1, 0.001",
        "exp, 0, 0.1", "exp, 0.5, 0.01", "exp, 1, 0.001",
        "dexp, 0, 0.1", "dexp, 0.33, 0.1", "dexp, 0.34, 0.01", "dexp, 0.66, 0.01", "dexp, 0.67, 0.001", "dexp, 1, 0.001",
        "jdexp, 0.3, 0.1", "jdexp, 0.49, 0.01", "jdexp, 0.51, 0.0316227766", "jdexp, 0.84, 0.00316227766", "jdexp, 0.9, 0.001"})
    void followsItsSchedule(String type, double progress, double expected) {
        assertThat(rate(0.1, type, 0).at(progress)).isCloseTo(expected, within(1e-9 * expected));
    }

    @Test
    void ofZeroStaysZero() {
        assertThat(rate(0, "exp", 0).at(0.5)).isZero();
        assertThat(rate(0, "dexp", 0).at(1)).isZero();
    }

    @Test
    void ofOneFallsLikeOthersOrIsNotANumber() {
        assertThat(rate(1, "exp", 0).at(0.5)).isCloseTo(0.1, within(1e-12));
        assertThat(rate(1, "dexp", 0).at(0.5)).isCloseTo(0.1, within(1e-12));
        assertThat(rate(1, "exp", 0, Quirk.RATE_OF_ONE_IS_NAN).at(0.5)).isNaN();
    }

    @Test
    void withOneStepIsTheTargetFromTheStart() {
        Map<String, Object> params = Map.of("tgtFactor", 10f, "noiseStdev", 0f, "numSteps", 1);
        LearningRate single = LearningRate.of(0.1, Map.of("type", "dexp", "params", params), "a", Compatibility.era("fixed"));
        assertThat(single.at(0)).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void withNoiseIsOnlyEverRaised() {
        LearningRate noisy = rate(0.1, "linear", 0.5f);
        double[] rates = DoubleStream.generate(() -> noisy.at(0)).limit(20000).toArray();
        assertThat(DoubleStream.of(rates).min().orElseThrow()).isGreaterThanOrEqualTo(0.1);
        // The mean of |n| is sqrt(2 / pi).
        assertThat(DoubleStream.of(rates).average().orElseThrow()).isCloseTo(0.1 * (1 + 0.5 * Math.sqrt(2 / Math.PI)), within(0.001));
        assertThat(DoubleStream.of(rates).map(rate -> (rate / 0.1 - 1) / 0.5).map(n -> n * n).average().orElseThrow()).isCloseTo(1, within(0.05));
    }

    @Test
    void goesOnWithItsNoiseAfterAnyNumberOfCalls() {
        LearningRate whole = rate(0.1, "exp", 1);
        double[] expected = DoubleStream.generate(() -> whole.at(0)).limit(8).toArray();
        for (int drawn = 0; drawn < 8; drawn++) {
            LearningRate resumed = rate(0.1, "exp", 1);
            resumed.noise().skipTo(drawn);
            assertThat(resumed.at(0)).isEqualTo(expected[drawn]);
        }
        assertThat(whole.noise().drawn()).isEqualTo(8);
    }

    @Test
    void hasNoiseOfItsOwnBySeedAndName() {
        LearningRate seeded = rate(0.1, "exp", 1);
        seeded.noise().seed(5);
        assertThat(seeded.at(0)).isNotEqualTo(rate(0.1, "exp", 1).at(0));
        RateNoise other = new RateNoise("conv1.epsW1", false);
        assertThat(other.next()).isNotEqualTo(new RateNoise("conv1.epsW0", false).next());
    }

    @Test
    void canHaveTheNoiseOfTheShortPi() {
        double exact = rate(0.1, "exp", 1).at(0);
        double shortPi = rate(0.1, "exp", 1, Quirk.RATE_NOISE_SHORT_PI).at(0);
        assertThat(shortPi).isNotEqualTo(exact).isCloseTo(exact, within(1e-3));
    }
}
