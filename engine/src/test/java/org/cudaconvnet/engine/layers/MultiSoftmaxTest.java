package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The multi-softmax is the sum over all sets of classes")
class MultiSoftmaxTest {
    /** logadd takes e^-d for log(1 + e^-d) from d = 5 on, and nothing from 15 on. */
    private static final Offset<Double> LOGADD_ERROR = Offset.offset(1e-4);

    /** By enumeration of all subsets in binary64. */
    private static double[] expected(float[] energies, int setSize, int fixed) {
        double[] marginals = new double[energies.length];
        double total = 0;
        for (int set = 0; set < 1 << energies.length; set++) {
            if (Integer.bitCount(set) != setSize || fixed >= 0 && (set >> fixed & 1) == 0) {
                continue;
            }
            double energy = 0;
            for (int j = 0; j < energies.length; j++) {
                energy += (set >> j & 1) == 1 ? energies[j] : 0;
            }
            total += Math.exp(energy);
            for (int j = 0; j < energies.length; j++) {
                marginals[j] += (set >> j & 1) == 1 ? Math.exp(energy) : 0;
            }
        }
        for (int j = 0; j < energies.length; j++) {
            marginals[j] /= total;
        }
        return marginals;
    }

    private static float[] energies(int classes, float scale) {
        Random random = new Random(5);
        float[] energies = new float[classes];
        for (int j = 1; j < classes; j++) {
            energies[j] = -scale * random.nextFloat();
        }
        return energies;
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 1", "5, 1, 3", "5, 4, 3", "9, 3, 1", "9, 5, 8", "12, 6, 30"})
    void withoutAndWithAClassThatMustBeInTheSet(int classes, int setSize, float scale) {
        float[] energies = energies(classes, scale);
        MultiSoftmax softmax = new MultiSoftmax(classes, setSize);
        float[] marginals = new float[classes];
        for (int fixed = MultiSoftmax.NONE; fixed < classes; fixed++) {
            softmax.marginals(energies, fixed, marginals);
            double[] expected = expected(energies, setSize, fixed);
            for (int j = 0; j < classes; j++) {
                assertThat((double) marginals[j]).as("class %d, fixed %d", j, fixed).isCloseTo(expected[j], LOGADD_ERROR);
            }
        }
    }

    @Test
    void ofOneClassIsTheSoftmax() {
        float[] energies = energies(7, 4);
        float[] marginals = new float[7];
        new MultiSoftmax(7, 1).marginals(energies, MultiSoftmax.NONE, marginals);
        double sum = 0;
        for (float energy : energies) {
            sum += Math.exp(energy);
        }
        for (int j = 0; j < 7; j++) {
            assertThat((double) marginals[j]).isCloseTo(Math.exp(energies[j]) / sum, Offset.offset(1e-6));
        }
    }

    @Test
    void hasTheSameBitsOnEveryJvm() {
        float[] marginals = new float[4];
        new MultiSoftmax(4, 2).marginals(new float[] {0, -1, -0.5f, -7}, MultiSoftmax.NONE, marginals);
        assertThat(marginals).containsExactly(0.8132146f, 0.49305803f, 0.6922245f, 0.0015011805f);
    }
}
