package org.cudaconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.cudaconvnet.kernels.bench.MathAccuracy;
import org.cudaconvnet.kernels.bench.MathAccuracy.Function;
import org.cudaconvnet.kernels.bench.MathAccuracy.Worst;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Portable exp, log, pow, tanh, sin and cos")
class PortableMathTest {
    private static final double BOUND_ULP = 2;
    private static final int PRIME_STEP = 9973;

    @ParameterizedTest
    @EnumSource(Function.class)
    void stayWithin2UlpOnSampledArguments(Function function) {
        Worst worst = MathAccuracy.measure(function, 0, PRIME_STEP, (int) ((1L << 32) / PRIME_STEP));
        assertThat(worst.ulp()).as(worst.toString()).isLessThan(BOUND_ULP);
    }

    @Test
    @Tag("slow")
    void stayWithin2UlpOnEveryArgument() {
        assertThat(MathAccuracy.exhaustive(pieces -> { })).hasSize(Function.values().length).allSatisfy(worst -> {
            assertThat(worst.arguments()).isEqualTo(1L << 32);
            assertThat(worst.ulp()).isLessThan(BOUND_ULP);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1", "-0.0, 1", "-Infinity, 0", "Infinity, Infinity", "NaN, NaN", "88.72284, Infinity",
        "-103.97, 1.4E-45", "-103.98, 0", "-1E30, 0", "1.4E-45, 1"})
    void expAtItsEnds(float x, float expected) {
        assertSameBits(PortableMath.exp(x), expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0, -Infinity", "-0.0, -Infinity", "-1, NaN", "-1.4E-45, NaN", "-Infinity, NaN", "Infinity, Infinity", "NaN, NaN",
        "1.4E-45, -103.27893", "2.718281828, 1"})
    void logAtItsEnds(float x, float expected) {
        assertSameBits(PortableMath.log(x), expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-0.0, -0.0", "Infinity, 1", "-Infinity, -1", "20, 1", "-20, -1", "NaN, NaN", "1.4E-45, 1.4E-45", "-1E-20, -1E-20"})
    void tanhAtItsEnds(float x, float expected) {
        assertSameBits(PortableMath.tanh(x), expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1.5707964, 1, -4.371139E-8", "3.1415927, -8.742278E-8, -1", "-1.5707964, -1, -4.371139E-8", "1E-30, 1E-30, 1",
        "32768, 0.927856333, 0.372937829", "32768.004, NaN, NaN", "Infinity, NaN, NaN", "NaN, NaN, NaN"})
    void sineAndCosineOfSomeAngles(float x, float sine, float cosine) {
        assertSameBits(PortableMath.sin(x), sine);
        assertSameBits(PortableMath.cos(x), cosine);
    }

    @ParameterizedTest
    @CsvSource({"2, 10, 1024", "4, 0.5, 2", "10, -2, 0.01", "1, 1E38, 1", "5, 0, 1", "1.4E-45, 1, 1.4E-45", "2, -149, 1.4E-45", "2, -151, 0",
        "2, 128, Infinity", "0, 1, 0", "0, -1, Infinity", "-0.0, -1, Infinity", "0, 0, NaN", "-1, 2, NaN", "Infinity, 1, Infinity",
        "Infinity, -1, 0", "Infinity, 0, NaN", "1, Infinity, NaN", "2, Infinity, Infinity", "2, -Infinity, 0", "0.5, Infinity, 0",
        "NaN, 1, NaN", "1, NaN, NaN", "3, 3E38, Infinity", "3, -3E38, 0"})
    void powAtItsEnds(float x, float y, float expected) {
        assertSameBits(PortableMath.pow(x, y), expected);
    }

    @Test
    void powStaysWithin2UlpInTheRangeOfTheNormalisationLayers() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            assertPow((float) Math.exp(random.nextDouble() * Math.log(1e6)), random.nextFloat() * 4 - 2);
        }
    }

    @Test
    void powStaysWithin2UlpOverAllExponentsOfTwoThatItsResultCanHave() {
        Random random = new Random(2);
        for (int i = 0; i < 1_000_000; i++) {
            float x = Float.intBitsToFloat(1 + random.nextInt(0x7f7fffff));
            assertPow(x, (float) ((random.nextDouble() * 280 - 151) / (Math.log(x) / Math.log(2))));
        }
    }

    private static void assertPow(float x, float y) {
        double ulp = MathAccuracy.ulpError(PortableMath.pow(x, y), StrictMath.pow(x, y));
        if (!(ulp < BOUND_ULP) && !(x == 1 && Float.isInfinite(y))) {
            assertThat(ulp).as("ulp of %s^%s", x, y).isLessThan(BOUND_ULP);
        }
    }

    private static void assertSameBits(float found, float expected) {
        assertThat(Integer.toHexString(Float.floatToRawIntBits(found))).isEqualTo(Integer.toHexString(Float.floatToRawIntBits(expected)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "1.0000001, 1, 1", "0, 1.4E-45, 1", "Infinity, 3.4028235677973366E38, 0.5", "Infinity, 1E300, 0", "NaN, NaN, 0",
        "1, NaN, Infinity", "0, 0, 0", "-1, 1, 16777216"})
    void ulpErrorsAreCountedInUnitsOfTheReference(float value, double reference, double expected) {
        assertThat(MathAccuracy.ulpError(value, reference)).isCloseTo(expected, within(0.3));
    }
}
