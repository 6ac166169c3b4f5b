package org.cudaconvnet.kernels.gpu.driver.jcuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The version of NVIDIA's driver")
class NvidiaDriverTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "550.54.15 | 550.54.15",
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  470.256.02  Thu May  2 14:37:44 UTC 2024 | 470.256.02",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build | 580.65.06",
    })
    void isFoundInBothFormsOfTheKernelsFiles(String text, String version) throws IOException {
        Path file = Files.writeString(folder.resolve("version"), text + "\nGCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n");
        assertThat(NvidiaDriver.version(folder.resolve("missing"), file)).isEqualTo(version);
    }

    @Test
    void isUnknownWithoutThem() {
        assertThat(NvidiaDriver.version(folder.resolve("missing"))).isEqualTo("unknown");
    }
}
