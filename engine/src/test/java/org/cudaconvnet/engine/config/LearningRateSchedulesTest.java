package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.cudaconvnet.engine.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules of learning rates (spec: config-language.md section 5.1). */
class LearningRateSchedulesTest {
    private static Map<String, Object> parse(String schedule) {
        return LearningRateSchedules.parse(ConfigFile.parse("p.cfg", "[fc]\nschedW=" + schedule + "\n").section("fc"), "schedW");
    }

    @Test
    void namedSchedulesAreStoredByTypeAndParameters() {
        assertThat(parse("dexp[tgtFactor=250,noiseStdev=0,numSteps=4]"))
                .isEqualTo(Map.of("type", "dexp", "params", Map.of("tgtFactor", 250f, "noiseStdev", 0f, "numSteps", 4)));
        assertThat(parse(" JDEXP[ TgtFactor = 10 , noisestdev=.5, numSteps = 3 ]"))
                .isEqualTo(Map.of("type", "jdexp", "params", Map.of("tgtFactor", 10f, "noiseStdev", .5f, "numSteps", 3)));
        assertThat(parse("linear[tgtFactor=1,noiseStdev=1]").get("type")).isEqualTo("linear");
        assertThat(parse("exp[tgtFactor=1,noiseStdev=1]").get("type")).isEqualTo("exp");
    }

    @Test
    void absentScheduleIsTheConstantOne() {
        ConfigSection section = ConfigFile.parse("p.cfg", "[fc]\n").section("fc");
        assertThat(LearningRateSchedules.parse(section, "schedB")).isEqualTo(Map.of("type", "default", "params", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dexp[500,4]|dexp[tgtFactor=500,noiseStdev=0,numSteps=4]",
        "dexp[250,0,4]|dexp[tgtFactor=250,noiseStdev=0,numSteps=4]",
        "jdexp[1000, 4]|jdexp[tgtFactor=1000,noiseStdev=0,numSteps=4]",
        "exp[3]|exp[tgtFactor=3,noiseStdev=0]",
        "linear[1,1]|linear[tgtFactor=1,noiseStdev=1]"})
    void positionalSchedulesOfShippedFilesAreTaken(String positional, String named) {
        assertThat(parse(positional)).isEqualTo(parse(named));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cosine[tgtFactor=1]|\"cosine[tgtFactor=1]\", expected default, linear[...], exp[...], dexp[...] or jdexp[...]",
        "exp|\"exp\", expected exp[tgtFactor=...,noiseStdev=...]",
        "exp[noiseStdev=1,tgtFactor=1]|\"exp[noiseStdev=1,tgtFactor=1]\", expected exp[tgtFactor=...,noiseStdev=...]",
        "exp[tgtFactor,noiseStdev=1]|\"exp[tgtFactor,noiseStdev=1]\", expected exp[tgtFactor=...,noiseStdev=...]",
        "dexp[1,2,3,4]|\"dexp[1,2,3,4]\", expected dexp[tgtFactor=...,noiseStdev=...,numSteps=...]",
        "dexp[500,4.5]|\"numSteps=4.5\", expected an integer",
        "dexp[500,0]|\"numSteps=0\", expected a number greater than 0",
        "linear[-1,0]|\"tgtFactor=-1.0\", expected a number greater than 0",
        "exp[tgtFactor=x,noiseStdev=1]|\"tgtFactor=x\", expected a number",
        "dexp[tgtFactor=1,noiseStdev=0,numSteps=1.5]|\"numSteps=1.5\", expected an integer",
        "default[tgtFactor=1]|\"default[tgtFactor=1]\", expected default"})
    void otherSchedulesAreErrors(String schedule, String message) {
        assertThatThrownBy(() -> parse(schedule)).isInstanceOf(InputException.class).hasMessage("p.cfg:2: [fc] schedW: found " + message);
    }
}
