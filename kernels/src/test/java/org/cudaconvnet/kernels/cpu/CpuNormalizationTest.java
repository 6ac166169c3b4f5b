package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.PortableMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Normalisation against loops written literally from spec: kernels-pool-norm.md sections 4 to 8 and 15. */
class CpuNormalizationTest {
    private static final float ADD_SCALE = 0.3f;
    private static final float POW_SCALE = 0.75f;
    private static final float MIN_DIV = 2f;

    enum Kind { SAME_MAP, CROSS_MAP, CROSS_MAP_BLOCKED }

    record Case(Kind kind, int filters, int imgSize, int numImages, int size, int threads) {
        Backend backend(Defect... defects) {
            return new CpuBackend("cpu:0", threads, Set.of(defects));
        }

        /** Whether element (f, y, x) lies in the window of element (wf, wy, wx). */
        boolean contains(int wf, int wy, int wx, int f, int y, int x) {
            return switch (kind) {
                case SAME_MAP -> wf == f && in(wy, y) && in(wx, x);
                case CROSS_MAP -> wy == y && wx == x && in(wf, f);
                case CROSS_MAP_BLOCKED -> wy == y && wx == x && wf / size == f / size;
            };
        }

        private boolean in(int centre, int t) {
            return centre - size / 2 <= t && t < centre - size / 2 + size;
        }

        void norm(Backend backend, Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target) {
            if (kind == Kind.SAME_MAP) {
                backend.normalization().contrastNorm(images, meanDiffs, denoms, target, filters, size, ADD_SCALE, POW_SCALE, MIN_DIV);
            } else {
                backend.normalization().contrastNormCrossMap(images, meanDiffs, denoms, target, filters, size, ADD_SCALE, POW_SCALE,
                        MIN_DIV, kind == Kind.CROSS_MAP_BLOCKED);
            }
        }

        void undo(Backend backend, Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, float[] scales) {
            if (kind == Kind.SAME_MAP) {
                backend.normalization().contrastNormUndo(outGrads, denoms, inputs, acts, target, filters, size, ADD_SCALE, POW_SCALE,
                        scales[0], scales[1]);
            } else {
                backend.normalization().contrastNormCrossMapUndo(outGrads, denoms, inputs, acts, target, filters, size, ADD_SCALE,
                        POW_SCALE, kind == Kind.CROSS_MAP_BLOCKED, scales[0], scales[1]);
            }
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int numImages : new int[] {1, 5, 32, 33, 128}) {
            int threads = 1 + numImages % 2;
            for (int size : new int[] {1, 2, 3, 6, 9}) {
                cases.add(new Case(Kind.SAME_MAP, size == 9 ? 3 : 4, 5, numImages, size, threads));
            }
            for (int size : new int[] {1, 2, 5, 8}) {
                cases.add(new Case(Kind.CROSS_MAP, 8, 3, numImages, size, threads));
                cases.add(new Case(Kind.CROSS_MAP_BLOCKED, 8, 3, numImages, size, threads));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void denomsAreTheBracketAndTheTargetItsPowerTimesTheImages(Case c) {
        HostImages images = random(c, 1);
        HostImages meanDiffs = random(c, 2);
        HostImages expectedDenoms = expectedDenoms(c, meanDiffs);
        HostImages expectedTarget = images.map((f, y, x, n) ->
                images.at(f, y, x, n) * PortableMath.pow(expectedDenoms.at(f, y, x, n), -POW_SCALE));
        try (Backend backend = c.backend()) {
            Matrix denoms = random(c, 3).upload(backend);
            Matrix target = random(c, 3).upload(backend);
            c.norm(backend, images.upload(backend), meanDiffs.upload(backend), denoms, target);
            expectedDenoms.assertEquals(backend, denoms);
            expectedTarget.assertEquals(backend, target);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsOverwriteTheActsAndAddUpTheWindowsThatContainThePixel(Case c) {
        HostImages acts = random(c, 2);
        HostImages denoms = denoms(c);
        HostImages prelims = prelims(c, acts, denoms);
        HostImages gradient = gradient(c, prelims, denoms);
        for (float[] scales : new float[][] {{0, 1}, {1, 1}, {0, 0.5f}, {0.7f, -0.3f}}) {
            HostImages old = random(c, 5);
            HostImages expected = scaled(gradient, old, scales[0] != 0 || scales[1] != 1, scales);
            try (Backend backend = c.backend()) {
                Matrix uploadedActs = acts.upload(backend);
                Matrix target = old.upload(backend);
                c.undo(backend, random(c, 1).upload(backend), denoms.upload(backend), random(c, 4).upload(backend), uploadedActs, target, scales);
                expected.assertEquals(backend, target);
                prelims.assertEquals(backend, uploadedActs);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theDefectInvertsTheAddFlagOfLargeWindowsWithinMapsInMultiplesOf4(Case c) {
        boolean inverted = c.kind() == Kind.SAME_MAP && c.size() >= 6 && c.filters() % 4 == 0;
        HostImages denoms = denoms(c);
        HostImages gradient = gradient(c, prelims(c, random(c, 2), denoms), denoms);
        for (float[] scales : new float[][] {{0, 1}, {1, 1}}) {
            boolean adds = scales[0] != 0 != inverted;
            HostImages old = HostImages.special(5, c.filters(), c.imgSize(), c.numImages());
            try (Backend backend = c.backend(Defect.LARGE_NORM_UNDO_INVERTS_ADD)) {
                Matrix target = old.upload(backend);
                c.undo(backend, random(c, 1).upload(backend), denoms.upload(backend), random(c, 4).upload(backend),
                        random(c, 2).upload(backend), target, scales);
                scaled(gradient, old, adds, scales).assertEquals(backend, target);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTargetOfTheGradientMayBeTheGradientOfTheOutput(Case c) {
        HostImages denoms = denoms(c);
        HostImages expected = gradient(c, prelims(c, random(c, 2), denoms), denoms);
        try (Backend backend = c.backend()) {
            Matrix outGrads = random(c, 1).upload(backend);
            c.undo(backend, outGrads, denoms.upload(backend), random(c, 4).upload(backend), random(c, 2).upload(backend), outGrads,
                    new float[] {0, 1});
            expected.assertEquals(backend, outGrads);
        }
    }

    private static HostImages random(Case c, long seed) {
        return HostImages.random(seed, c.filters(), c.imgSize(), c.numImages());
    }

    private static HostImages denoms(Case c) {
        return expectedDenoms(c, random(c, 4));
    }

    private static HostImages expectedDenoms(Case c, HostImages meanDiffs) {
        return meanDiffs.map((wf, wy, wx, n) -> {
            float acc = 0f;
            for (int f = 0; f < c.filters(); f++) {
                for (int y = 0; y < c.imgSize(); y++) {
                    for (int x = 0; x < c.imgSize(); x++) {
                        if (c.contains(wf, wy, wx, f, y, x)) {
                            acc = Math.fma(meanDiffs.at(f, y, x, n), meanDiffs.at(f, y, x, n), acc);
                        }
                    }
                }
            }
            return Math.fma(acc, ADD_SCALE, MIN_DIV);
        });
    }

    private static HostImages prelims(Case c, HostImages acts, HostImages denoms) {
        HostImages outGrads = random(c, 1);
        float k = -2 * ADD_SCALE * POW_SCALE;
        return acts.map((f, y, x, n) -> k * outGrads.at(f, y, x, n) * acts.at(f, y, x, n) / denoms.at(f, y, x, n));
    }

    /** The gradient for outGrads of seed 1 and inputs of seed 4, before it is scaled. */
    private static HostImages gradient(Case c, HostImages prelims, HostImages denoms) {
        HostImages outGrads = random(c, 1);
        HostImages inputs = random(c, 4);
        return prelims.map((f, y, x, n) -> {
            float acc = 0f;
            for (int wf = 0; wf < c.filters(); wf++) {
                for (int wy = 0; wy < c.imgSize(); wy++) {
                    for (int wx = 0; wx < c.imgSize(); wx++) {
                        if (c.contains(wf, wy, wx, f, y, x)) {
                            acc += prelims.at(wf, wy, wx, n);
                        }
                    }
                }
            }
            float direct = outGrads.at(f, y, x, n) * PortableMath.pow(denoms.at(f, y, x, n), -POW_SCALE);
            return Math.fma(inputs.at(f, y, x, n), acc, direct);
        });
    }

    private static HostImages scaled(HostImages gradient, HostImages old, boolean adds, float[] scales) {
        return adds
                ? gradient.map((f, y, x, n) -> Math.fma(old.at(f, y, x, n), scales[0], scales[1] * gradient.at(f, y, x, n)))
                : gradient;
    }

    @Test
    void localWeightsLongerThanTheNormAreScaledDownAndOthersKept() {
        int numModules = 3;
        int weightsPerFilter = 7;
        int numFilters = 33;
        float norm = 2.5f;
        HostImages weights = HostImages.random(1, numModules * weightsPerFilter, 1, numFilters);
        weights.values()[5] = Float.NaN;
        HostImages expected = weights.map((row, y, x, filter) -> {
            float squares = 0f;
            for (int p = 0; p < weightsPerFilter; p++) {
                float w = weights.at(row / weightsPerFilter * weightsPerFilter + p, 0, 0, filter);
                squares = Math.fma(w, w, squares);
            }
            float length = (float) Math.sqrt(squares);
            return (length > norm ? norm / length : 1f) * weights.at(row, y, x, filter);
        });
        try (Backend backend = new CpuBackend("cpu:0", 2, Set.of())) {
            Matrix matrix = weights.upload(backend);
            backend.normalization().normalizeLocalWeights(matrix, numModules, norm);
            expected.assertEquals(backend, matrix);
        }
    }

    @Test
    void wrongArgumentsAreNamedWithWhatWasExpected() {
        try (Backend backend = new CpuBackend("cpu:0", 1, Set.of())) {
            Matrix images = backend.allocate(4 * 9, 2, false);
            Matrix small = backend.allocate(4 * 4, 2, false);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.normalization().contrastNorm(images, images, small, images, 4, 3, 1, 1, 1))
                    .withMessage("denoms: 16 x 2 row-major: expected 36 x 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.normalization().contrastNormCrossMap(images, images, images, images, 4, 5, 1, 1, 1, false))
                    .withMessage("sizeF = 5: expected 1 to numFilters = 4");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.normalization().normalizeLocalWeights(images, 5, 1))
                    .withMessage("numModules = 5: expected a divisor of the rows of weights, 36 x 2 row-major");
        }
    }
}
