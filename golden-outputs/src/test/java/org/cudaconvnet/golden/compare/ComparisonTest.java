package org.cudaconvnet.golden.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.cli.Convnet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("golden compare")
class ComparisonTest {
    @TempDir
    private Path folder;
    private Path a;
    private Path b;

    @BeforeEach
    void twoEqualRuns() throws IOException {
        a = Files.createDirectory(folder.resolve("a"));
        b = Files.createDirectory(folder.resolve("b"));
        for (Path run : new Path[] {a, b}) {
            Files.writeString(run.resolve("index.json"), "{\"files\": {\"weights.npz\": \"\", \"acts.npz\": \"\", \"actsgrad_batch1.npz\": \"\"}}");
            for (String file : new String[] {"weights.npz", "acts.npz", "actsgrad_batch1.npz"}) {
                write(run, file, 1, 1);
            }
        }
    }

    @Test
    void equalFoldersDoNotDiffer() {
        Differences differences = Comparison.of(a, b);
        assertThat(differences.none()).isTrue();
        assertThat(differences.arrays()).isEqualTo(6);
        assertThat(differences.distribution()).containsExactly("0 ulp: 36 elements");
    }

    @Test
    void theFirstDivergenceFollowsTheIndexAndNotTheNames() {
        write(b, "acts.npz", 1.5f, 1);
        write(b, "weights.npz", 1, Math.nextUp(1f));
        Differences differences = Comparison.of(a, b);
        assertThat(differences.first().where()).isEqualTo("weights.npz:fc10[1, 2]");
        assertThat(differences.first().ulp()).isEqualTo(1);
        assertThat(differences.worst().where()).isEqualTo("acts.npz:conv1[1, 2]");
        assertThat(differences.worst().toString()).contains("0x1.0p0 (1.0) and 0x1.8p0 (1.5)");
        assertThat(differences.differentArrays()).isEqualTo(2);
        assertThat(differences.distribution()).containsExactly("0 ulp: 34 elements", "up to 1 ulp: 1 elements", "more: 1 elements");
    }

    @Test
    void gradientsAreFormedFromTheLastLayerBackward() {
        write(b, "actsgrad_batch1.npz", 2, 2);
        assertThat(Comparison.of(a, b).first().where()).startsWith("actsgrad_batch1.npz:fc10");
    }

    @Test
    void twoFilesAreComparedToo() {
        write(b, "acts.npz", Float.NaN, -1);
        Differences differences = Comparison.of(a.resolve("acts.npz"), b.resolve("acts.npz"));
        assertThat(differences.first().where()).isEqualTo("acts.npz:conv1[1, 2]");
        assertThat(differences.first().ulp()).isInfinite();
        assertThat(differences.distribution()).contains("only one is finite: 1 elements");
    }

    @Test
    void missingFilesAndOtherShapesAreDifferences() throws IOException {
        Files.delete(b.resolve("acts.npz"));
        Npz.write(b.resolve("weights.npz"), Map.of("conv1", NumpyArray.ofFloats(new float[6], 3, 2)));
        Differences differences = Comparison.of(a, b);
        assertThat(differences.none()).isFalse();
        assertThat(differences.structure()).containsExactly("weights.npz:conv1: shapes [2, 3] and [3, 2]",
                "weights.npz:fc10 is only in " + a, "acts.npz is only in " + a);
    }

    @Test
    void exitCodesAreOneForDifferentAndTwoForBadInput() {
        assertThat(run(a, b)).isZero();
        write(b, "acts.npz", -0f, 1);
        assertThat(run(a, b)).isEqualTo(1);
        assertThat(run(a, b.resolve("acts.npz"))).isEqualTo(2);
        assertThatThrownBy(() -> Comparison.of(a, folder.resolve("c"))).isInstanceOf(InputException.class)
                .hasMessageEndingWith("c: no such file or folder");
    }

    private static int run(Path a, Path b) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Convnet.commandLine().setOut(nowhere).setErr(nowhere).execute("golden", "compare", a.toString(), b.toString());
    }

    private static void write(Path run, String file, float lastOfConv, float lastOfFc) {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put("conv1", NumpyArray.ofFloats(new float[] {1, 2, 3, 4, 5, lastOfConv}, 2, 3));
        arrays.put("fc10", NumpyArray.ofFloats(new float[] {1, 2, 3, 4, 5, lastOfFc}, 2, 3));
        Npz.write(run.resolve(file), arrays);
    }
}
