package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("convnet check-devices")
class CheckDevicesCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int execute(String... options) {
        List<String> arguments = new ArrayList<>(List.of("check-devices", "--threads=1"));
        arguments.addAll(List.of(options));
        return Convnet.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments.toArray(String[]::new));
    }

    @Test
    void saysThatNetsHaveTheSameBits() throws IOException {
        Path json = folder.resolve("result.json");
        assertThat(execute("--random=2", "--seed=41", "--minibatches=3", "--device=cpu:0,cpu:1", "--json=" + json)).isZero();
        assertThat(out.toString()).isEqualTo("cpu:0,cpu:1 against cpu:0: 2 nets, 3 mini-batches, 0 differ%n".formatted());
        JsonNode result = JsonMapper.builder().build().readTree(json.toFile());
        assertThat(result.get("good").asBoolean()).isTrue();
        assertThat(result.get("results").get(1).get("net").asText()).isEqualTo("random-42");
    }

    @Test
    void checksARandomNetAgainFromItsFiles() {
        assertThat(execute("--random=1", "--seed=41", "--minibatches=1", "--device=cpu:0,cpu:1", "--write=" + folder)).isZero();
        String[] again = out.toString().lines().findFirst().orElseThrow().replace("convnet check-devices ", "").split(" ");
        List<String> options = new ArrayList<>(List.of(again));
        options.addAll(List.of("--minibatches=1", "--device=cpu:0,cpu:1"));
        assertThat(execute(options.toArray(String[]::new))).isZero();
        assertThat(out.toString()).endsWith("1 nets, 1 mini-batches, 0 differ%n".formatted());
    }

    @Test
    void runsStepsInSeededOrder() {
        assertThat(execute("--random=1", "--seed=41", "--schedules=3", "--device=cpu:0,cpu:1")).isZero();
        assertThat(out.toString()).isEqualTo("cpu:0,cpu:1 against cpu:0: 1 nets, 3 schedules each, 0 differ%n".formatted());
    }

    @Test
    void findsInjectedFaultsAndNamesThem() {
        assertThat(execute("--random=1", "--seed=41", "--device=cpu:0,cpu:1", "--inject=dropped", "--at=pool9")).isZero();
        assertThat(out.toString()).contains("random-41 on cpu:0,cpu:1: dropped: 2 places, 2 found", "comparison: mini-batch 1: ",
                "verified copies: cpu:0: layer pool9, forward pass: activations of layer pool9 from cpu:1 to cpu:0: element (");
    }

    @Test
    void refusesUnknownFaultsLayersAndDevices() {
        assertThat(execute("--random=1", "--device=cpu:0,cpu:1", "--inject=magic")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("--inject=magic: expected all or one of [dropped, stale, swapped, bit-flip, failure]%n".formatted());
        assertThat(execute("--random=1", "--device=cpu:0,cpu:1", "--inject=dropped", "--at=nowhere")).isEqualTo(2);
        assertThat(err.toString()).contains("--inject=dropped --at=nowhere: the nets have no such copy or step on cpu:0,cpu:1");
        assertThat(execute("--device=cpu:0")).isEqualTo(2);
        assertThat(err.toString()).contains("--device=cpu:0 is the reference");
        assertThat(execute("--random=1", "--device=cpu:0,cuda:77")).isEqualTo(3);
    }
}
