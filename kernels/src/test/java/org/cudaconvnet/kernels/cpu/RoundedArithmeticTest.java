package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;
import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Arithmetic of the golden data of 2012")
class RoundedArithmeticTest {
    private final ElementFunctions functions = ElementFunctions.of(Arithmetic.ROUNDED_2012);

    @ParameterizedTest
    @ValueSource(floats = {-20, -1.5f, -0x1p-10f, 0, 0.3f, 1, 7.25f, 40})
    void expErsByTheRoundedProductWithLog2E(float x) {
        double error = Math.abs(functions.exp(x) - Math.exp(x)) / Math.ulp((float) Math.exp(x));
        assertThat(error).isLessThanOrEqualTo(1 + 1.2 * Math.abs(x));
    }

    @Test
    void expDiffersFromThePortableOne() {
        assertThat(functions.exp(-5.3f)).isNotEqualTo(ElementFunctions.PORTABLE.exp(-5.3f));
    }

    @ParameterizedTest
    @CsvSource({"8, 3, 512", "0.25, -0.5, 2", "1, 7, 1", "0, 2, 0"})
    void powersOfTwoAreExact(float x, float y, float expected) {
        assertThat(functions.pow(x, y)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0.6931472", "0, -Infinity", "-1, NaN", "Infinity, Infinity"})
    void logsOfSpecialValues(float x, Float expected) {
        assertThat(functions.log(x)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"PORTABLE, 0", "ROUNDED_2012, 1"})
    void productsRoundOnceOrInEveryStep(Arithmetic arithmetic, float expected) {
        try (Backend backend = Devices.open("cpu:0", 1, Set.of(), arithmetic)) {
            Matrix a = backend.allocate(1, 3, false);
            Matrix b = backend.allocate(3, 1, true);
            Matrix target = backend.allocate(1, 1, true);
            backend.upload(new float[] {1e8f, 1, -1e8f}, a);
            backend.upload(new float[] {1, 1, 1}, b);
            backend.upload(new float[] {Float.NaN}, target);
            backend.matrixProduct().addProduct(a, b, target, 0, 1);
            float[] result = new float[1];
            backend.download(target, result);
            assertThat(result).containsExactly(expected);
            backend.matrixProduct().addProduct(a, b, target, 2, 0.5f);
            backend.download(target, result);
            assertThat(result).containsExactly(2 * expected + 0.5f * expected);
        }
    }
}
