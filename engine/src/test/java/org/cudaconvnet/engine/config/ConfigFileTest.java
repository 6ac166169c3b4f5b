package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.engine.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar, row by row (spec: config-language.md section 1). */
class ConfigFileTest {
    private static ConfigSection first(String text) {
        return ConfigFile.parse("a.cfg", text).sections().get(0);
    }

    @Test
    void sectionsKeepTheirOrderAndCase() {
        assertThat(ConfigFile.parse("a.cfg", "[b]\n[A]\n[a] text after the bracket\n").sections())
                .extracting(ConfigSection::name).containsExactly("b", "A", "a");
    }

    @Test
    void sectionNameEndsAtTheFirstBracket() {
        assertThat(first("[a]b]").name()).isEqualTo("a");
    }

    @Test
    void repeatedSectionMergesIntoTheFirstAndItsLaterKeysWin() {
        ConfigFile file = ConfigFile.parse("a.cfg", "[a]\nx=1\ny=1\n[b]\nx=2\n[a]\nx=3\nz=4\n");
        assertThat(file.sections()).extracting(ConfigSection::name).containsExactly("a", "b");
        ConfigSection a = file.section("a");
        assertThat(a.integer("x")).isEqualTo(3);
        assertThat(a.integer("y")).isEqualTo(1);
        assertThat(a.integer("z")).isEqualTo(4);
    }

    @Test
    void defaultSectionSuppliesAllSectionsAndIsNone() {
        ConfigFile file = ConfigFile.parse("a.cfg", "[a]\nx=1\n[DEFAULT]\nx=7\ny=8\n[default]\n");
        assertThat(file.sections()).extracting(ConfigSection::name).containsExactly("a", "default");
        assertThat(file.section("a").integer("x")).isEqualTo(1);
        assertThat(file.section("a").integer("y")).isEqualTo(8);
        assertThat(file.section("default").integer("x")).isEqualTo(7);
        assertThat(file.section("absent").integer("y")).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epsW=v", "epsw: v", "EPSW  =  v  ", "epsW :v", "epsW=v\r"})
    void keysAreCaseInsensitiveAndBlanksAroundThemIgnored(String line) {
        assertThat(first("[a]\n" + line + "\n").string("epsW")).isEqualTo("v");
    }

    @Test
    void valuesKeepTheirCaseAndFurtherAssignmentSigns() {
        assertThat(first("[a]\nx=Aa:=b\n").string("x")).isEqualTo("Aa:=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"# y=2", "; y=2", "rem y=2", "REM", "Rem y=2"})
    void commentLinesAreSkipped(String comment) {
        assertThat(first("[a]\nx=1\n" + comment + "\n more\n").string("x")).isEqualTo("1\nmore");
    }

    @Test
    void wordThatOnlyBeginsWithRemIsAKey() {
        assertThat(first("[a]\nremark=1\n").string("remark")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"3 ; comment, 3", "3;x, 3;x", "3 # x, 3 # x", "3;x ; y, 3;x ; y", ";x, ;x"})
    void onlyASemicolonAfterWhiteSpaceStartsAnInlineComment(String written, String value) {
        assertThat(first("[a]\nx=" + written + "\n").string("x")).isEqualTo(value);
    }

    @Test
    void indentedLinesContinueTheValueEvenIfTheyLookLikeSomethingElse() {
        assertThat(first("[a]\nx=1\n  # two\n\n\t[b]\n  y=3\n").string("x")).isEqualTo("1\n# two\n[b]\ny=3");
    }

    @Test
    void twoQuotesAreTheEmptyString() {
        assertThat(first("[a]\nx=\"\"\ny=\nz=\"a\"\n").string("x")).isEmpty();
        assertThat(first("[a]\nx=\"\"\ny=\nz=\"a\"\n").string("y")).isEmpty();
        assertThat(first("[a]\nx=\"\"\ny=\nz=\"a\"\n").string("z")).isEqualTo("\"a\"");
    }

    @Test
    void referencesExpandToKeysOfTheSectionAndTheDefaults() {
        ConfigSection a = first("[a]\nx=%(Y)s-%(d)s-%%\ny=<%(z)s>\nz=1\n[DEFAULT]\nd=2\n");
        assertThat(a.string("x")).isEqualTo("<1>-2-%");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "50%|a.cfg:2: [a] x: found \"50%\", expected %(key)s, or %% for a per cent sign",
        "%(y)|a.cfg:2: [a] x: found \"%(y)\", expected %(key)s, or %% for a per cent sign",
        "%(y)s|a.cfg:2: [a] x: found %(y)s, expected the name of a key of this section or of [DEFAULT]",
        "%(x)s|a.cfg:2: [a] x: found %(key)s references nested deeper than 10, expected no cycle"})
    void brokenReferencesAreErrors(String value, String message) {
        assertThatThrownBy(() -> first("[a]\nx=" + value + "\n").string("x")).isInstanceOf(InputException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x=1|a.cfg:1: found \"x=1\", expected a section header such as [conv1] before the first key",
        "[a]#novalue|a.cfg:2: found \"novalue\", expected KEY=VALUE",
        "[a]#=5|a.cfg:2: found \"=5\", expected KEY=VALUE",
        "[a]#  x=1|a.cfg:2: found \"x=1\", expected KEY=VALUE",
        "[]|a.cfg:1: found \"[]\", expected a section header such as [conv1] before the first key"})
    void linesThatAreNeitherHeaderNorKeyAreErrors(String text, String message) {
        String lines = text.replace('#', '\n');
        assertThatThrownBy(() -> ConfigFile.parse("a.cfg", lines)).isInstanceOf(InputException.class).hasMessage(message);
    }

    @Test
    void missingFileIsAnErrorThatNamesIt(@TempDir Path folder) {
        Path file = folder.resolve("none.cfg");
        assertThatThrownBy(() -> ConfigFile.read(file)).isInstanceOf(InputException.class)
                .hasMessage(file + ": no such file, expected a layer definition or parameter file");
    }

    @Test
    void binaryFileIsAnErrorThatNamesIt(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("model"), new byte[] {(byte) 0x80, 2, (byte) 0xff});
        assertThatThrownBy(() -> ConfigFile.read(file)).isInstanceOf(InputException.class)
                .hasMessage(file + ": found bytes that are not UTF-8 text, expected a layer definition or parameter file");
    }
}
