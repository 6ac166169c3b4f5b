package org.cudaconvnet.golden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.engine.cli.Convnet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("golden mutate")
class MutateCommandTest {
    private static final Path COMMITTED = Path.of("golden-kernels");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void countsFaultsByHowTheyAreNoticed() throws IOException {
        Path report = folder.resolve("report.json");
        assertThat(convnet(COMMITTED.toString(), "--kernel=imgActs_c16_*", "--sample=2", "--seed=3", "--json", report.toString())).isZero();
        assertThat(out.toString()).contains("imgActs_c16_i128").doesNotContain("imgActs_c32").containsPattern("all +bar.sync +2 +\\d +\\d +0 +0");
        JsonNode json = JSON.readTree(report.toFile());
        assertThat(json.get("kernels")).hasSize(3);
        assertThat(json.get("kinds").get(0).get("mutations").intValue()).isEqualTo(2);
        assertThat(json.get("survivors")).isEmpty();
    }

    @Test
    void failsIfAFaultSurvives() throws IOException {
        keepOnly("convFilterActs_f16_i32_checked-point");
        assertThat(convnet(folder.toString(), "--kernel=filterActs_f16_i32_checked", "--kind=constant", "--sample=9")).isEqualTo(1);
        assertThat(out.toString()).contains("survived: filterActs_f16_i32_checked line ");
    }

    @Test
    void namesAKernelWithoutACase() throws IOException {
        keepOnly("convFilterActs_f16_i32_checked-point");
        assertThat(convnet(folder.toString(), "--kernel=imgActs_c96_i128")).isEqualTo(2);
        assertThat(err.toString()).contains("no golden case of kernel imgActs_c96_i128, expected convImgActs_c96_i128");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(convnet(COMMITTED.toString(), "--kernel=conv9")).isEqualTo(2);
        assertThat(convnet(COMMITTED.toString(), "--kind=typo")).isEqualTo(2);
        assertThat(convnet(COMMITTED.toString(), "--sample=0")).isEqualTo(2);
        assertThat(convnet("golden-2012/engine")).isEqualTo(2);
        assertThat(err.toString()).contains("--kernel conv9: matches none of filterActs_f96_i128", "--kind typo: expected fma, bar.sync or constant",
                "--sample", "golden-2012/engine: expected one set of single calls");
    }

    private void keepOnly(String name) throws IOException {
        ObjectNode index = (ObjectNode) JSON.readTree(COMMITTED.resolve("index.json").toFile());
        ArrayNode kept = JSON.createArrayNode();
        index.get("cases").forEach(node -> {
            if (node.get("name").textValue().equals(name)) {
                kept.add(node);
            }
        });
        index.put("count", kept.size()).set("cases", kept);
        JSON.writeValue(folder.resolve("index.json").toFile(), index);
        Files.copy(COMMITTED.resolve(name + ".npz"), folder.resolve(name + ".npz"));
    }

    private int convnet(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "golden";
        all[1] = "mutate";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Convnet.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(all);
    }
}
