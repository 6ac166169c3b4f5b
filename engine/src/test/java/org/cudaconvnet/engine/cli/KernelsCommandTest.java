package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KernelsCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void buildWithoutACompilerIsBadInput() {
        assertThat(execute("kernels", "build", "--check", "--repository=..", "--clang=no-such-clang")).isEqualTo(2);
        assertThat(err.toString()).startsWith("no-such-clang: cannot be run").hasLineCount(1);
    }

    @Test
    void buildOfAFolderWithoutSourcesIsBadInput(@TempDir Path folder) {
        assertThat(execute("kernels", "build", "--repository=" + folder)).isEqualTo(2);
        assertThat(err.toString()).startsWith(folder.toString()).contains("no CUDA sources").hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Convnet.commandLine();
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
