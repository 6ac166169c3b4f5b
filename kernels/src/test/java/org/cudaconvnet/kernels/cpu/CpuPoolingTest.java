package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Pooling.Pooler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pooling against loops written literally from spec: kernels-pool-norm.md sections 1 to 3. */
class CpuPoolingTest {
    record Case(int filters, int imgSize, int numImages, int subsX, int startX, int strideX, int outputsX, int threads) {
        Backend backend() {
            return new CpuBackend("cpu:0", threads, Set.of());
        }

        int first(int output) {
            return Math.max(0, startX + output * strideX);
        }

        int end(int output) {
            return Math.min(imgSize, startX + output * strideX + subsX);
        }

        boolean covers(int output, int pixel) {
            return first(output) <= pixel && pixel < end(output);
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        int[][] geometries = {{6, 3, 0, 2, 3}, {7, 3, 0, 2, 3}, {5, 2, -1, 2, 3}, {4, 3, -2, 1, 6}, {7, 6, -3, 1, 7}, {5, 1, 0, 1, 5},
            {6, 3, 1, 3, 1}};
        for (int[] g : geometries) {
            for (int numImages : new int[] {1, 5, 32, 33, 128}) {
                cases.add(new Case(3, g[0], numImages, g[1], g[2], g[3], g[4], 1 + numImages % 2));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyPoolerFoldsItsWindowRowsThenColumns(Case c) {
        HostImages images = HostImages.special(c.imgSize(), c.filters(), c.imgSize(), c.numImages());
        for (Pooler pooler : Pooler.values()) {
            HostImages expected = HostImages.of(c.filters(), c.outputsX(), c.numImages(), (channel, oy, ox, n) -> {
                float acc = pooler == Pooler.MAX ? Float.intBitsToFloat(0xFF167699) : 0f;
                for (int y = c.first(oy); y < c.end(oy); y++) {
                    for (int x = c.first(ox); x < c.end(ox); x++) {
                        float v = images.at(channel, y, x, n);
                        acc = switch (pooler) {
                            case MAX -> Float.isNaN(v) || v < acc || v == acc && 1 / v < 1 / acc ? acc : v;
                            case AVG -> acc + v;
                            case MAX_ABS -> Math.abs(acc) > Math.abs(v) ? acc : v;
                        };
                    }
                }
                return pooler == Pooler.AVG ? acc / ((c.end(oy) - c.first(oy)) * (c.end(ox) - c.first(ox))) : acc;
            });
            try (Backend backend = c.backend()) {
                Matrix target = HostImages.zeros(c.filters(), c.outputsX(), c.numImages()).upload(backend);
                backend.pooling().localPool(images.upload(backend), target, c.filters(), c.subsX(), c.startX(), c.strideX(), c.outputsX(), pooler);
                expected.assertEquals(backend, target);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allTiedPixelsOfAWindowReceiveTheGradientOfItsMaximum(Case c) {
        HostImages images = HostImages.special(c.imgSize(), c.filters(), c.imgSize(), c.numImages());
        HostImages grads = HostImages.special(7, c.filters(), c.outputsX(), c.numImages());
        try (Backend backend = c.backend()) {
            Matrix uploaded = images.upload(backend);
            Matrix maxActs = HostImages.zeros(c.filters(), c.outputsX(), c.numImages()).upload(backend);
            backend.pooling().localPool(uploaded, maxActs, c.filters(), c.subsX(), c.startX(), c.strideX(), c.outputsX(), Pooler.MAX);
            HostImages maxima = HostImages.zeros(c.filters(), c.outputsX(), c.numImages());
            backend.download(maxActs, maxima.values());
            HostImages gathered = images.map((channel, y, x, n) -> {
                float acc = 0f;
                for (int oy = 0; oy < c.outputsX(); oy++) {
                    for (int ox = 0; ox < c.outputsX(); ox++) {
                        if (c.covers(oy, y) && c.covers(ox, x)) {
                            boolean isMaximum = images.at(channel, y, x, n) == maxima.at(channel, oy, ox, n);
                            acc = Math.fma(grads.at(channel, oy, ox, n), isMaximum ? 1f : 0f, acc);
                        }
                    }
                }
                return acc;
            });
            checkScales(gathered, (target, scaleTargets, scaleOutput) -> backend.pooling().localMaxUndo(uploaded, grads.upload(backend),
                    maxActs, target, c.subsX(), c.startX(), c.strideX(), c.outputsX(), scaleTargets, scaleOutput), backend);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void averageGradientsAreMultipliedByTheReciprocalOfTheClippedArea(Case c) {
        HostImages grads = HostImages.random(9, c.filters(), c.outputsX(), c.numImages());
        HostImages gathered = HostImages.of(c.filters(), c.imgSize(), c.numImages(), (channel, y, x, n) -> {
            float acc = 0f;
            for (int oy = 0; oy < c.outputsX(); oy++) {
                for (int ox = 0; ox < c.outputsX(); ox++) {
                    if (c.covers(oy, y) && c.covers(ox, x)) {
                        float area = (float) (c.end(oy) - c.first(oy)) * (c.end(ox) - c.first(ox));
                        acc = Math.fma(1f / area, grads.at(channel, oy, ox, n), acc);
                    }
                }
            }
            return acc;
        });
        try (Backend backend = c.backend()) {
            checkScales(gathered, (target, scaleTargets, scaleOutput) -> backend.pooling().localAvgUndo(grads.upload(backend), target,
                    c.subsX(), c.startX(), c.strideX(), c.outputsX(), c.imgSize(), scaleTargets, scaleOutput), backend);
        }
    }

    private interface Undo {
        void run(Matrix target, float scaleTargets, float scaleOutput);
    }

    private static void checkScales(HostImages gathered, Undo undo, Backend backend) {
        HostImages old = HostImages.special(11, gathered.channels(), gathered.size(), gathered.numImages());
        for (float[] scales : new float[][] {{0, 1}, {1, 1}, {0, 0.5f}, {0.7f, -0.3f}}) {
            Matrix target = old.upload(backend);
            undo.run(target, scales[0], scales[1]);
            boolean plain = scales[0] == 0 && scales[1] == 1;
            gathered.map((channel, y, x, n) -> {
                float acc = gathered.at(channel, y, x, n);
                return plain ? acc : Math.fma(old.at(channel, y, x, n), scales[0], scales[1] * acc);
            }).assertEquals(backend, target);
        }
    }

    @Test
    void wrongArgumentsAreNamedWithWhatWasExpected() {
        try (Backend backend = new CpuBackend("cpu:0", 1, Set.of())) {
            Matrix images = backend.allocate(2 * 16, 3, false);
            Matrix target = backend.allocate(2 * 4, 3, false);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.pooling().localPool(images, images, 2, 2, 0, 2, 2, Pooler.MAX))
                    .withMessage("target: 32 x 3 row-major: expected 8 x 3");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.pooling().localPool(images, target, 4, 2, 0, 2, 2, Pooler.MAX))
                    .withMessage("images: 32 x 3 row-major, 4 channels: expected square images, found 8 pixels per channel");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.pooling().localAvgUndo(target, images, 2, 0, 3, 2, 4, 0, 1))
                    .withMessage("strideX = 3: expected at most subsX = 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.pooling().localMaxUndo(images, backend.allocate(8, 4, false), target, images, 2, 0, 2, 2, 0, 1))
                    .withMessage("images: 32 x 3 row-major: expected 32 x 4");
            Matrix strided = backend.allocate(2 * 16, 6, false).columns(0, 3);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.pooling().localPool(strided, target, 2, 2, 0, 2, 2, Pooler.MAX))
                    .withMessage("images: stride 6: expected contiguous, stride 3");
        }
    }
}
