package org.cudaconvnet.datasets.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A Python 3 with NumPy, if this machine has one: Debian's (package python3-numpy) or the first in PATH. */
final class Python {
    private static final String COMMAND = List.of("/usr/bin/python3", "python3").stream().filter(command -> run(command, "import numpy") == null)
            .findFirst().orElse(null);

    private Python() {
    }

    /** Runs a program and fails with what it printed if it fails; without NumPy the test is skipped. */
    static void execute(String program) {
        assumeThat(COMMAND).as("python3 with numpy (Debian: python3-numpy)").isNotNull();
        assertThat(run(COMMAND, program)).as("output of Python").isNull();
    }

    /** What a program that failed printed, null for one that did not. */
    private static String run(String command, String program) {
        try {
            Process process = new ProcessBuilder(command, "-c", program).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? null : output;
        } catch (IOException absent) {
            return absent.getMessage();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
