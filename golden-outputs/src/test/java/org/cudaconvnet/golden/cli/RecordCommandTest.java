package org.cudaconvnet.golden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.cli.Convnet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("golden record")
class RecordCommandTest {
    private static final Path COMMITTED = Path.of("golden-kernels");
    private static final Path OPERATIONS = Path.of("golden-operations");
    private static final Path LAYERS = Path.of("golden-layers");

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({"convolutions,golden-kernels", "operations,golden-operations", "layers,golden-layers"})
    void givesTheCommittedArrays(String kind, Path committed) throws IOException {
        Path recorded = folder.resolve("set");
        assertThat(convnet("golden", "record", kind, recorded.toString(), "--repository", "..")).isZero();
        assertThat(names(recorded)).isEqualTo(names(committed));
        assertThat(recorded.resolve("index.json")).hasSameBinaryContentAs(committed.resolve("index.json"));
        for (String name : names(committed)) {
            if (name.endsWith(".npz")) {
                assertThat(Npz.read(recorded.resolve(name))).as(name).isEqualTo(Npz.read(committed.resolve(name)));
            }
        }
    }

    @Test
    void theCommittedLayersPass() {
        assertThat(convnet("golden", "check", LAYERS.toString())).isZero();
        assertThat(out.toString()).contains("50 of 50 cases passed, 0 failed, 0 skipped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pool_rand", "cost.msm", "treefc"})
    void layersGiveTheSameBitsOnTheEmulator(String name) {
        assertThat(convnet("golden", "check", LAYERS.toString(), "--only", name, "--device", "emulated:0", "--device", "cpu:0")).isZero();
        assertThat(out.toString()).contains("1 of 1 cases passed").contains("cpu:0 against emulated:0");
    }

    @Test
    void aLayerThatGivesOtherBitsFails() throws IOException {
        Path set = Files.createDirectory(folder.resolve("set"));
        Files.writeString(set.resolve("index.json"), Files.readString(LAYERS.resolve("index.json")));
        for (String name : names(LAYERS)) {
            if (name.endsWith(".npz")) {
                Files.copy(LAYERS.resolve(name), set.resolve(name));
            }
        }
        Map<String, NumpyArray> arrays = new LinkedHashMap<>(Npz.read(set.resolve("href.npz")));
        float[] acts = arrays.get("acts/layer").floats();
        acts[7] = Math.nextUp(acts[7]);
        arrays.put("acts/layer", NumpyArray.ofFloats(acts, arrays.get("acts/layer").shape()));
        arrays.put("acts/other", arrays.get("acts/layer"));
        Npz.write(set.resolve("href.npz"), arrays);
        assertThat(convnet("golden", "check", set.toString(), "--only", "href")).isEqualTo(1);
        assertThat(out.toString()).contains("acts/layer[1, 2]: found").contains("acts/other: the net does not form this array");
    }

    @Test
    void layersAreNotComparedInTheArithmeticOf2012() {
        assertThat(convnet("golden", "check", LAYERS.toString(), "--only", "fc", "--math", "2012")).isZero();
        assertThat(out.toString()).contains("1 skipped");
    }

    @Test
    void replacesNoFolder() {
        assertThat(convnet("golden", "record", "convolutions", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("exists already, expected a new folder");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void theCommittedCasesPass(String device) {
        assertThat(convnet("golden", "check", COMMITTED.toString(), "--device", device)).isZero();
        assertThat(out.toString()).contains("127 of 127 cases passed, 0 failed, 0 skipped");
    }

    /** In the arithmetic of 2012 they are within tolerances, in the portable one equal. */
    @ParameterizedTest
    @CsvSource({"cpu:0,portable", "emulated:0,portable", "cpu:0,2012", "emulated:0,2012"})
    void theCommittedOperationsPass(String device, String math) {
        assertThat(convnet("golden", "check", OPERATIONS.toString(), "--device", device, "--math", math)).isZero();
        assertThat(out.toString()).contains("69 of 69 cases passed, 0 failed, 0 skipped");
        assertThat(out.toString().contains("ulp of the value")).isEqualTo(math.equals("2012"));
    }

    private static List<String> names(Path set) throws IOException {
        try (Stream<Path> files = Files.list(set)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private int convnet(String... arguments) {
        return Convnet.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
