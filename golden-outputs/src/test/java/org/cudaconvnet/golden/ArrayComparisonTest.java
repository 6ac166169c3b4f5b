package org.cudaconvnet.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayComparisonTest {
    private static final Tolerance TWO_ULP_OF_VALUE = new Tolerance(Measure.VALUE, 2, "test");
    private static final Tolerance ONE_ULP_OF_LARGEST = new Tolerance(Measure.LARGEST, 1, "test");

    @Test
    void theFirstDifferenceIsNamedWithItsIndexAndBothValuesInHex() {
        ArrayComparison comparison = compare(new float[] {1, 2, 3, 4}, new float[] {1, 2, Math.nextUp(3f), 5}, Tolerance.EXACT);
        assertThat(comparison.passed()).isFalse();
        assertThat(comparison.firstDifference()).startsWith("out[1, 0]: found 0x1.800002p1 (3.0000002), expected 0x1.8p1 (3.0)")
                .contains("2 of 4 elements");
        assertThat(comparison.worstUlp()).isEqualTo(0x1p21);
    }

    @Test
    void messagesAreTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            Tolerance half = new Tolerance(Measure.VALUE, 0.5, "test");
            assertThat(compare(new float[] {1}, new float[] {2}, half).firstDifference())
                    .endsWith("(1 of 1 elements outside 0.5000 ulp of the value, worst 8.389e+06 ulp)");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN, true", "0, -0, false", "-0, -0, true", "Infinity, Infinity, true", "Infinity, NaN, false", "1, 1, true"})
    void exactMeansTheSameBitsExceptForNaNs(float expected, float found, boolean same) {
        assertThat(compare(new float[] {expected}, new float[] {found}, Tolerance.EXACT).passed()).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN, true", "0, -0, true", "NaN, 1, false", "1, NaN, false", "Infinity, 1, false", "1, Infinity, false"})
    void aToleranceNeverCoversValuesThatAreNotFinite(float expected, float found, boolean accepted) {
        assertThat(compare(new float[] {expected, 1}, new float[] {found, 1}, TWO_ULP_OF_VALUE).passed()).isEqualTo(accepted);
        assertThat(compare(new float[] {expected, 1}, new float[] {found, 1}, ONE_ULP_OF_LARGEST).passed()).isEqualTo(accepted);
    }

    @Test
    void differencesAreCountedInUlpOfTheValueOrOfTheLargestValue() {
        float[] expected = {1, 1024};
        float[] found = {1 + 3 * Math.ulp(1f), 1024};
        assertThat(compare(expected, found, TWO_ULP_OF_VALUE).worstUlp()).isEqualTo(3);
        assertThat(compare(expected, found, TWO_ULP_OF_VALUE).passed()).isFalse();
        assertThat(compare(expected, found, ONE_ULP_OF_LARGEST).worstUlp()).isEqualTo(3.0 / 1024);
        assertThat(compare(expected, found, ONE_ULP_OF_LARGEST).passed()).isTrue();
    }

    @Test
    void anArrayOfAnotherSizeFails() {
        assertThat(compare(new float[4], new float[2], ONE_ULP_OF_LARGEST).firstDifference()).isEqualTo("out has 2 elements, expected 4");
    }

    private static ArrayComparison compare(float[] expected, float[] found, Tolerance tolerance) {
        return ArrayComparison.compare("out", expected, found, 2, tolerance);
    }
}
