package org.cudaconvnet.kernels.cpu;

import java.util.Set;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TICA against loops written literally from spec: kernels-pool-norm.md section 9. */
class CpuTicaTest {
    private static final int FILTERS = 3;
    private static final int SIZE = 5;

    private interface Term {
        float add(float acc, float value);
    }

    /** Over the window of sizeX pixels that begins at {@code start} from each pixel. */
    private static HostImages fold(HostImages images, int start, int sizeX, Term term) {
        return images.map((channel, y, x, n) -> {
            float acc = 0f;
            for (int yy = Math.max(0, y + start); yy < Math.min(SIZE, y + start + sizeX); yy++) {
                for (int xx = Math.max(0, x + start); xx < Math.min(SIZE, x + start + sizeX); xx++) {
                    acc = term.add(acc, images.at(channel, yy, xx, n));
                }
            }
            return acc;
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 1", "2, 33, 0, -0.5", "3, 5, 1, 1", "5, 32, 0.7, 0.3"})
    void ticaIsTheReciprocalOfTheLengthOfTheWindow(int sizeX, int numImages, float scaleTarget, float scaleOutput) {
        HostImages images = HostImages.random(1, FILTERS, SIZE, numImages);
        HostImages old = HostImages.random(2, FILTERS, SIZE, numImages);
        HostImages squares = fold(images, -(sizeX / 2), sizeX, (acc, v) -> Math.fma(v, v, acc));
        HostImages expected = images.map((channel, y, x, n) -> {
            float length = (float) Math.sqrt(squares.at(channel, y, x, n));
            float v = scaleOutput * (1f / (float) ((double) length + 0.001));
            return scaleTarget == 0 ? v : Math.fma(old.at(channel, y, x, n), scaleTarget, v);
        });
        try (Backend backend = new CpuBackend("cpu:0", 2, Set.of())) {
            Matrix target = old.upload(backend);
            backend.normalization().tica(images.upload(backend), target, FILTERS, sizeX, scaleTarget, scaleOutput);
            expected.assertEquals(backend, target);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 1, false", "2, 33, 0, -0.5, true", "3, 5, 1, 1, false", "4, 3, 0, 1, false", "4, 3, 1, 1, true", "5, 32, 0.7, 0.3, true"})
    void theGradientTakesTheForwardWindowAndItsAddingFormASquareRootOnlyWithTheDefects(int sizeX, int numImages, float scaleTarget, float scaleOutput,
            boolean defects) {
        HostImages images = HostImages.random(1, FILTERS, SIZE, numImages);
        HostImages ticas = images.map((channel, y, x, n) -> Math.abs(images.at(channel, y, x, n)));
        HostImages old = HostImages.random(2, FILTERS, SIZE, numImages);
        HostImages sums = fold(ticas, defects ? -(sizeX / 2) : sizeX / 2 - sizeX + 1, sizeX, Float::sum);
        HostImages expected = images.map((channel, y, x, n) -> {
            float scaledImage = images.at(channel, y, x, n) * scaleOutput;
            float sum = sums.at(channel, y, x, n);
            if (scaleTarget == 0) {
                return -(scaledImage * sum);
            }
            return scaleTarget * old.at(channel, y, x, n) - scaledImage * (defects ? (float) Math.sqrt(sum) : sum);
        });
        Set<Defect> reproduced = defects ? Set.of(Defect.TICA_GRADIENT_ADDS_SQRT, Defect.TICA_GRADIENT_KEEPS_WINDOW) : Set.of();
        try (Backend backend = new CpuBackend("cpu:0", 2, reproduced)) {
            Matrix target = old.upload(backend);
            backend.normalization().ticaGrad(images.upload(backend), ticas.upload(backend), target, FILTERS, sizeX, scaleTarget, scaleOutput);
            expected.assertEquals(backend, target);
        }
    }
}
