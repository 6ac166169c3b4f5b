package org.cudaconvnet.datasets.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RandomStateTest {
    @Test
    @DisplayName("seed 5 gives NumPy's numbers, and a cached Gaussian survives other draws (spec: random.md section 4)")
    void seedFiveGivesNumpysNumbers() {
        RandomState random = new RandomState(5);
        assertThat(new double[] {random.randn(), random.randn(), random.randn()})
                .containsExactly(0.44122748688504143, -0.33087015189408764, 2.43077118700778);
        assertThat(IntStream.range(0, 6).map(i -> random.randint(0, 9))).containsExactly(0, 0, 7, 1, 5, 7);
        assertThat(IntStream.range(0, 6).map(i -> random.randint(2))).containsExactly(0, 1, 0, 1, 1, 1);
        assertThat(random.permutation(8)).containsExactly(0, 3, 1, 5, 2, 4, 6, 7);
        assertThat(random.rand()).isEqualTo(0.5236752895998791);
        assertThat(random.randn()).isEqualTo(-0.2520921296030769);
    }

    @Test
    void integersOfBothBoundsAreIncluded() {
        RandomState random = new RandomState(1);
        assertThat(IntStream.range(0, 200).map(i -> random.randomIntegers(3, 5)).distinct().sorted()).containsExactly(3, 4, 5);
        assertThat(random.randomIntegers(Integer.MIN_VALUE, Integer.MAX_VALUE)).isNotZero();
    }

    @Test
    void aRangeOfOneIntegerDrawsNothing() {
        RandomState random = new RandomState(1);
        RandomState.State before = random.state();
        assertThat(random.randint(7, 8)).isEqualTo(7);
        assertThat(random.state()).isEqualTo(before);
    }

    @Test
    void aRestoredStateContinuesTheSequence() {
        RandomState random = new RandomState(4294967295L);
        random.randn();
        random.permutation(700);
        RandomState restored = new RandomState(random.state());
        for (int i = 0; i < 1000; i++) {
            assertThat(restored.randn()).isEqualTo(random.randn());
        }
        assertThat(restored.state()).isEqualTo(random.state());
    }

    @Test
    void seedsOutsideThirtyTwoBitsAndEmptyRangesAreRefused() {
        assertThatThrownBy(() -> new RandomState(-1)).hasMessageContaining("seed -1");
        assertThatThrownBy(() -> new RandomState(1L << 32)).hasMessageContaining("4294967296");
        assertThatThrownBy(() -> new RandomState(0).randint(3, 3)).hasMessageContaining("empty range");
    }
}
