package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Every row of the tables of spec: configs/alexnet-145-paper.md and alexnet-120-2012-full.md, with the implicit neuron layers. */
class InspectAlexnetTest {
    private static String inspect(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(new CommandLine(new InspectCommand()).setOut(new PrintWriter(out)).execute(arguments)).isZero();
        return out.toString();
    }

    /** name, type, inputs, gpu, output, weights and biases of every layer, as in the resource of the net's name. */
    private static List<List<String>> expected(String net) throws IOException {
        try (InputStream table = InspectAlexnetTest.class.getResourceAsStream("/org/cudaconvnet/engine/config/" + net + ".csv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(line -> List.of(line.split("\\|", -1))).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"alexnet-145, 60965224", "alexnet-120, 60870376"})
    void theJsonHoldsTheLayersOfTheSpecification(String net, long parameters) throws IOException {
        JsonNode json = new ObjectMapper().readTree(inspect(net, "--json"));
        List<List<String>> layers = new ArrayList<>();
        for (JsonNode layer : json.get("layers")) {
            layers.add(List.of(layer.get("name").asText(), layer.get("type").asText(), words(layer.get("inputs")), layer.get("gpu").asText(),
                    layer.get("output").asText(), words(layer.get("weights")), layer.get("biases").asText()));
        }
        assertThat(layers).containsExactlyElementsOf(expected(net));
        assertThat(json.get("totalParameters").asLong()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({"alexnet-145, 60965224", "alexnet-120, 60870376"})
    void theTableShowsThemInTheSameOrder(String net, long parameters) throws IOException {
        List<String> lines = inspect(net).lines().map(line -> line.replaceAll(" +", " ")).toList();
        List<List<String>> expected = expected(net);
        assertThat(lines).hasSize(expected.size() + 2).last().isEqualTo("Total parameters: " + parameters);
        for (int i = 0; i < expected.size(); i++) {
            List<String> row = expected.get(i);
            String device = row.get(3).equals("-1") ? "" : " " + row.get(3);
            String inputs = row.get(2).isEmpty() ? "" : " " + row.get(2).replace(' ', ',');
            assertThat(lines.get(i + 1)).startsWith(row.get(0) + " " + row.get(1) + inputs + device + " ")
                    .contains((" " + row.get(4) + " " + row.get(5).replace(" ", " + ") + " " + row.get(6)).stripTrailing());
        }
    }

    private static String words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(" "));
    }
}
