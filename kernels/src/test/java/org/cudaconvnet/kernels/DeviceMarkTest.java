package org.cudaconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceMarkTest {
    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void theTimeBetweenTwoMarksIsThatOfTheWorkBetweenThem(String device) {
        try (Backend backend = Devices.open(device, 1, Set.of())) {
            Matrix matrix = backend.allocate(512, 512, false);
            backend.upload(new float[512 * 512], matrix);
            long start = System.nanoTime();
            try (DeviceMark before = backend.mark()) {
                backend.matrixProduct().addProduct(matrix, matrix.transposedView(), backend.allocate(512, 512, false), 0, 1);
                try (DeviceMark after = backend.mark()) {
                    assertThat(after.millisecondsSince(before)).isPositive().isLessThanOrEqualTo((System.nanoTime() - start) * 1e-6);
                    assertThat(before.millisecondsSince(before)).isZero();
                }
            }
        }
    }
}
