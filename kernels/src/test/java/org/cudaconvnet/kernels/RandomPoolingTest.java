package org.cudaconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Random pooling keeps one pixel of every window")
class RandomPoolingTest {
    private static final int CHANNELS = 3;
    private static final int IMG_SIZE = 7;
    private static final int SUBS_X = 3;
    private static final int START_X = -1;
    private static final int STRIDE_X = 2;
    private static final int OUTPUTS_X = 4;

    private static float[] random(int length, long seed, boolean uniform) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = uniform ? 1 - random.nextFloat() : random.nextInt(8) == 0 ? 0 : random.nextFloat() * 3 - 1;
        }
        return values;
    }

    private static float expected(float[] images, int numImages, int row, int n, float u) {
        int oy = row / OUTPUTS_X % OUTPUTS_X;
        int ox = row % OUTPUTS_X;
        int channel = row / (OUTPUTS_X * OUTPUTS_X);
        float total = 0;
        float max = Float.NEGATIVE_INFINITY;
        for (int pass = 0; pass < 2; pass++) {
            float sum = 0;
            for (int y = Math.max(0, START_X + oy * STRIDE_X); y < Math.min(IMG_SIZE, START_X + oy * STRIDE_X + SUBS_X); y++) {
                for (int x = Math.max(0, START_X + ox * STRIDE_X); x < Math.min(IMG_SIZE, START_X + ox * STRIDE_X + SUBS_X); x++) {
                    float v = images[((channel * IMG_SIZE + y) * IMG_SIZE + x) * numImages + n];
                    max = Math.max(max, v);
                    sum += Math.max(v, 0);
                    if (pass == 1 && v > 0 && sum >= u * total) {
                        return v;
                    }
                }
            }
            total = sum;
        }
        return max;
    }

    @ParameterizedTest
    @CsvSource({"cpu:0,1", "cpu:0,130", "emulated:0,1", "emulated:0,130"})
    void inTheOrderOfItsDefinition(String device, int numImages) {
        float[] images = random(CHANNELS * IMG_SIZE * IMG_SIZE * numImages, 1, false);
        float[] uniforms = random(CHANNELS * OUTPUTS_X * OUTPUTS_X * numImages, 2, true);
        uniforms[0] = 1;
        float[] expected = new float[uniforms.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = expected(images, numImages, i / numImages, i % numImages, uniforms[i]);
        }
        try (Backend backend = Devices.open(device, 2, Set.of())) {
            Matrix target = backend.allocate(CHANNELS * OUTPUTS_X * OUTPUTS_X, numImages, false);
            backend.pooling().localRandomPool(upload(backend, images, numImages), upload(backend, uniforms, numImages), target, CHANNELS,
                    SUBS_X, START_X, STRIDE_X, OUTPUTS_X);
            assertThat(backend.downloadRowMajor(target)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void withAProbabilityProportionalToItsValue(String device) {
        int draws = 12000;
        float[] window = {1, 0, -3, 2, Float.NaN, 3, 0.5f, 0, 1.5f};
        float[] images = new float[window.length * draws];
        for (int i = 0; i < images.length; i++) {
            images[i] = window[i / draws];
        }
        try (Backend backend = Devices.open(device, 2, Set.of()); RandomStreams streams = backend.randomStreams(5)) {
            Matrix uniforms = backend.allocate(1, draws, false);
            streams.randomizeUniform(uniforms);
            Matrix target = backend.allocate(1, draws, false);
            backend.pooling().localRandomPool(upload(backend, images, draws), uniforms, target, 1, 3, 0, 1, 1);
            float[] kept = backend.downloadRowMajor(target);
            for (float value : new float[] {0.5f, 1, 1.5f, 2, 3}) {
                int count = 0;
                for (float found : kept) {
                    count += found == value ? 1 : 0;
                }
                assertThat(count / (double) draws).isBetween(value / 8.0 - 0.015, value / 8.0 + 0.015);
            }
            assertThat(kept).doesNotContain(0, -3, Float.NaN);
            assertThatIllegalArgumentException().isThrownBy(() -> backend.pooling().localRandomPool(upload(backend, images, draws),
                    backend.allocate(2, draws, false), target, 1, 3, 0, 1, 1)).withMessageContaining("uniforms");
        }
    }

    private static Matrix upload(Backend backend, float[] values, int numImages) {
        Matrix matrix = backend.allocate(values.length / numImages, numImages, false);
        backend.upload(values, matrix);
        return matrix;
    }
}
