package org.cudaconvnet.kernels.gpu.driver.jcuda;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cudaconvnet.kernels.DeviceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users without a GPU see; a machine with a CUDA driver skips it. */
class CudaLibraryTest {
    @BeforeEach
    void onlyWithoutADriver() throws Exception {
        Process cache = new ProcessBuilder("sh", "-c", "PATH=$PATH:/sbin:/usr/sbin ldconfig -p").start();
        String libraries = new String(cache.getInputStream().readAllBytes());
        List<String> folders = List.of(String.valueOf(System.getenv("LD_LIBRARY_PATH")).split(":"));
        boolean driver = libraries.contains("libcuda.so.1") || folders.stream().anyMatch(f -> Files.exists(Path.of(f, "libcuda.so.1")));
        assumeThat(driver).as("CUDA driver").isFalse();
    }

    @Test
    void withoutADriverOpeningADeviceSaysSoEveryTime() {
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> CudaDriver.open(0)).isInstanceOf(DeviceException.class).hasMessageStartingWith("no CUDA driver found (libcuda.so.1: ");
        }
    }

    @Test
    void withoutADriverTheNumberOfDevicesIsNotZeroButAnError() {
        assertThatThrownBy(CudaLibrary::deviceCount).isInstanceOf(DeviceException.class).hasMessageContaining("no CUDA driver");
    }
}
