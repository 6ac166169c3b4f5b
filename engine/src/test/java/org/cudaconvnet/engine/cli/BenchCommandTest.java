package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.sections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("bench")
class BenchCommandTest {
    private static final String RATES = "epsW=0.01\nepsB=0.02\nmomW=0.9\nmomB=0.9\nwc=0.004\n";

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void measuresANetAndItsOperationsOnADevice(String device) throws IOException {
        Path json = folder.resolve("bench.json");
        assertThat(benchTinyNet("--device=" + device, "--json=" + json)).isZero();
        boolean cpu = device.equals("cpu:0");
        assertThat(out.toString()).contains(device + ": ", "images/s trained", "product for weights", cpu ? "% " : " - ");
        JsonNode figures = new JsonMapper().readTree(json.toFile());
        assertThat(figures.get("device").asText()).isEqualTo(device);
        assertThat(figures.get("peakGigaflops").asDouble() > 0).isEqualTo(cpu);
        JsonNode net = figures.at("/nets/0");
        assertThat(net.get("imagesPerSecond").asDouble()).isPositive();
        assertThat(net.at("/millisecondsPerMinibatch/out/FORWARD").asDouble()).isPositive();
        assertThat(net.get("operations")).as("the gradient of data is not needed").hasSize(2);
        assertThat(net.at("/operations/0/layers/0").asText()).isEqualTo("out");
    }

    @Test
    void measuresOnlyThePartThatIsAskedFor() throws IOException {
        assertThat(benchTinyNet("--part=operations")).isZero();
        assertThat(out.toString()).contains("product for weights").doesNotContain("images/s");
        out.getBuffer().setLength(0);
        assertThat(benchTinyNet("--part=net")).isZero();
        assertThat(out.toString()).contains("images/s").doesNotContain("product for weights");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN"})
    void refusesTimesThatAreNone(String seconds) throws IOException {
        assertThat(benchTinyNet("--seconds=" + seconds)).isEqualTo(2);
        assertThat(err.toString()).contains("--seconds=").contains("expected a number greater than 0");
    }

    @Test
    void aNetThatDoesNotExistIsRefusedBeforeAnythingIsMeasured() {
        assertThat(bench("no-such-net")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void measuresTheEmulator() throws IOException {
        Path json = folder.resolve("emulator.json");
        assertThat(bench("emulator", "--mini=2", "--repetitions=1", "--threads=1", "--json=" + json)).isZero();
        assertThat(out.toString()).contains("PTX emulator, 1 threads, mini-batch of 2", "80sec conv2      filterActs     filterActs_f",
                "matrixProduct  kMatrixProduct_128x64_nn").hasLineCount(12);
        JsonNode product = new JsonMapper().readTree(json.toFile()).get(9);
        assertThat(product.at("/launches/0/kernel").asText()).startsWith("kMatrixProduct_");
        assertThat(product.get("gigaPerCore").asDouble()).isPositive();
        assertThat(product.get("speedup").asDouble()).isEqualTo(1);
    }

    @Test
    void theEmulatorNeedsImagesAndRepetitions() {
        assertThat(bench("emulator", "--mini=0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--mini=0, expected at least 1").hasLineCount(1);
    }

    @Test
    void aDeviceThatDoesNotExistIsNamed() {
        assertThat(bench("--device=quantum:0")).isEqualTo(3);
        assertThat(err.toString()).contains("quantum:0");
    }

    private int benchTinyNet(String... options) throws IOException {
        Files.writeString(folder.resolve("net.cfg"), DATA + classifier("data", 10, "0.01"));
        Files.writeString(folder.resolve("params.cfg"), sections(RATES, "out") + cost("logprob", 1));
        List<String> arguments = new ArrayList<>(List.of(folder.resolve("net.cfg").toString(),
                "--layer-params=" + folder.resolve("params.cfg"), "--input=3x4x4", "--mini=4", "--seconds=0.1", "--threads=1"));
        arguments.addAll(List.of(options));
        return bench(arguments.toArray(String[]::new));
    }

    private int bench(String... arguments) {
        List<String> command = new ArrayList<>(List.of("bench"));
        command.addAll(List.of(arguments));
        return Convnet.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(command.toArray(String[]::new));
    }
}
