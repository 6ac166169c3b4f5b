package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.Nets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InspectCommandTest {
    private final StringWriter out = new StringWriter();

    private int inspect(String... arguments) {
        return new CommandLine(new InspectCommand()).setOut(new PrintWriter(out)).execute(arguments);
    }

    @Test
    void tableShowsEveryLayerAndTheTotalOfParameters() {
        assertThat(inspect("cifar-80sec")).isZero();
        assertThat(out.toString()).contains("Total parameters: 145578");
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " "))).contains(
                "conv1 conv data 0 32 of 5x5x3, stride 1, padding 2 32x32x32 75x32 32x1 2432",
                "pool1 pool conv1 0 max 3x3, stride 2 16x16x32",
                "pool1_neuron neuron pool1 0 relu 16x16x32",
                "fc10 fc fc64_neuron 0 10 64x10 1x10 650",
                "logprob cost.logreg labels,probs 0 sink");
    }

    @Test
    void jsonHasTheSameContent(@TempDir Path folder) throws IOException {
        Path layers = Files.writeString(folder.resolve("layers.cfg"), Nets.layersText("cifar-80sec"));
        Path params = Files.writeString(folder.resolve("params.cfg"), Nets.paramsText("cifar-80sec"));
        assertThat(inspect(layers.toString(), "--params", params.toString(),
                "--input", "3x24x24,1", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("totalParameters").asLong()).isEqualTo(116906);
        JsonNode conv1 = json.get("layers").get(2);
        assertThat(conv1.get("name").asText()).isEqualTo("conv1");
        assertThat(conv1.get("output").asText()).isEqualTo("24x24x32");
        assertThat(conv1.get("weights").get(0).asText()).isEqualTo("75x32");
    }

    @Test
    void badInputIsReportedInOneLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.cfg"), "[data]\ntype=data\ndataIdx=0\nsize=5\n");
        InspectCommand command = new InspectCommand();
        new CommandLine(command).parseArgs(file.toString());
        assertThatThrownBy(command::call).isInstanceOf(InputException.class)
                .hasMessage(file + ":4: [data] size: found an unknown key of a data layer, expected one of [type, dataIdx]");
    }

    @Test
    void unreadableDimensionsAreAnError() {
        InspectCommand command = new InspectCommand();
        new CommandLine(command).parseArgs("cifar-80sec", "--input", "3x-32,1");
        assertThatThrownBy(command::call).isInstanceOf(InputException.class)
                .hasMessage("--input: found \"3x-32\", expected dimensions such as 3x32x32 or 1");
    }
}
