package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DevicesCommandTest {
    @Test
    void listsTheProcessorTheEmulatorAndTheGpusOrWhyThereAreNone() {
        StringWriter out = new StringWriter();
        assertThat(Convnet.commandLine().setOut(new PrintWriter(out)).execute("devices")).isZero();
        assertThat(out.toString().lines()).anyMatch(line -> line.startsWith("cpu:0 "))
                .anyMatch(line -> line.startsWith("emulated:0 "))
                .anyMatch(line -> line.matches("cuda:0 .* sm_\\d+, .*CUDA \\d+\\.\\d+.*|cuda +none: no CUDA .*"));
    }
}
