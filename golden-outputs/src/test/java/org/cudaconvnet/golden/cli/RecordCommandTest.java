package org.cudaconvnet.golden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.engine.cli.Convnet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("golden record")
class RecordCommandTest {
    private static final Path COMMITTED = Path.of("golden-kernels");

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void givesTheCommittedArrays() throws IOException {
        Path recorded = folder.resolve("set");
        assertThat(convnet("golden", "record", "convolutions", recorded.toString(), "--repository", "..")).isZero();
        assertThat(names(recorded)).isEqualTo(names(COMMITTED));
        assertThat(recorded.resolve("index.json")).hasSameBinaryContentAs(COMMITTED.resolve("index.json"));
        for (String name : names(COMMITTED)) {
            if (name.endsWith(".npz")) {
                assertThat(Npz.read(recorded.resolve(name))).as(name).isEqualTo(Npz.read(COMMITTED.resolve(name)));
            }
        }
    }

    @Test
    void replacesNoFolder() {
        assertThat(convnet("golden", "record", "convolutions", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("exists already, expected a new folder");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void theCommittedCasesPass(String device) {
        assertThat(convnet("golden", "check", COMMITTED.toString(), "--device", device)).isZero();
        assertThat(out.toString()).contains("127 of 127 cases passed, 0 failed, 0 skipped");
    }

    private static List<String> names(Path set) throws IOException {
        try (Stream<Path> files = Files.list(set)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private int convnet(String... arguments) {
        return Convnet.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
