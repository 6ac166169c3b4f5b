package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector loops must return the bits of the plain ones, whatever the rest that fills no vector. */
class ImageRowsTest {
    private static final int OFFSET = 3;

    private interface Loop {
        void run(ImageRows rows, float[] a, float[] b, float[] c, float[] target, int n);
    }

    private static final List<Loop> LOOPS = List.of(
            (rows, a, b, c, target, n) -> rows.max(a, 1, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.maxAbs(a, 1, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.add(a, 1, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.addSquares(a, 1, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.addScaled(0.3f, a, 1, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.addWhereEqual(a, 1, b, 1, c, 2, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.divide(a, 1, 7, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.scale(0.3f, a, 1, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.addToScaled(0.7f, 0.3f, a, 1, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.affine(a, 1, 0.3f, 2, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.multiply(a, 1, b, 2, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.normUndoPrelims(0.3f, a, 1, b, 2, target, OFFSET, n),
            (rows, a, b, c, target, n) -> rows.normUndoCombine(a, 1, b, 2, c, 3, target, OFFSET, n));

    private static float[] special(long seed, int length) {
        return HostImages.special(seed, 1, 1, length).values();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 15, 16, 33, 128, 1000})
    void vectorAndPlainLoopsAgreeAndTouchNothingElse(int n) {
        assumeTrue(VectorSupport.available(), "no vector module");
        ImageRows plain = new ScalarImageRows();
        ImageRows vector = new VectorImageRows();
        for (int loop = 0; loop < LOOPS.size(); loop++) {
            float[] a = special(1, n + 8);
            float[] b = special(2, n + 8);
            float[] c = special(3, n + 8);
            // Accumulators of max are never NaN.
            float[] expected = loop == 0 ? HostImages.random(4, 1, 1, n + 8).values() : special(4, n + 8);
            float[] actual = expected.clone();
            LOOPS.get(loop).run(plain, a, b, c, expected, n);
            LOOPS.get(loop).run(vector, a, b, c, actual, n);
            for (int i = 0; i < actual.length; i++) {
                assertThat(Float.floatToIntBits(actual[i])).as("loop %d, n = %d, element %d", loop, n, i)
                        .isEqualTo(Float.floatToIntBits(expected[i]));
            }
        }
    }
}
