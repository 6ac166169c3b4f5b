package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cudaconvnet.engine.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The typed getters (spec: config-language.md section 1). */
class ConfigSectionTest {
    private static ConfigSection with(String value) {
        return ConfigFile.parse("a.cfg", "[conv1]\nkey=" + value + "\n").section("conv1");
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "-3, -3", "+7, 7", "007, 7"})
    void integersAreDecimal(String text, int value) {
        assertThat(with(text).integer("key")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0", "0x10", "five", "1e3", "99999999999", "", "5 5"})
    void otherIntegersAreErrors(String text) {
        assertThatThrownBy(() -> with(text).integer("key")).isInstanceOf(InputException.class)
                .hasMessage("a.cfg:2: [conv1] key: found \"" + text + "\", expected an integer");
    }

    @ParameterizedTest
    @CsvSource({".75, 0.75", "1e-3, 0.001", "1., 1", "-2, -2", "+1E2, 100", "nan, NaN", "-inf, -Infinity", "Infinity, Infinity"})
    void numbersAreThoseOfPython(String text, Double value) {
        assertThat(with(text).number("key")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1f", "0x1p3", "1,5", "e5", "."})
    void otherNumbersAreErrors(String text) {
        assertThatThrownBy(() -> with(text).number("key")).isInstanceOf(InputException.class)
                .hasMessage("a.cfg:2: [conv1] key: found \"" + text + "\", expected a number");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "Yes, true", "TRUE, true", "on, true", "0, false", "no, false", "False, false", "OFF, false"})
    void booleansAreWordsOfAnyCase(String text, boolean value) {
        assertThat(with(text).bool("key")).isEqualTo(value);
    }

    @Test
    void otherBooleansAreErrors() {
        assertThatThrownBy(() -> with("maybe").bool("key")).isInstanceOf(InputException.class)
                .hasMessage("a.cfg:2: [conv1] key: found \"maybe\", expected a boolean (1 yes true on / 0 no false off)");
    }

    @Test
    void listsAreSeparatedByCommasAndTrimmed() {
        assertThat(with("1, 2 ,3").integers("key", 3)).containsExactly(1, 2, 3);
        assertThat(with("1").integers("key", 1)).containsExactly(1);
        assertThat(with(".1, 1e-2").numbers("key", 2)).containsExactly(.1, .01);
        assertThat(with("a,, b,").strings("key")).containsExactly("a", "", "b", "");
    }

    @Test
    void booleanListsTakeOnlyTrueAndOneForTrue() {
        assertThat(with("True,1,yes,0,on").booleans("key", 5, false)).containsExactly(true, true, false, false, false);
    }

    @Test
    void listsOfWrongLengthAreErrors() {
        assertThatThrownBy(() -> with("1,2").integers("key", 3)).isInstanceOf(InputException.class)
                .hasMessage("a.cfg:2: [conv1] key: found 2 values, expected 3, one per input");
    }

    @Test
    void absentKeysTakeTheirDefault() {
        ConfigSection section = with("1");
        assertThat(section.integer("other", 4)).isEqualTo(4);
        assertThat(section.number("other", .5)).isEqualTo(.5);
        assertThat(section.bool("other", true)).isTrue();
        assertThat(section.string("other", "x")).isEqualTo("x");
        assertThat(section.integers("other", 2, 1)).isEqualTo(List.of(1, 1));
    }

    @Test
    void missingRequiredKeysAreErrorsAtTheSection() {
        assertThatThrownBy(() -> with("1").integer("filterSize")).isInstanceOf(InputException.class)
                .hasMessage("a.cfg:1: [conv1] filterSize: required key is missing, expected an integer");
    }
}
