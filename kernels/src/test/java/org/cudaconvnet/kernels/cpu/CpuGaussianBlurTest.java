package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blur against a walk along each line with running accumulators, as the 2012 kernel does it. */
class CpuGaussianBlurTest {
    private static final int CHANNELS = 3;

    record Case(int radius, int size, int numImages, boolean horiz, float scaleTargets, float scaleOutputs, int threads) {
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        int[] numImages = {1, 5, 32, 33, 128};
        for (int radius = 1; radius <= 4; radius++) {
            for (int size = 2 * radius + 1; size < 2 * radius + 8; size++) {
                boolean plain = size % 2 == 0;
                cases.add(new Case(radius, size, numImages[(size + radius) % 5], size % 3 == 0, plain ? 0 : 0.7f, plain ? 1 : -0.3f, 1 + size % 2));
            }
        }
        return cases;
    }

    private static float[] filter(int radius) {
        float[] filter = new float[2 * radius + 1];
        for (int i = 0; i <= radius; i++) {
            filter[i] = 1f / (3 + radius - i);
            filter[2 * radius - i] = filter[i];
        }
        return filter;
    }

    private static float[] walk(float[] line, float[] taps, int radius) {
        int size = line.length;
        float[] acc = new float[size + radius];
        for (int u = 0; u < radius; u++) {
            for (int t = 0; t <= u + radius; t++) {
                acc[t] = Math.fma(line[u], taps[radius + u - t], acc[t]);
            }
        }
        int u = radius;
        for (; u + 4 <= size; u += 4) {
            for (int step = 0; step < 4; step++) {
                float pixel = line[u + step];
                int oldest = u + step - radius;
                int newest = u + step + radius;
                float shared = pixel * taps[0];
                acc[oldest] = step == 3 ? acc[oldest] + shared : Math.fma(pixel, taps[0], acc[oldest]);
                for (int t = oldest + 1; t < newest; t++) {
                    boolean secondOfPair = t == newest - 1 && step > 0;
                    acc[t] = secondOfPair
                            ? Math.fma(line[u + step - 1], taps[0], pixel * taps[1])
                            : Math.fma(pixel, taps[Math.min(t - oldest, newest - t)], acc[t]);
                }
                acc[newest] = shared;
            }
        }
        for (; u < size; u++) {
            float shared = line[u] * taps[0];
            acc[u - radius] += shared;
            for (int t = u - radius + 1; t < u + radius; t++) {
                acc[t] = Math.fma(line[u], taps[Math.min(t - u + radius, u + radius - t)], acc[t]);
            }
            acc[u + radius] = shared;
        }
        return acc;
    }

    private static HostImages blurred(Case c, HostImages images) {
        float[] taps = filter(c.radius());
        return images.map((channel, y, x, n) -> {
            float[] line = new float[c.size()];
            for (int t = 0; t < line.length; t++) {
                line[t] = c.horiz() ? images.at(channel, y, t, n) : images.at(channel, t, x, n);
            }
            return walk(line, taps, c.radius())[c.horiz() ? x : y];
        });
    }

    private static Matrix upload(float[] filter, Backend backend) {
        Matrix matrix = backend.allocate(1, filter.length, false);
        backend.upload(filter, matrix);
        return matrix;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyPixelAddsUpItsNeighboursInTheOrderOfTheWalk(Case c) {
        HostImages images = HostImages.random(1, CHANNELS, c.size(), c.numImages());
        HostImages old = HostImages.random(2, CHANNELS, c.size(), c.numImages());
        HostImages sums = blurred(c, images);
        HostImages expected = sums.map((channel, y, x, n) -> {
            float v = c.scaleOutputs() * sums.at(channel, y, x, n);
            return c.scaleTargets() == 0 ? v : Math.fma(old.at(channel, y, x, n), c.scaleTargets(), v);
        });
        try (Backend backend = new CpuBackend("cpu:0", c.threads(), Set.of())) {
            Matrix target = old.upload(backend);
            backend.imageTransforms().gaussianBlur(images.uploadStrided(backend), upload(filter(c.radius()), backend), target,
                    c.horiz(), CHANNELS, c.scaleTargets(), c.scaleOutputs());
            expected.assertEquals(backend, target);
        }
    }

    @Test
    void theTargetMayBeTheImagesThemselves() {
        Case c = new Case(2, 9, 5, false, 0, 1, 2);
        HostImages images = HostImages.random(1, CHANNELS, c.size(), c.numImages());
        try (Backend backend = new CpuBackend("cpu:0", c.threads(), Set.of())) {
            Matrix matrix = images.upload(backend);
            backend.imageTransforms().gaussianBlur(matrix, upload(filter(c.radius()), backend), matrix, c.horiz(), CHANNELS, 0, 1);
            blurred(c, images).assertEquals(backend, matrix);
        }
    }

    @Test
    void filtersOfEvenLengthOrLargerThanTheImageAreRefused() {
        try (Backend backend = new CpuBackend("cpu:0", 1, Set.of())) {
            Matrix images = backend.allocate(CHANNELS * 16, 2, false);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.imageTransforms().gaussianBlur(images, backend.allocate(1, 4, false), images, true, CHANNELS, 0, 1))
                    .withMessage("filter: 1 x 4 row-major: expected 1 x (2 * radius + 1) with radius 1 to 4");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.imageTransforms().gaussianBlur(images, backend.allocate(1, 5, false), images, true, CHANNELS, 0, 1))
                    .withMessage("imgSize = 4: expected at least 5, the size of the filter");
        }
    }
}
