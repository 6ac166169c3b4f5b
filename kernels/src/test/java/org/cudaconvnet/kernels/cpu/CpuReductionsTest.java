package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.kernels.cpu.TestMatrix.elements;
import static org.cudaconvnet.kernels.cpu.TestMatrix.get;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Reductions.Aggregation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Reductions follow the trees of the 2012 kernels")
class CpuReductionsTest {
    static Stream<Arguments> rows() {
        List<Arguments> runs = new ArrayList<>();
        for (int width : new int[] {1, 2, 31, 32, 33, 63, 64, 65, 128, 129, 256, 257, 511, 512, 513, 1000, 20_000}) {
            runs.add(Arguments.of(3, width));
        }
        for (int width : new int[] {1, 2, 4, 5, 12, 16, 17, 65}) {
            runs.add(Arguments.of(16_383, width));
            runs.add(Arguments.of(16_384, width));
        }
        return runs.stream();
    }

    @ParameterizedTest(name = "{0} rows of {1}")
    @MethodSource("rows")
    void alongTheLeadingDimension(int height, int width) {
        for (boolean transposed : new boolean[] {false, true}) {
            Matrix a = transposed ? TestMatrix.random(width, height, true, 3) : TestMatrix.random(height, width, false, 3);
            for (Aggregation aggregation : Aggregation.values()) {
                float[] expected = new float[height];
                for (int row = 0; row < height; row++) {
                    float[] e = new float[width];
                    for (int i = 0; i < width; i++) {
                        e[i] = transposed ? get(a, i, row) : get(a, row, i);
                    }
                    expected[row] = rowOracle(aggregation, e, height);
                }
                assertThat(aggregate(aggregation, a, transposed ? 0 : 1)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest(name = "{0} rows of {1}")
    @MethodSource("rows")
    void acrossTheFollowingDimension(int height, int width) {
        Matrix a = TestMatrix.random(height, width, false, 2, 5);
        for (Aggregation aggregation : Aggregation.values()) {
            float[] expected = new float[width];
            for (int col = 0; col < width; col++) {
                expected[col] = get(a, 0, col);
                for (int row = 1; row < height; row++) {
                    expected[col] = combine(aggregation, get(a, row, col), expected[col]);
                }
            }
            assertThat(aggregate(aggregation, a, 0)).isEqualTo(expected);
            assertThat(aggregate(aggregation, a.transposedView(), 1)).isEqualTo(expected);
        }
    }

    /** nvmatrix-ops.md section 9. */
    @Test
    void theTwoOrdersOfTheSpecExampleDiffer() {
        float[] values = {1e8f, 1, -1e8f, 1};
        assertThat(aggregate(Aggregation.SUM, TestMatrix.rowMajor(1, 4, values), 1)).containsExactly(2);
        assertThat(aggregate(Aggregation.SUM, TestMatrix.rowMajor(4, 1, values), 0)).containsExactly(1);
    }

    @Test
    void addSumRoundsTheProductThatTheKernelRounds() {
        int[][] shapes = {{3, 40}, {3, 600}, {16_384, 4}, {16_384, 20}};
        for (int[] shape : shapes) {
            Matrix a = TestMatrix.random(shape[0], shape[1], false, 1);
            float[] sums = aggregate(Aggregation.SUM, a, 1);
            boolean tall = shape[0] >= 16_384;
            assertAddSum(a, 1, sums, tall);
        }
        Matrix a = TestMatrix.random(40, 30, false, 1);
        assertAddSum(a, 0, aggregate(Aggregation.SUM, a, 0), true);
    }

    private static void assertAddSum(Matrix a, int axis, float[] sums, boolean sumFuses) {
        float scaleThis = 0.9f;
        float scaleSum = 0.003f;
        Matrix target = TestMatrix.random(axis == 0 ? 1 : a.rows(), axis == 0 ? a.cols() : 1, axis == 0, 9);
        float[] expected = elements(target);
        for (int i = 0; i < expected.length; i++) {
            expected[i] = sumFuses ? Math.fma(scaleSum, sums[i], scaleThis * expected[i])
                    : Math.fma(scaleThis, expected[i], scaleSum * sums[i]);
        }
        with(Set.of(), reductions -> reductions.addSum(a, axis, target, scaleThis, scaleSum));
        assertThat(elements(target)).isEqualTo(expected);
    }

    @Test
    void addSumWithScaleThisZeroDoesNotReadItsTarget() {
        Matrix target = TestMatrix.rowMajor(1, 1, Float.NaN);
        with(Set.of(), reductions -> reductions.addSum(TestMatrix.rowMajor(1, 3, 1, 2, 3), 1, target, 0, 0.5f));
        assertThat(elements(target)).containsExactly(3);
    }

    @Test
    void rowsOfOneElementAreScaledUnlessTheDefectIsReproduced() {
        Matrix target = TestMatrix.rowMajor(2, 1, 10, 20);
        Matrix a = TestMatrix.rowMajor(2, 1, 4, 8);
        with(Set.of(), reductions -> reductions.addSum(a, 1, target, 1, 0.5f));
        assertThat(elements(target)).containsExactly(12, 24);
        with(EnumSet.of(Defect.SINGLE_COLUMN_SUM_COPIES), reductions -> reductions.addSum(a, 1, target, 1, 0.5f));
        assertThat(elements(target)).containsExactly(4, 8);
    }

    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void totals(Aggregation aggregation) {
        for (int n : new int[] {1, 2, 100, 4096, 4097, 5000, 65_536, 70_001, 3_000_000}) {
            Matrix a = TestMatrix.random(1, n, false, n);
            float[] found = new float[1];
            with(Set.of(), reductions -> found[0] = reductions.total(aggregation, a));
            assertThat(found[0]).as("%d elements", n).isEqualTo(totalOracle(aggregation, elements(a)));
        }
    }

    @Test
    void totalOfAViewWithGapsTakesItsElementsInMemoryOrder() {
        Matrix a = TestMatrix.random(50, 60, true, 7, 1);
        float[] found = new float[1];
        with(Set.of(), reductions -> found[0] = reductions.total(Aggregation.SUM, a));
        assertThat(found[0]).isEqualTo(totalOracle(Aggregation.SUM, elements(a.transposedView())));
    }

    @Test
    void squaresAreChainsOfFmaPerThread() {
        for (int n : new int[] {1, 15, 4160, 70_001}) {
            Matrix a = TestMatrix.random(1, n, false, n);
            float[] x = elements(a);
            float[] threads = new float[totalThreads(n)];
            for (int i = 0; i < n; i++) {
                threads[i % threads.length] = Math.fma(x[i], x[i], threads[i % threads.length]);
            }
            float[] found = new float[1];
            with(Set.of(), reductions -> found[0] = reductions.norm2(a));
            assertThat(found[0]).as("%d elements", n).isEqualTo(totalOracle(Aggregation.SUM, blocks(Aggregation.SUM, threads)));
        }
    }

    @Test
    void emptyMatricesAndWrongTargetsAreRefused() {
        Matrix target = TestMatrix.rowMajor(1, 1, 0);
        assertThatThrownBy(() -> with(Set.of(), r -> r.aggregate(Aggregation.SUM, TestMatrix.random(1, 0, false, 1), 1, target)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("empty");
        assertThatThrownBy(() -> with(Set.of(), r -> r.aggregate(Aggregation.SUM, TestMatrix.random(2, 3, false, 1), 1, target)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected 2 x 1");
    }

    private interface Run {
        void on(CpuReductions reductions);
    }

    private static void with(Set<Defect> defects, Run run) {
        try (CpuThreads threads = new CpuThreads(2)) {
            run.on(new CpuReductions(threads, ElementLoops.preferred(), defects));
        }
    }

    private static float[] aggregate(Aggregation aggregation, Matrix a, int axis) {
        float[][] results = new float[3][];
        ElementLoops[] loops = {new VectorElementLoops(), new VectorElementLoops(), new ScalarElementLoops()};
        for (int run = 0; run < results.length; run++) {
            Matrix target = TestMatrix.random(axis == 0 ? 1 : a.rows(), axis == 0 ? a.cols() : 1, run == 1, 8);
            try (CpuThreads threads = new CpuThreads(run == 0 ? 1 : 2)) {
                new CpuReductions(threads, loops[run], Set.of()).aggregate(aggregation, a, axis, target);
            }
            results[run] = elements(target);
        }
        assertThat(results[1]).as("2 threads").isEqualTo(results[0]);
        assertThat(results[2]).as("without vectors").isEqualTo(results[0]);
        return results[0];
    }

    private static float combine(Aggregation aggregation, float a, float b) {
        return switch (aggregation) {
            case SUM -> a + b;
            case MAX -> a > b ? a : b;
            case MIN -> a > b ? b : a;
        };
    }

    private static float base(Aggregation aggregation) {
        return aggregation == Aggregation.SUM ? 0 : aggregation == Aggregation.MAX ? -2e38f : 2e38f;
    }

    /** Literal: which kernel, its cells, its rounds. */
    private static float rowOracle(Aggregation aggregation, float[] e, int height) {
        if (e.length == 1) {
            return e[0];
        }
        if (height >= 16_384) {
            int slots = e.length <= 4 ? 4 : e.length <= 8 ? 8 : e.length <= 12 ? 12 : e.length <= 16 ? 16 : 32;
            float[] cells = strided(aggregation, e, slots);
            float result = base(aggregation);
            for (float cell : cells) {
                result = combine(aggregation, result, cell);
            }
            return result;
        }
        if (e.length >= 512) {
            float[] warps = new float[8];
            float[] threads = strided(aggregation, e, 256);
            for (int warp = 0; warp < 8; warp++) {
                warps[warp] = pairs(aggregation, Arrays.copyOfRange(threads, 32 * warp, 32 * warp + 32));
            }
            return pairs(aggregation, warps);
        }
        int block = e.length <= 64 ? 32 : e.length <= 128 ? 64 : e.length <= 256 ? 128 : 256;
        return halves(aggregation, e, 2 * block);
    }

    private static float[] strided(Aggregation aggregation, float[] e, int count) {
        float[] cells = new float[count];
        Arrays.fill(cells, base(aggregation));
        for (int i = 0; i < e.length; i++) {
            cells[i % count] = combine(aggregation, cells[i % count], e[i]);
        }
        return cells;
    }

    private static float pairs(Aggregation aggregation, float[] e) {
        if (e.length == 1) {
            return e[0];
        }
        int half = e.length / 2;
        return combine(aggregation, pairs(aggregation, Arrays.copyOf(e, half)), pairs(aggregation, Arrays.copyOfRange(e, half, e.length)));
    }

    private static float halves(Aggregation aggregation, float[] e, int slots) {
        float[] cells = Arrays.copyOf(e, slots);
        Arrays.fill(cells, e.length, slots, base(aggregation));
        while (cells.length > 1) {
            float[] next = new float[cells.length / 2];
            for (int i = 0; i < next.length; i++) {
                next[i] = combine(aggregation, cells[i], cells[i + next.length]);
            }
            cells = next;
        }
        return cells[0];
    }

    private static int totalThreads(int n) {
        int rounds = (int) Math.max(1, Math.round(Math.ceil(Math.log(n) / Math.log(2) - 1e-9)));
        return (n + rounds - 1) / rounds;
    }

    private static float[] blocks(Aggregation aggregation, float[] threads) {
        float[] blocks = new float[(threads.length + 511) / 512];
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = halves(aggregation, Arrays.copyOfRange(threads, 512 * block, Math.min(threads.length, 512 * block + 512)), 512);
        }
        return blocks;
    }

    private static float totalOracle(Aggregation aggregation, float[] e) {
        float[] values = e;
        while (values.length > 4096) {
            values = blocks(aggregation, strided(aggregation, values, totalThreads(values.length)));
        }
        if (values.length == 1) {
            return values[0];
        }
        float result = aggregation == Aggregation.SUM ? 0 : aggregation == Aggregation.MAX ? -Float.MAX_VALUE : Float.MAX_VALUE;
        for (float value : values) {
            result = combine(aggregation, value, result);
        }
        return result;
    }
}
