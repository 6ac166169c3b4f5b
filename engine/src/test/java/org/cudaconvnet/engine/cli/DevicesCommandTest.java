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
                .anyMatch(line -> line.matches("cuda:0 .* sm_\\d+, .*CUDA \\d+\\.\\d+.*|cuda +none: .+"));
    }

    @Test
    void triesCopiesBetweenDevicesInBothDirectionsDirectAndStaged() {
        StringWriter out = new StringWriter();
        assertThat(Convnet.commandLine().setOut(new PrintWriter(out)).execute("devices", "--canary=cpu:0,cpu:1,emulated:0")).isZero();
        assertThat(out.toString().lines()).containsExactlyInAnyOrder(
                "cpu:0 to cpu:1, staged: 30 copies arrived as sent", "cpu:0 to cpu:1, direct: 30 copies arrived as sent",
                "cpu:1 to cpu:0, staged: 30 copies arrived as sent", "cpu:1 to cpu:0, direct: 30 copies arrived as sent",
                "cpu:0 to emulated:0, staged: 30 copies arrived as sent", "cpu:1 to emulated:0, staged: 30 copies arrived as sent",
                "emulated:0 to cpu:0, staged: 30 copies arrived as sent", "emulated:0 to cpu:1, staged: 30 copies arrived as sent");
    }

    @Test
    void refusesToTryCopiesOfASingleDevice() {
        StringWriter problem = new StringWriter();
        assertThat(Convnet.commandLine().setErr(new PrintWriter(problem)).execute("devices", "--canary=cpu:0")).isEqualTo(2);
        assertThat(problem.toString()).contains("--canary=cpu:0: found one device, expected at least two");
    }
}
