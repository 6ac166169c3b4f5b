package org.cudaconvnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Python 3 with NumPy, if this machine has one: Debian's (package python3-numpy) or the first in PATH. */
public final class Python {
    private static final Path SCRIPTS = Path.of("src", "test", "resources", "python");
    private static final String COMMAND = List.of("/usr/bin/python3", "python3").stream()
            .filter(command -> run(List.of(command, "-c", "import numpy")) == null).findFirst().orElse(null);

    private Python() {
    }

    /** Runs a script of the test resources and fails with what it printed if it fails; without NumPy the test is skipped. */
    public static void execute(String script, Object... arguments) {
        assumeThat(COMMAND).as("python3 with numpy (Debian: python3-numpy)").isNotNull();
        List<String> command = new ArrayList<>(List.of(COMMAND, "-B", SCRIPTS.resolve(script).toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        assertThat(run(command)).as("output of %s", script).isNull();
    }

    /** What a command that failed printed, null for one that did not. */
    private static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? null : output;
        } catch (IOException absent) {
            return absent.getMessage();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
