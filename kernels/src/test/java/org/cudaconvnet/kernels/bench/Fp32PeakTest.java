package org.cudaconvnet.kernels.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The binary32 peak")
class Fp32PeakTest {
    @ParameterizedTest
    @CsvSource({"sm_50,128", "sm_52,128", "sm_60,64", "sm_61,128", "sm_70,64", "sm_75,64", "sm_80,64", "sm_86,128", "sm_89,128", "sm_90,128",
        "sm_100,128", "sm_120,128", "sm_130,0", "amd64,0"})
    void ofAGpuFollowsFromTheLanesOfItsArchitecture(String architecture, int lanes) {
        assertThat(Fp32Peak.lanes(architecture)).isEqualTo(lanes);
    }

    @Test
    void ofAnEmulatedDeviceIsUnknown() {
        try (Backend emulated = Devices.open("emulated:0", 1, Set.of())) {
            assertThat(Fp32Peak.gigaflops(emulated)).isZero();
        }
    }
}
