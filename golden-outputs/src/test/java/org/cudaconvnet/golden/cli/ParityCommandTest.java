package org.cudaconvnet.golden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.cli.Convnet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("golden parity")
class ParityCommandTest {
    private static final Path COMMITTED = Path.of("parity-records");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theCommittedRecordsAgreeInEveryDigest() {
        assertThat(convnet("golden", "parity", "compare", COMMITTED.toString())).isZero();
        assertThat(out.toString()).contains("cpu:0: ", "emulated:0: PTX emulator, sm_50", " agree, 0 differ, 0 not with the same cases");
    }

    @Test
    void aRunNowGivesEveryDigestOfTheCommittedRecords() throws IOException {
        assertThat(convnet("golden", "parity", "record", "--device=cpu:0", "--sets=.", folder.toString())).isZero();
        out.getBuffer().setLength(0);
        assertThat(convnet("golden", "parity", "compare", COMMITTED.toString(), folder.toString())).isZero();
        assertThat(out.toString()).as("Otherwise record anew: ./convnet golden parity record --device=cpu:0, and emulated:0")
                .contains(" agree, 0 differ, 0 not with the same cases");
    }

    @Test
    void aRecordSaysWhatTheDeviceIs() throws IOException {
        assertThat(recordKernels(Path.of("golden-kernels"), "emulated:0")).isZero();
        Path file = onlyFile();
        ObjectNode record = (ObjectNode) JSON.readTree(file.toFile());
        assertThat(file.getFileName().toString()).isEqualTo("emulated_ptx-emulator_java-" + Runtime.version().feature() + ".json");
        assertThat(record.get("device").asText()).isEqualTo("emulated:0");
        assertThat(record.at("/facts/architecture").asText()).isEqualTo("sm_50");
        assertThat(record.at("/host/javaVersion").asText()).isEqualTo(Runtime.version().toString());
        assertThat(record.get("ptxManifestSha256").asText()).matches("[0-9a-f]{64}");
        assertThat(record.get("arithmetic").asText()).isEqualTo("portable");
        assertThat(record.get("operations")).hasSize(9).allSatisfy(operation -> {
            assertThat(operation.get("passed").asInt()).isEqualTo(operation.get("cases").asInt()).isPositive();
            assertThat(operation.get("failed").asInt() + operation.get("excused").asInt()).isZero();
            assertThat(operation.get("outputsSha256").asText()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void anotherDigestIsFoundAndNamed() throws IOException {
        copyCommitted("cpu", record -> ((ObjectNode) record.at("/operations/3")).put("outputsSha256", "0".repeat(64)));
        assertThat(convnet("golden", "parity", "compare", COMMITTED.toString(), folder.toString())).isEqualTo(1);
        assertThat(out.toString()).containsPattern("0{12}  differs").contains(", 1 differ, ");
    }

    @Test
    void operationsWithOtherCasesAreNotHeldAgainstADevice() throws IOException {
        copyCommitted("cpu", record -> {
            ((ObjectNode) record.at("/operations/0")).put("cases", 1).put("outputsSha256", "0".repeat(64));
            record.withArray("operations").remove(1);
        });
        assertThat(convnet("golden", "parity", "compare", COMMITTED.toString(), folder.toString())).isZero();
        assertThat(out.toString()).contains(", 0 differ, 2 not with the same cases in all records");
    }

    @Test
    void aFailedCaseIsRecordedAndFails() throws IOException {
        Path set = Files.createDirectory(folder.resolve("set"));
        try (Stream<Path> files = Files.list(Path.of("golden-kernels"))) {
            for (Path file : files.toList()) {
                Files.copy(file, set.resolve(file.getFileName()));
            }
        }
        Path broken = set.resolve("convFilterActs_f16_i128.npz");
        Map<String, NumpyArray> arrays = Npz.read(broken);
        NumpyArray output = arrays.get("out_targets");
        float[] values = output.floats();
        values[0] = Math.nextUp(values[0]);
        arrays.put("out_targets", NumpyArray.ofFloats(values, output.shape()));
        Npz.write(broken, arrays);
        assertThat(recordKernels(set, "cpu:0")).isEqualTo(1);
        assertThat(JSON.readTree(onlyFile().toFile()).at("/operations/0/failed").asInt()).isEqualTo(1);
    }

    @Test
    void whatCannotBeComparedIsOneLine() throws IOException {
        assertThat(convnet("golden", "parity", "compare", folder.toString())).isEqualTo(2);
        assertThat(convnet("golden", "parity", "compare", folder.resolve("b.json").toString(), folder.toString())).isEqualTo(2);
        Files.writeString(folder.resolve("a.json"), "{\"date\": \"2026-01-01\"}");
        assertThat(convnet("golden", "parity", "compare", folder.toString(), folder.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(3).anySatisfy(line -> assertThat(line).contains("b.json: cannot be read, no such file"))
                .anySatisfy(line -> assertThat(line).contains("found 0 parity records"))
                .anySatisfy(line -> assertThat(line).contains("a.json: no parity record: "));
    }

    @Test
    void recordsOfAnotherArithmeticAreRefused() throws IOException {
        copyCommitted("cpu", record -> record.put("arithmetic", "rounded_2012"));
        assertThat(convnet("golden", "parity", "compare", COMMITTED.toString(), folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("arithmetic [portable, rounded_2012]");
    }

    @Test
    void aDeviceThatDoesNotExistLeavesNoRecord() {
        assertThat(recordKernels(Path.of("golden-kernels"), "quantum:0")).isEqualTo(3);
        assertThat(folder).isEmptyDirectory();
    }

    private int recordKernels(Path set, String device) {
        return convnet("golden", "parity", "record", "--device=" + device, "--sets=" + set, folder.resolve("records").toString());
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("records"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private void copyCommitted(String kind, Consumer<ObjectNode> change) throws IOException {
        try (Stream<Path> files = Files.list(COMMITTED)) {
            Path file = files.filter(each -> each.getFileName().toString().startsWith(kind + "_")).findFirst().orElseThrow();
            ObjectNode record = (ObjectNode) JSON.readTree(file.toFile());
            change.accept(record);
            JSON.writeValue(folder.resolve("changed.json").toFile(), record);
        }
    }

    private int convnet(String... arguments) {
        return Convnet.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
