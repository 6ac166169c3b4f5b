package org.cudaconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XorwowStatesTest {
    private static final int STREAMS = RandomStreams.COUNT;

    /** From the start values of Marsaglia's paper; the numbers stand in the tests of other libraries that have the generator. */
    @Test
    void theGeneratorGivesThePublishedNumbers() {
        int[] v = {123456789, 362436069, 521288629, 88675123, 5783321};
        int counter = 6615241;
        long[] draws = new long[9];
        for (int i = 0; i < draws.length; i++) {
            XorwowJump.step(v);
            counter += XorwowStates.WEYL_STEP;
            draws[i] = Integer.toUnsignedLong(v[4] + counter);
        }
        assertThat(draws).containsExactly(246875399L, 3690007200L, 1264581005L, 3906711041L, 1866187943L, 2481925219L, 2464530826L, 1604040631L,
                3653403911L);
    }

    /** Words of curand_init(seed, stream, 0) and curand in the device header of CUDA 13, compiled for the host. */
    @ParameterizedTest
    @CsvSource({"1234, 0, 624778773, 1867875844", "1234, 1, 3522650202, 3978931785", "1234, 19, 1282999252, 1842188354",
        "1234, 777, 1853039293, 1497475151", "1234, 12287, 3677437166, 674396820", "25769803787, 0, 1213245572, 1084671533",
        "25769803787, 2, 1339191667, 2465692558", "25769803787, 12287, 3757867074, 3189697351"})
    void seedAndStreamGiveTheNumbersOfCurand(long seed, int stream, long first, long second) {
        int[] states = XorwowStates.initial(seed);
        int[] v = register(states, stream);
        int counter = states[XorwowStates.WEYL * STREAMS + stream];
        for (long expected : new long[] {first, second}) {
            XorwowJump.step(v);
            counter += XorwowStates.WEYL_STEP;
            assertThat(Integer.toUnsignedLong(v[4] + counter)).isEqualTo(expected);
        }
    }

    @Test
    void aJumpIsAsManySteps() {
        for (int exponent = 0; exponent <= 14; exponent++) {
            int[] jumped = {1, -2, 3, 0x1234567, 5};
            int[] stepped = jumped.clone();
            XorwowJump.ofPowerOf2(exponent).apply(jumped);
            for (int i = 0; i < 1 << exponent; i++) {
                XorwowJump.step(stepped);
            }
            assertThat(jumped).as("2^%d steps", exponent).containsExactly(stepped);
        }
    }

    @Test
    void neighbouringStreamsAreTwoJumpsOfHalfTheirDistanceApart() {
        XorwowJump half = XorwowJump.ofPowerOf2(66);
        int[] states = XorwowStates.initial(-7);
        for (int stream : new int[] {0, 1, 6000, STREAMS - 2}) {
            int[] v = register(states, stream);
            half.apply(v);
            half.apply(v);
            assertThat(v).containsExactly(register(states, stream + 1));
        }
    }

    @Test
    void seedsThatDifferInAnyHalfGiveOtherStreams() {
        assertThat(Arrays.stream(new long[] {1, 3, 1L << 32 | 1, 1L << 33 | 1}).mapToObj(seed -> Arrays.hashCode(XorwowStates.initial(seed))))
                .doesNotHaveDuplicates();
    }

    @Test
    void statesThatNoGeneratorHasAreRefused() {
        int[] states = XorwowStates.initial(1);
        XorwowStates.requireValid(states);
        assertThatThrownBy(() -> XorwowStates.requireValid(new int[3])).hasMessage("3 words of random streams: expected 98304");
        states[XorwowStates.HAS_NORMAL * STREAMS + 17] = 2;
        assertThatThrownBy(() -> XorwowStates.requireValid(states)).hasMessage("random stream 17: kept normal draws 2, expected 0 or 1");
        int[] noise = new int[states.length];
        Arrays.fill(noise, 1);
        for (int word = 0; word < XorwowJump.WORDS; word++) {
            noise[word * STREAMS + 5] = 0;
        }
        assertThatThrownBy(() -> XorwowStates.requireValid(noise)).hasMessage("random stream 5: its shift register is zero");
    }

    private static int[] register(int[] states, int stream) {
        return IntStream.range(0, XorwowJump.WORDS).map(word -> states[word * STREAMS + stream]).toArray();
    }
}
