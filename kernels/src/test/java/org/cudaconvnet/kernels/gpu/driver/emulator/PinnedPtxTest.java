package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.kernels.gpu.driver.GpuModule;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxFunction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxModule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The emulator knows every instruction of the PTX that lies in the repository. */
class PinnedPtxTest {
    static List<Path> modules() throws IOException, URISyntaxException {
        Path folder = Path.of(PinnedPtxTest.class.getResource("/org/cudaconvnet/kernels/ptx/manifest.json").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".ptx")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyKernelDecodes(Path file) throws IOException {
        String ptx = Files.readString(file);
        PtxModule parsed = PtxModule.parse(file.getFileName().toString(), ptx);
        try (EmulatedDriver device = EmulatedDriver.open(0, 1)) {
            GpuModule module = device.load(parsed.name(), ptx);
            List<String> kernels = parsed.functions().values().stream().filter(PtxFunction::kernel).map(PtxFunction::name).toList();
            assertThat(kernels).isNotEmpty().allSatisfy(kernel -> assertThat(module.function(kernel).name()).isEqualTo(kernel));
        }
    }
}
