package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetsCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int convnet(String... arguments) {
        return Convnet.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void aDrawnArchiveConvertsIntoBatchFilesThatVerify() {
        String archive = folder.resolve("drawn.tar").toString();
        String batches = folder.resolve("batches").toString();
        assertThat(convnet("datasets", "draw", archive, "--train", "50", "--test", "20")).isZero();
        assertThat(convnet("datasets", "convert", archive, batches)).isZero();
        assertThat(convnet("datasets", "verify", batches)).isZero();
        assertThat(out.toString()).contains("batches [1, 2, 3, 4, 5, 6]").contains("arrow, crescent").contains("3072 values per image");
    }

    @ParameterizedTest
    @CsvSource({"--jpeg=0, '--jpeg=0, expected at least 1'", "--jpeg=-1, '--jpeg=-1, expected at least 1'",
        "--jpeg=8193, 'found 8193, expected 1 to 8192'", "--jpeg --train-batches=3, '--train-batches=3: found with --jpeg'"})
    void wrongSizesOfJpegBatchesAreBadInput(String options, String message) {
        List<String> arguments = new ArrayList<>(List.of("datasets", "convert", folder.toString(), folder.resolve("batches").toString()));
        arguments.addAll(List.of(options.split(" ")));
        assertThat(convnet(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void anAlteredPublishedArchiveIsBadInput() throws IOException {
        Path archive = Files.write(folder.resolve("cifar-10-python.tar.gz"), new byte[100]);
        assertThat(convnet("datasets", "verify", archive.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("100 bytes, expected 170498071");
    }

    @Test
    void aFileWithoutARecordedDigestIsNotCalledVerified() throws IOException {
        Path file = Files.write(folder.resolve("mine.tar"), new byte[1]);
        assertThat(convnet("datasets", "verify", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("mine.tar");
    }

    @Test
    void theListNamesDataSetsWithTheirDigests() {
        assertThat(convnet("datasets", "list")).isZero();
        assertThat(out.toString()).contains("cifar-10:").contains("MD5 c58f30108f718f92721af3b95e74349a").contains("drawn:");
    }

    @Test
    void reproduceWithoutSuchAnArchiveIsBadInput() {
        assertThat(convnet("reproduce", "cifar-80sec", "--data", folder.resolve("none.tar.gz").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none.tar.gz");
    }
}
