package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.sections;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.train.Checkpoint;
import org.cudaconvnet.engine.train.CheckpointDirectory;
import org.cudaconvnet.engine.train.CheckpointFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A run that is killed")
class KilledRunTest {
    private static final String DEFINITION = DATA + """
            [conv]
            type=conv
            inputs=data
            channels=3
            filters=16
            filterSize=3
            padding=1
            initW=0.1
            partialSum=8
            neuron=relu
            gpu=0
            """ + classifier("conv", 10, "0.01").replace("type=fc", "type=fc\ngpu=1").replace("inputs=labels", "gpu=1\ninputs=labels");
    private static final String RATES = "epsW=0.01\nepsB=0.02\nmomW=0.9\nmomB=0.9\nwc=0.004\n";

    @TempDir
    Path folder;
    private String device;

    @ParameterizedTest(name = "on {0} reaches the bits of an uninterrupted one when resumed")
    @ValueSource(strings = {"cpu:0", "cpu:0,cpu:1"})
    void reachesTheBitsOfAnUninterruptedOneWhenResumed(String devices) throws Exception {
        device = devices;
        Files.writeString(folder.resolve("net.cfg"), DEFINITION);
        Files.writeString(folder.resolve("params.cfg"), sections(RATES, "conv", "out") + cost("logprob", 1));

        Path whole = folder.resolve("whole");
        execute("--epochs=30", whole);
        Path killed = folder.resolve("killed");
        killAfterThreeTests(killed);
        Path interrupted = runDirectory(killed);
        int epoch = new CheckpointDirectory(interrupted).newestEpoch();
        assertThat(epoch).isBetween(6, 4999);

        int target = Math.max(30, epoch + 2);
        Path wholeRun = runDirectory(whole);
        resume(wholeRun, target);
        resume(interrupted, target);
        assertSameState(newest(interrupted), newest(wholeRun));
    }

    private String[] arguments(String epochs, Path runs) {
        return new String[] {"train", "--layer-def=" + folder.resolve("net.cfg"), "--layer-params=" + folder.resolve("params.cfg"),
                "--data-provider=dummy-cn-192", "--data-path=" + folder, "--train-range=1", "--test-range=1", "--save-path=" + runs,
                "--test-freq=2", "--threads=1", "--device=" + device, epochs};
    }

    private void execute(String epochs, Path runs) {
        run(arguments(epochs, runs));
    }

    private static void resume(Path directory, int epochs) {
        run("train", "-f", directory.toString(), "--epochs=" + epochs);
    }

    private static void run(String... arguments) {
        int exitCode = Convnet.commandLine().setOut(new PrintWriter(new StringWriter())).execute(arguments);
        assertThat(exitCode).isZero();
    }

    private void killAfterThreeTests(Path runs) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), Convnet.class.getName()));
        command.addAll(List.of(arguments("--epochs=5000", runs)));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader output = process.inputReader()) {
            int saved = 0;
            for (String line = output.readLine(); line != null && saved < 3; line = output.readLine()) {
                saved += line.startsWith("Saved checkpoint") ? 1 : 0;
            }
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(128 + 9);
    }

    private static Path runDirectory(Path runs) throws IOException {
        try (var directories = Files.list(runs)) {
            return directories.findFirst().orElseThrow();
        }
    }

    private static Checkpoint newest(Path directory) {
        return CheckpointFile.read(CheckpointDirectory.resolve(directory));
    }

    private static void assertSameState(Checkpoint found, Checkpoint expected) {
        assertThat(found.progress().epoch()).isEqualTo(expected.progress().epoch());
        assertThat(found.progress().random()).isEqualTo(expected.progress().random());
        for (int i = 0; i < expected.layers().size(); i++) {
            LayerDict layer = expected.layers().get(i);
            if (layer.has("weights")) {
                LayerDict other = found.layers().get(i);
                assertThat(other.matrixList("weights").get(0).values()).isEqualTo(layer.matrixList("weights").get(0).values());
                assertThat(other.matrixList("weightsInc").get(0).values()).isEqualTo(layer.matrixList("weightsInc").get(0).values());
                assertThat(other.matrix("biases").values()).isEqualTo(layer.matrix("biases").values());
                assertThat(other.matrix("biasesInc").values()).isEqualTo(layer.matrix("biasesInc").values());
            }
        }
    }
}
