package org.cudaconvnet.golden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.cli.Convnet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import picocli.CommandLine;

/** On a copy of two cases of the reference data. */
@DisplayName("golden check")
class CheckCommandTest {
    private static final Path KERNELS = Path.of("golden-2012", "kernels");
    private static final String CASE = "squaredDiff_0015";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;
    private Path set;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void copyTwoCases() throws IOException {
        set = Files.createDirectory(folder.resolve("some-cases"));
        ObjectNode index = JSON.createObjectNode().put("set", "kernels");
        for (JsonNode goldenCase : JSON.readTree(KERNELS.resolve("index.json").toFile()).get("cases")) {
            if (List.of(CASE, "applyLog_0001").contains(goldenCase.get("name").asText())) {
                index.withArray("/cases").add(goldenCase);
                Files.copy(KERNELS.resolve(goldenCase.get("file").asText()), set.resolve(goldenCase.get("file").asText()));
            }
        }
        JSON.writeValue(set.resolve("index.json").toFile(), index.put("count", 2));
    }

    @Test
    void goodCasesPassWithATable() {
        assertThat(check()).isZero();
        assertThat(out.toString()).contains("squaredDiff").contains("exact").contains("2 of 2 cases passed, 0 failed, 0 skipped");
    }

    @Test
    void aFlippedBitIsFoundAndNamed() {
        changeOutput(values -> values[17] = Float.intBitsToFloat(Float.floatToRawIntBits(values[17]) ^ 1));
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).contains("FAILED some-cases/squaredDiff_0015: out_target[").contains("worst 1.000 ulp")
                .contains("found 0x").contains("1 of 2 cases passed, 1 failed");
    }

    @Test
    void aLostSignOfZeroIsFound() {
        float[] values = arrays().get("out_target").floats();
        int zero = 0;
        while (zero < values.length && values[zero] != 0) {
            zero++;
        }
        int index = zero;
        assertThat(index).as("a zero in the stored output").isLessThan(values.length);
        changeOutput(changed -> changed[index] = -0f);
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).contains("found 0x0.0p0 (0.0), expected -0x0.0p0 (-0.0)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"golden check", "golden compare", "golden list", "golden mutate", "golden record", "quickstart"})
    void commandsShowAnExampleOfThemselves(String command) {
        CommandLine convnet = Convnet.commandLine().setOut(new PrintWriter(out));
        assertThat(convnet.execute((command + " --help").split(" "))).isZero();
        assertThat(out.toString()).containsPattern("Examples?:\\R  convnet " + command);
    }

    @Test
    void onlyChoosesCasesByGlob() throws IOException {
        assertThat(check("--only", "apply*")).isZero();
        assertThat(out.toString()).contains("1 of 1 cases passed").doesNotContain("squaredDiff");
        // A set that is skipped as a whole has no case of that name either.
        Files.writeString(Files.createDirectory(folder.resolve("two-gpus")).resolve("index.json"), "{\"gpus\": 2}");
        assertThat(check("--only", "nothing*")).isEqualTo(2);
        assertThat(err.toString()).contains("no case matches --only nothing*");
    }

    @Test
    void theJsonReportHoldsEveryCase() throws IOException {
        changeOutput(values -> values[0] = Float.NaN);
        Path file = folder.resolve("reports").resolve("check.json");
        assertThat(check("--threads", "1", "--json", file.toString())).isEqualTo(1);
        JsonNode report = JSON.readTree(file.toFile());
        assertThat(report.get("jvm").asText()).isNotEmpty();
        JsonNode device = report.get("devices").get(0);
        assertThat(device.get("device").asText()).isEqualTo("cpu:0");
        assertThat(device.get("threads").asInt()).isEqualTo(1);
        assertThat(device.get("counts")).isEqualTo(JSON.readTree("{\"cases\": 2, \"passed\": 1, \"failed\": 1, \"skipped\": 0}"));
        Map<String, String> status = new LinkedHashMap<>();
        device.get("cases").forEach(goldenCase -> status.put(goldenCase.get("name").asText(), goldenCase.get("status").asText()));
        assertThat(status).containsOnly(Map.entry("applyLog_0001", "passed"), Map.entry(CASE, "failed"));
        assertThat(device.get("cases").findValues("reason")).isNotEmpty();
    }

    @Test
    void severalDevicesAreAlsoComparedWithTheFirst() throws IOException {
        // Both devices differ from the stored data now, but not from each other.
        changeOutput(values -> values[0] = Float.NaN);
        Path json = folder.resolve("check.json");
        Path junit = folder.resolve("check.xml");
        assertThat(check("--device", "cpu:0", "--device", "emulated:0", "--json", json.toString(), "--junit", junit.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("emulated:0: 1 of 2 cases passed").contains("emulated:0 against cpu:0: 2 of 2 cases passed");
        JsonNode pair = JSON.readTree(json.toFile()).get("devices").get(2);
        assertThat(pair.get("device").asText()).isEqualTo("emulated:0 against cpu:0");
        assertThat(pair.get("counts").get("passed").asInt()).isEqualTo(2);
        assertThat(pair.get("cases").findValuesAsText("measure")).isNotEmpty().containsOnly("bits");
        assertThat(junit).content().contains("name=\"golden check emulated:0 against cpu:0\" tests=\"2\" failures=\"0\"");
    }

    @Test
    void theApproximateInstructionsOf2012AreNotComparedBetweenDevices() {
        check("--device", "cpu:0", "--device", "cpu:1", "--math", "2012");
        assertThat(out.toString()).contains("cpu:1: ").doesNotContain("against");
    }

    @Test
    void theJUnitReportIsXmlWithTheFailure() throws Exception {
        changeOutput(values -> values[0] = Float.POSITIVE_INFINITY);
        Path file = folder.resolve("check.xml");
        assertThat(check("--junit", file.toString())).isEqualTo(1);
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("testsuites");
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(document.getElementsByTagName("failure").item(0).getAttributes().getNamedItem("message").getNodeValue())
                .startsWith("out_target[0, 0]: found 0x").contains("expected Infinity");
    }

    @Test
    void aFolderWithoutIndexIsBadInput() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertBadInput(run("golden", "check", empty.toString()), empty + ": no golden set here, expected index.json");
        assertBadInput(run("golden", "check", folder.resolve("missing").toString()), "missing: no such folder of golden sets");
    }

    @Test
    void aTruncatedArrayFileIsBadInput() throws IOException {
        Path file = set.resolve(CASE + ".npz");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertBadInput(check(), file + ":");
    }

    @Test
    void anArrayOfTheWrongShapeIsBadInput() {
        Map<String, NumpyArray> arrays = arrays();
        int[] shape = arrays.get("in_a").shape();
        arrays.put("in_a", NumpyArray.ofFloats(new float[3], 1, 3));
        Npz.write(set.resolve(CASE + ".npz"), arrays);
        assertBadInput(check(), CASE + ".npz: array in_a is [1, 3], expected " + Arrays.toString(shape));
    }

    @Test
    void anUnknownCallIsBadInput() throws IOException {
        Path index = set.resolve("index.json");
        Files.writeString(index, Files.readString(index).replace("\"call\":\"squaredDiff\"", "\"call\":\"cubedDiff\""));
        assertBadInput(check(), "index.json: cases[1] (" + CASE + "): call \"cubedDiff\" is unknown");
    }

    @Test
    void anIncompleteIndexIsBadInput() throws IOException {
        Path index = set.resolve("index.json");
        String whole = Files.readString(index);
        Files.writeString(index, whole.replace("\"count\":2", "\"count\":3"));
        assertBadInput(check(), "index.json: found 2 cases, expected 3");
        Files.writeString(index, whole.replace("\"outputs\"", "\"results\""));
        assertBadInput(check(), "index.json: cases[0]: ");
        Files.writeString(index, whole.substring(0, whole.length() / 2));
        assertBadInput(check(), "index.json: not JSON");
    }

    @Test
    void anUnknownDeviceHasItsOwnExitCode() {
        assertThat(check("--device", "abacus:0")).isEqualTo(3);
    }

    @Test
    void listNamesSetsAndCounts() {
        assertThat(run("golden", "list", folder.toString())).isZero();
        assertThat(out.toString()).containsPattern("some-cases +2");
    }

    private int check(String... options) {
        List<String> arguments = new ArrayList<>(List.of("golden", "check", set.toString()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(new String[0]));
    }

    private int run(String... arguments) {
        CommandLine commandLine = Convnet.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private void assertBadInput(int exitCode, String message) {
        assertThat(err.toString()).contains(message);
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().lines().count()).as(err.toString()).isLessThanOrEqualTo(3);
    }

    private Map<String, NumpyArray> arrays() {
        return new LinkedHashMap<>(Npz.read(set.resolve(CASE + ".npz")));
    }

    private interface Change {
        void apply(float[] values);
    }

    private void changeOutput(Change change) {
        Map<String, NumpyArray> arrays = arrays();
        NumpyArray output = arrays.get("out_target");
        float[] values = output.floats().clone();
        change.apply(values);
        arrays.put("out_target", NumpyArray.ofFloats(values, output.shape()));
        Npz.write(set.resolve(CASE + ".npz"), arrays);
    }
}
