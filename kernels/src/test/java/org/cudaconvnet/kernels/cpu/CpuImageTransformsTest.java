package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.PortableMath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Image transforms against loops written literally from spec: kernels-pool-norm.md sections 11 to 14. */
class CpuImageTransformsTest {
    private static final int CHANNELS = 3;

    private final Backend backend = new CpuBackend("cpu:0", 2, Set.of());

    @AfterEach
    void close() {
        backend.close();
    }

    @ParameterizedTest
    @CsvSource({"7, 0, 3, 1, 0, 1", "8, 1, 2, 33, 0.5, 2", "5, 0, 4, 32, 0, -0.3", "12, 1, 3, 5, 1, 1"})
    void nailsAreSampledAndTheirGradientsReturned(int imgSize, int startX, int strideX, int numImages, float scaleTargets, float scaleOutput) {
        int outputsX = (imgSize + strideX - 1) / strideX;
        HostImages images = HostImages.random(1, CHANNELS, imgSize, numImages);
        HostImages nails = HostImages.random(2, CHANNELS, outputsX, numImages);

        Matrix target = nails.upload(backend);
        backend.imageTransforms().bedOfNails(images.upload(backend), target, CHANNELS, imgSize, startX, strideX, scaleTargets, scaleOutput);
        nails.map((channel, y, x, n) -> {
            float v = scaleOutput * images.at(channel, startX + y * strideX, startX + x * strideX, n);
            return scaleTargets == 0 ? v : Math.fma(nails.at(channel, y, x, n), scaleTargets, v);
        }).assertEquals(backend, target);

        Matrix undone = images.upload(backend);
        backend.imageTransforms().bedOfNailsUndo(nails.upload(backend), undone, CHANNELS, imgSize, startX, strideX, scaleTargets, scaleOutput);
        images.map((channel, y, x, n) -> {
            float old = images.at(channel, y, x, n);
            boolean nail = y >= startX && x >= startX && (y - startX) % strideX == 0 && (x - startX) % strideX == 0;
            if (!nail) {
                return scaleTargets == 0 ? 0f : old;
            }
            float v = scaleOutput * nails.at(channel, (y - startX) / strideX, (x - startX) / strideX, n);
            return scaleTargets == 0 ? v : Math.fma(old, scaleTargets, v);
        }).assertEquals(backend, undone);
    }

    @ParameterizedTest
    @CsvSource({"5, 3, 1.6666666, 1", "12, 8, 1.5, 33", "7, 12, 0.55, 32", "2, 5, 0.4, 5", "9, 9, 1, 128"})
    void resizingInterpolatesBetweenFourPixels(int imgSize, int tgtSize, float scale, int numImages) {
        HostImages images = HostImages.random(1, CHANNELS, imgSize, numImages);
        HostImages expected = HostImages.of(CHANNELS, tgtSize, numImages, (channel, y, x, n) -> {
            float sourceY = source(y, imgSize, tgtSize, scale);
            float sourceX = source(x, imgSize, tgtSize, scale);
            int i = (int) Math.floor(sourceY);
            int j = (int) Math.floor(sourceX);
            float u = (float) Math.floor(sourceX + 1) - sourceX;
            float w = sourceY - i;
            float v1 = images.at(channel, i, j + 1, n);
            float v3 = images.at(channel, i + 1, j + 1, n);
            float c0 = Math.fma(u, images.at(channel, i, j, n) - v1, v1);
            float c1 = Math.fma(u, images.at(channel, i + 1, j, n) - v3, v3);
            return Math.fma(w, c1 - c0, c0);
        });
        Matrix target = HostImages.zeros(CHANNELS, tgtSize, numImages).upload(backend);
        backend.imageTransforms().resizeBilinear(images.uploadStrided(backend), target, imgSize, tgtSize, scale);
        expected.assertEquals(backend, target);
    }

    private static float source(int t, int imgSize, int tgtSize, float scale) {
        float centre = (float) (imgSize * 0.5 - tgtSize * 0.5 * (double) scale);
        return Math.max(0f, Math.min((float) imgSize - 1.01f, Math.fma((float) t, scale, centre)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 64, 96, 128})
    void yuvFusesFewerProductsForBatchesOfAMultipleOf64(int numImages) {
        HostImages images = HostImages.random(1, CHANNELS, 5, numImages);
        HostImages expected = images.map((plane, y, x, n) -> {
            float r = images.at(0, y, x, n);
            float g = images.at(1, y, x, n);
            float b = images.at(2, y, x, n);
            boolean several = numImages == 64 || numImages == 128;
            return switch (plane) {
                case 0 -> Math.fma(b, 0.0722f, Math.fma(r, 0.2126f, g * 0.7152f));
                case 1 -> Math.fma(b, 0.436f, several ? r * -0.09991f + g * -0.33609f : Math.fma(g, -0.33609f, r * -0.09991f));
                default -> several
                        ? r * 0.615f + g * -0.55861f + b * -0.05639f
                        : Math.fma(b, -0.05639f, Math.fma(r, 0.615f, g * -0.55861f));
            };
        });
        Matrix target = HostImages.zeros(CHANNELS, 5, numImages).upload(backend);
        backend.imageTransforms().rgbToYuv(images.uploadStrided(backend), target);
        expected.assertEquals(backend, target);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "33, false", "64, true"})
    void labCompressesThreeWeightedSums(int numImages, boolean center) {
        HostImages random = HostImages.random(1, CHANNELS, 5, numImages);
        HostImages images = random.map((plane, y, x, n) -> Math.abs(random.at(plane, y, x, n)) * (x == 0 ? 0.01f : 0.4f));
        HostImages expected = images.map((plane, y, x, n) -> {
            float r = images.at(0, y, x, n);
            float g = images.at(1, y, x, n);
            float b = images.at(2, y, x, n);
            float fx = compress(Math.fma(b, 0.2f, Math.fma(r, 0.49f, g * 0.31f)));
            float fy = compress(Math.fma(b, 0.01063f, Math.fma(r, 0.17697f, g * 0.8124f)));
            float fz = compress(Math.fma(g, 0.01f, b * 0.99f));
            return switch (plane) {
                case 0 -> Math.fma(116f, fy, -16f) - (center ? 50f : 0f);
                case 1 -> 500f * (fx - fy);
                default -> 200f * (fy - fz);
            };
        });
        Matrix target = HostImages.zeros(CHANNELS, 5, numImages).upload(backend);
        backend.imageTransforms().rgbToLab(images.uploadStrided(backend), target, center);
        expected.assertEquals(backend, target);
    }

    private static float compress(float t) {
        return t > 0.0088564517f ? PortableMath.pow(t, 0.3333f) : Math.fma(t, 7.787037f, 0.13793103f);
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 2, 0, 1", "9, 4, 0, 5, 33", "5, 5, 0, 0, 32"})
    void cropsAreCopies(int imgSize, int tgtSize, int startY, int startX, int numImages) {
        HostImages images = HostImages.special(1, CHANNELS, imgSize, numImages);
        Matrix target = HostImages.zeros(CHANNELS, tgtSize, numImages).upload(backend);
        backend.imageTransforms().crop(images.uploadStrided(backend), target, imgSize, tgtSize, startY, startX);
        HostImages.of(CHANNELS, tgtSize, numImages, (channel, y, x, n) -> images.at(channel, y + startY, x + startX, n))
                .assertEquals(backend, target);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "4, 33, 0", "5, 3, 1"})
    void reflectionsAreCopiesOrAdded(int imgSize, int numImages, float scaleTargets) {
        HostImages images = HostImages.random(1, CHANNELS, imgSize, numImages);
        HostImages old = HostImages.random(2, CHANNELS, imgSize, numImages);
        Matrix target = old.upload(backend);
        backend.imageTransforms().reflectHorizontal(images.uploadStrided(backend), target, imgSize, scaleTargets);
        images.map((channel, y, x, n) -> images.at(channel, y, imgSize - 1 - x, n) + scaleTargets * old.at(channel, y, x, n))
                .assertEquals(backend, target);
    }

    @Test
    void wrongArgumentsAreNamedWithWhatWasExpected() {
        Matrix images = backend.allocate(3 * 25, 2, false);
        Matrix target = backend.allocate(3 * 9, 2, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backend.imageTransforms().crop(images, target, 5, 3, 3, 0))
                .withMessage("startY = 3: expected 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backend.imageTransforms().bedOfNails(images, target, 3, 5, 1, 2, 0, 1))
                .withMessage("startX = 1: expected 0 to 0, so that all nails are inside");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backend.imageTransforms().resizeBilinear(images, images, 5, 3, 1.6f))
                .withMessage("target: 75 x 2 row-major: expected 27 x 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backend.imageTransforms().crop(images, target, 6, 3, 0, 0))
                .withMessage("images: 75 x 2 row-major: expected rows in a multiple of 6^2 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backend.imageTransforms().rgbToYuv(images, target))
                .withMessage("target: 27 x 2 row-major: expected 75 x 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backend.imageTransforms().rgbToYuv(backend.allocate(4, 2, false), target))
                .withMessage("images: 4 x 2 row-major: expected three planes of rows, row-major");
    }
}
