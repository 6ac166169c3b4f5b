package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.fc;
import static org.cudaconvnet.engine.NetText.sections;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The commands train, test, check-grads and bench")
class RunTest {
    private static final String DEFINITION = DATA + fc("hidden", "data", 8, "initW=0.05\nneuron=tanh[1,1]")
            + classifier("hidden", 10, "0.05");
    private static final String RATES = "epsW=0.01\nepsB=0.01\nmomW=0.9\nmomB=0.9\nwc=0\n";
    private static final String PARAMS = sections(RATES, "hidden", "out") + cost("logprob", 1);

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.writeString(folder.resolve("net.cfg"), DEFINITION);
        Files.writeString(folder.resolve("params.cfg"), PARAMS);
    }

    private int execute(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--layer-def=" + folder.resolve("net.cfg"),
                "--layer-params=" + folder.resolve("params.cfg"), "--data-provider=dummy-cn-12", "--threads=1"));
        arguments.addAll(Arrays.asList(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Convnet.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private int train(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--data-path=" + folder, "--train-range=1", "--test-range=1",
                "--save-path=" + folder.resolve("runs"), "--test-freq=2", "--epochs=2"));
        arguments.addAll(Arrays.asList(more));
        return execute("train", arguments.toArray(String[]::new));
    }

    @Test
    void printInTheLayoutOfTheOriginal() throws IOException {
        assertThat(train()).as(err.toString()).isZero();
        assertThat(out.toString()).containsPattern("(?m)^1\\.1\\.\\.\\. logprob:  \\d\\.\\d{6}, \\d\\.\\d{6} \\(\\d+\\.\\d{3} sec\\)$")
                .containsPattern("(?m)^=+Test output=+$").containsPattern("(?m)^Layer 'hidden' weights\\[0\\]: \\d\\.\\d{6}e-\\d\\d \\[.*\\]$")
                .containsPattern("(?m)^Minibatch size +: 128 \\[DEFAULT\\]$").containsPattern("(?m)^Number of epochs +: 2$");

        Path run;
        try (var runs = Files.list(folder.resolve("runs"))) {
            run = runs.findFirst().orElseThrow();
        }
        assertThat(run.getFileName().toString()).matches("ConvNet__\\d{4}-\\d\\d-\\d\\d_\\d\\d\\.\\d\\d\\.\\d\\d");
        assertThat(run("test", "-f", run.toString())).isZero();
        assertThat(out.toString()).containsPattern("(?m)^batch 1: \\(\\{'logprob': \\[\\d+\\.\\d+, \\d+\\.0\\]\\}, 512\\)$");
    }

    @Test
    void checkGradientsAndFailWithExitCode1WhereTheStepIsTooLarge() {
        assertThat(execute("check-grads", "--mini=16", "--step=0.01")).as(out.toString()).isZero();
        assertThat(out.toString()).contains("0 of 4 matrices failed");
        assertThat(execute("check-grads", "--mini=16", "--step=5")).isEqualTo(1);
        assertThat(out.toString()).contains("FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.1", "NaN", "Infinity"})
    void refuseStepsOfTheGradientCheckThatAreNone(String step) {
        assertThat(execute("check-grads", "--mini=16", "--step=" + step)).isEqualTo(2);
        assertThat(err.toString()).startsWith("--step=").endsWith(", expected a number greater than 0" + System.lineSeparator());
    }

    @Test
    void refuseAMultiviewTestOfACostThatIsNotThereBeforeTheyTrain() {
        assertThat(train("--multiview-test=1", "--logreg-name=hidden")).isEqualTo(2);
        assertThat(err.toString()).contains("--logreg-name=hidden: the net has no cost.logreg layer of that name");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void endWithExitCode1WhenACostIsNotFinite() throws IOException {
        Files.writeString(folder.resolve("params.cfg"), PARAMS.replace("epsW=0.01", "epsW=1e37"));
        assertThat(train()).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void endWithExitCode2AndOneLineOnBadInput() throws IOException {
        assertThat(train("--device=cpu:0", "--save-path=" + folder.resolve("net.cfg").resolve("below"))).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("net.cfg");
        assertThat(run("train", "-f", folder.resolve("params.cfg").toString())).isEqualTo(2);
        Files.writeString(folder.resolve("params.cfg"), PARAMS.replace("[out]", "[other]"));
        assertThat(train()).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(3).last().asString().contains("[out]");
    }

    @Test
    void endWithExitCode3WithoutTheDevice() {
        assertThat(train("--device=cuda:7")).isEqualTo(3);
        assertThat(err.toString()).contains("cuda:7");
        assertThat(train("--device=gpu")).as("no name of a device").isEqualTo(2);
    }

    @Test
    void measureANet() throws IOException {
        assertThat(run("bench", folder.resolve("net.cfg").toString(), "--layer-params=" + folder.resolve("params.cfg"), "--input=3x2x2",
                "--mini=4", "--seconds=0.1", "--json=" + folder.resolve("bench.json"))).isZero();
        assertThat(out.toString()).contains("images/s trained").contains("hidden_neuron");
        assertThat(Files.readString(folder.resolve("bench.json"))).contains("\"imagesPerSecond\"");
        assertThat(run("bench", "no-such-net")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench cifar-80sec --mini=0", "bench cifar-80sec --threads=0", "bench --mini=0", "bench conv --mini=0", "bench conv --repetitions=0"})
    void refuseNumbersThatAreTooSmall(String command) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().endsWith("=0, expected at least 1");
    }
}
