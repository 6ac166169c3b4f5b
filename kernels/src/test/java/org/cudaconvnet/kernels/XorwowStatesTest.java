package org.cudaconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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

    /** What the example of cuRAND's guide prints for seed 1234: there, too, number t is the first draw of subsequence t. */
    @Test
    void seedAndSubsequenceGiveTheNumbersOfCurand() {
        int[] states = XorwowStates.initial(1234);
        String[] draws = IntStream.range(0, 20).mapToObj(stream -> {
            int[] v = register(states, stream);
            XorwowJump.step(v);
            int word = v[4] + states[XorwowStates.WEYL * STREAMS + stream] + XorwowStates.WEYL_STEP;
            return String.format(Locale.ROOT, "%.4f", Integer.toUnsignedLong(word) * 0x1p-32 + 0x1p-33);
        }).toArray(String[]::new);
        assertThat(draws).containsExactly("0.1455", "0.8202", "0.5504", "0.2948", "0.9147", "0.8690", "0.3219", "0.7829", "0.0113", "0.2855",
                "0.7816", "0.2338", "0.6791", "0.2824", "0.6299", "0.1212", "0.4333", "0.3831", "0.5136", "0.2987");
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
