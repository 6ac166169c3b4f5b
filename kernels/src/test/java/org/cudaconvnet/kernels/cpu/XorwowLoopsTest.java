package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.cudaconvnet.kernels.XorwowStates;
import org.junit.jupiter.api.Test;

class XorwowLoopsTest {
    private static final int LENGTH = 1003;

    private final XorwowLoops scalar = new ScalarXorwowLoops();
    private final XorwowLoops vector = new VectorXorwowLoops();

    @Test
    void drawsHaveTheSameBitsInVectors() {
        int[] states = XorwowStates.initial(5);
        int[] sameStates = states.clone();
        for (float scale : new float[] {XorwowStates.UNIFORM_SCALE, XorwowStates.ANGLE_SCALE}) {
            float[] expected = new float[LENGTH + 3];
            float[] found = expected.clone();
            scalar.draw(states, 77, LENGTH, scale, expected, 2);
            vector.draw(sameStates, 77, LENGTH, scale, found, 2);
            assertThat(found).containsExactly(expected);
            assertThat(sameStates).containsExactly(states);
        }
    }

    @Test
    void boxMullerHasTheSameBitsInVectors() {
        Random random = new Random(1);
        for (int run = 0; run < 200; run++) {
            float[][] draws = new float[4][LENGTH + 3];
            for (int i = 0; i < LENGTH + 3; i++) {
                draws[0][i] = draws[2][i] = i % 50 == 0 ? 0x1p-33f : i % 49 == 0 ? 1 : random.nextFloat();
                draws[1][i] = draws[3][i] = i % 47 == 0 ? 40_000 : (random.nextFloat() - (float) (run % 2)) * (run < 100 ? 6.2831855f : 32768);
            }
            scalar.boxMuller(draws[0], 1, draws[1], 2, LENGTH);
            vector.boxMuller(draws[2], 1, draws[3], 2, LENGTH);
            assertThat(draws[2]).containsExactly(draws[0]);
            assertThat(draws[3]).containsExactly(draws[1]);
        }
    }
}
