package org.cudaconvnet.engine.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Rounding to binary16")
class Binary16Test {
    private static final int LARGEST_FINITE = 0x7bff;

    /** The value of a non-negative finite number of the format, or of 2^16 for the infinity. */
    private static float value(int half) {
        int exponent = half >> 10;
        int fraction = half & 0x3ff;
        return exponent == 0 ? Math.scalb((float) fraction, -24) : Math.scalb(1024f + fraction, exponent - 25);
    }

    @Test
    void givesTheNearestValueOfTheFormatAndOfTwoTheEvenOne() {
        for (int half = 0; half <= LARGEST_FINITE; half++) {
            float low = value(half);
            float high = value(half + 1);
            float middle = (low + high) / 2;
            float rounded = half == LARGEST_FINITE ? Float.POSITIVE_INFINITY : high;
            assertThat(Binary16.round(low)).isEqualTo(low);
            assertThat(Binary16.round(Math.nextDown(middle))).isEqualTo(low);
            assertThat(Binary16.round(middle)).isEqualTo(half % 2 == 0 ? low : rounded);
            assertThat(Binary16.round(Math.nextUp(middle))).isEqualTo(rounded);
            assertThat(Binary16.round(-Math.nextUp(middle))).isEqualTo(-rounded);
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN,NaN", "Infinity,Infinity", "-Infinity,-Infinity", "1e30,Infinity", "-0.0,-0.0", "1e-30,0.0", "-1e-30,-0.0"})
    void keepsWhatIsNoNumberAndSigns(float value, Float expected) {
        assertThat(Float.valueOf(Binary16.round(value))).isEqualTo(expected);
    }
}
