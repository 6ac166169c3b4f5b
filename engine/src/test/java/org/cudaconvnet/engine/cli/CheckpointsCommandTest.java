package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.sections;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cudaconvnet.engine.train.CheckpointFile;
import org.cudaconvnet.engine.train.original.OriginalCheckpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The command checkpoints")
class CheckpointsCommandTest {
    @TempDir
    Path folder;
    private Path run;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void trainANet() throws IOException {
        Files.writeString(folder.resolve("net.cfg"), DATA + classifier("data", 10, "0.05"));
        Files.writeString(folder.resolve("params.cfg"), sections("epsW=0.01\nepsB=0.01\nmomW=0.9\nmomB=0.9\nwc=0\n", "out") + cost("logprob", 1));
        assertThat(execute("train", "--layer-def=" + folder.resolve("net.cfg"), "--layer-params=" + folder.resolve("params.cfg"),
                "--data-provider=dummy-cn-12", "--threads=1", "--data-path=" + folder, "--train-range=1", "--test-range=1",
                "--save-path=" + folder.resolve("runs"), "--test-freq=1", "--epochs=2")).as(err.toString()).isZero();
        try (var runs = Files.list(folder.resolve("runs"))) {
            run = runs.findFirst().orElseThrow();
        }
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        return Convnet.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private int convert(Path from, Path to, String... more) {
        String[] arguments = Arrays.copyOf(new String[] {"checkpoints", "convert", from.toString(), to.toString()}, 4 + more.length);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "2012"})
    void convertsThereAndBackWithoutChangingABitOfTheMatrices(String format) throws IOException {
        Path there = Files.createDirectories(folder.resolve("there"));
        assertThat(convert(run, there, "--format=" + format, "--zip")).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualTo(there.resolve("2.1") + ": 5 layers, epoch 2, batch 1, format " + format + System.lineSeparator());
        assertThat(OriginalCheckpoint.read(there.resolve("2.1")).generation()).hasToString(format);
        Path back = folder.resolve("back.npz");
        assertThat(convert(there, back, "--format=npz")).isZero();
        assertThat(CheckpointFile.matrices(back)).isEqualTo(CheckpointFile.matrices(run.resolve("2.1"))).isNotEmpty();

        assertThat(execute("test", "-f", run.toString())).isZero();
        String expected = out.toString();
        assertThat(execute("test", "-f", there.toString())).as(err.toString()).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("batch "))).isNotEmpty()
                .containsExactlyElementsOf(expected.lines().filter(line -> line.startsWith("batch ")).toList());
    }

    @Test
    void showsACheckpointOfEitherFormat() throws IOException {
        assertThat(execute("checkpoints", "show", run.toString())).isZero();
        assertThat(out.toString()).contains("2.1: format npz, epoch 2, batch 1, 2 training batches, 2 tests").contains("Total parameters: 130")
                .containsPattern("(?m)^Number of epochs +: 2$").containsPattern("(?m)^test: logprob:  .*\\(512 cases\\)$");
        Path original = folder.resolve("2.1");
        Path json = folder.resolve("checkpoint.json");
        assertThat(convert(run, original, "--format=2012")).isZero();
        assertThat(execute("checkpoints", "show", original.toString(), "--json=" + json)).isZero();
        assertThat(out.toString()).contains("2.1: format 2012, epoch 2, batch 1, 2 training batches, 2 tests");
        assertThat(Files.readString(json)).contains("\"format\" : \"2012\"", "\"num_epochs\" : 2", "\"totalParameters\" : 130", "\"logprob\"");
    }

    @Test
    void refusesBadInputWithOneLineAndExitCode2() throws IOException {
        Path broken = Files.write(folder.resolve("broken"), new byte[] {(byte) 0x80, 2, '}', '}', 's'});
        assertThat(convert(broken, folder.resolve("to"), "--format=npz")).isEqualTo(2);
        assertThat(convert(run, folder.resolve("to"), "--format=hdf5")).isEqualTo(2);
        assertThat(convert(run, run.resolve("2.1"), "--format=v1")).isEqualTo(2);
        assertThat(convert(folder.resolve("absent"), folder.resolve("to"), "--format=v1")).isEqualTo(2);
        assertThat(convert(run, folder.resolve("no").resolve("to"), "--format=v1")).isEqualTo(2);
        assertThat(execute("checkpoints", "show", broken.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(6).first().asString().startsWith(broken + ": not a whole Python pickle");
        assertThat(folder.resolve("to")).doesNotExist();
    }
}
