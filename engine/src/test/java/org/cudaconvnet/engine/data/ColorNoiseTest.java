package org.cudaconvnet.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.cudaconvnet.datasets.batch.ColorPca;
import org.junit.jupiter.api.Test;

class ColorNoiseTest {
    private static final ColorPca PCA = new ColorPca(new float[] {9, 4, 1}, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});

    @Test
    void everyBatchOfEveryEpochOfEveryRunHasItsOwnNoise() {
        Set<Float> firstShifts = new HashSet<>();
        for (int seed = 0; seed < 8; seed++) {
            for (int epoch = 1; epoch <= 8; epoch++) {
                for (int batch = 0; batch < 8; batch++) {
                    firstShifts.add(new ColorNoise(0.1f, PCA, seed).draw(epoch, batch, 1)[0][0]);
                }
            }
        }
        assertThat(firstShifts).hasSize(8 * 8 * 8);
    }

    @Test
    void aBatchThatIsDrawnAgainHasTheSameNoise() {
        assertThat(new ColorNoise(0.1f, PCA, 3).draw(2, 5, 4)).isDeepEqualTo(new ColorNoise(0.1f, PCA, 3).draw(2, 5, 4));
    }
}
