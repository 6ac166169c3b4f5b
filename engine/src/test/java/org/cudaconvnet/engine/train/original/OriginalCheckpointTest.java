package org.cudaconvnet.engine.train.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.Python;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.train.BatchRange;
import org.cudaconvnet.engine.train.Checkpoint;
import org.cudaconvnet.engine.train.CheckpointFile;
import org.cudaconvnet.engine.train.ModelOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A checkpoint of the original")
class OriginalCheckpointTest {
    @TempDir
    Path folder;

    private Path write(String net, Generation generation, boolean zip) throws IOException {
        Path file = folder.resolve("4.2");
        OriginalCheckpoint.write(file, GoldenCheckpoint.checkpoint(net), generation, zip);
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine/quick", "engine/norms", "engine/mixed", "engine/twotower", "twogpu/twotower"})
    void isReadWithTheLayersThatTheOriginalParsed(String net) throws IOException {
        Path file = folder.resolve("4.2");
        Generation generation = GoldenCheckpoint.generation(net);
        Python.execute("write_golden.py", GoldenCheckpoint.folder(net), file, generation);
        assertThat(OriginalCheckpoint.isAt(file)).isTrue();
        OriginalCheckpoint read = OriginalCheckpoint.read(file);
        assertThat(read.generation()).isEqualTo(generation);
        assertLayersEqual(read.checkpoint().layers(), GoldenCheckpoint.layers(net));
        assertProgress(read.checkpoint().progress());
    }

    @ParameterizedTest
    @CsvSource({"engine/quick,V1,false", "engine/norms,V1,true", "engine/mixed,V1,false", "engine/twotower,V1,false",
        "twogpu/twotower,IMAGENET_2012,true", "engine/mixed,IMAGENET_2012,false"})
    void isLoadedByPythonAsTheOriginalWouldLoadIt(String net, Generation generation, boolean zip) throws IOException {
        Path file = write(net, generation, zip);
        Path npz = folder.resolve("matrices.npz");
        Npz.write(npz, CheckpointFile.matrices(file));
        Python.execute("check_written.py", file, npz, generation);
    }

    @ParameterizedTest
    @CsvSource({"engine/quick,V1,true", "engine/norms,V1,false", "engine/mixed,V1,false", "engine/twotower,V1,false",
        "twogpu/twotower,IMAGENET_2012,false", "engine/norms,IMAGENET_2012,true", "engine/mixed,IMAGENET_2012,false"})
    void isReadBackAsItWasWritten(String net, Generation generation, boolean zip) throws IOException {
        Path file = write(net, generation, zip);
        assertThat(OriginalCheckpoint.isAt(file)).isTrue();
        assertThat(OriginalCheckpoint.read(file).generation()).isEqualTo(generation);
        Checkpoint read = CheckpointFile.read(file);
        assertLayersEqual(read.layers(), GoldenCheckpoint.layers(net));
        assertProgress(read.progress());
    }

    private static void assertLayersEqual(List<LayerDict> found, List<LayerDict> expected) {
        Map<String, Object> comparable = GoldenCheckpoint.comparable(found);
        assertThat(comparable.keySet()).containsExactlyInAnyOrderElementsOf(GoldenCheckpoint.comparable(expected).keySet());
        GoldenCheckpoint.comparable(expected).forEach((name, layer) -> assertThat(comparable.get(name)).as(name).isEqualTo(layer));
    }

    private static void assertProgress(Checkpoint.Progress progress) {
        assertThat(progress.epoch()).isEqualTo(4);
        assertThat(progress.batchNumber()).isEqualTo(2);
        assertThat(progress.trainOutputs()).hasSize(2);
        assertThat(progress.testOutputs()).hasSize(1);
        assertThat(progress.testOutputs().get(0).sums().get("logprob")).containsExactly(2.25, 0.875);
        assertThat(progress.testOutputs().get(0).cases()).isEqualTo(96);
        assertThat(progress.random()).isNull();
        ModelOptions options = progress.options();
        assertThat(options.trainBatchRange).isEqualTo(new BatchRange(1, 3));
        assertThat(options.testBatchRange).isEqualTo(new BatchRange(7, 7));
        assertThat(options.numEpochs).isEqualTo(9);
        assertThat(options.zipSave).isTrue();
        assertThat(options.dpType).isEqualTo("cifar");
        assertThat(options.layerParams.toAbsolutePath().normalize()).isEqualTo(Path.of("nets", "\u00e9.cfg").toAbsolutePath());
        assertThat(options.seed).isNull();
    }

    @Test
    void hasTheSameBytesEachTime() throws IOException {
        byte[] first = Files.readAllBytes(write("engine/mixed", Generation.V1, true));
        assertThat(Files.readAllBytes(write("engine/mixed", Generation.V1, true))).isEqualTo(first);
    }

    @Test
    void keepsTiedMatricesTied() throws IOException {
        List<LayerDict> layers = OriginalCheckpoint.read(write("engine/mixed", Generation.V1, false)).checkpoint().layers();
        long tied = layers.stream().filter(layer -> layer.has("weights")).flatMap(layer -> layer.matrixList("weights").stream()).count()
                - layers.stream().filter(layer -> layer.has("weights")).flatMap(layer -> layer.matrixList("weights").stream())
                        .map(System::identityHashCode).distinct().count();
        long expected = GoldenCheckpoint.layers("engine/mixed").stream().filter(layer -> layer.has("weightSourceLayers"))
                .flatMap(layer -> layer.stringList("weightSourceLayers").stream()).filter(source -> !source.isEmpty()).count();
        assertThat(tied).isEqualTo(expected).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void holdsNoStateOfOurOwnRuns(Generation generation) throws IOException {
        Checkpoint checkpoint = GoldenCheckpoint.checkpoint("engine/quick");
        checkpoint.layers().get(2).put("numUpdates", List.of(1)).put("grad0", checkpoint.layers().get(2).matrix("biases"));
        Path file = folder.resolve("4.2");
        OriginalCheckpoint.write(file, checkpoint, generation, false);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).contains("weightsInc").doesNotContain("numUpdates", "grad0");
    }

    @Test
    void ofV1CannotHoldWhatV1DoesNotKnow() {
        assertThatThrownBy(() -> write("twogpu/twotower", Generation.V1, false)).isInstanceOf(InputException.class)
                .hasMessageMatching("layer \\S+: \\w+: found .*, which v1 does not know; expected the format 2012");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isToldFromOtherFiles() throws IOException {
        Path own = folder.resolve("own");
        CheckpointFile.write(own, GoldenCheckpoint.checkpoint("engine/quick"), true);
        assertThat(OriginalCheckpoint.isAt(own)).isFalse();
        assertThat(OriginalCheckpoint.isAt(folder)).isFalse();
        assertThat(OriginalCheckpoint.isAt(folder.resolve("absent"))).isFalse();
        assertLayersEqual(CheckpointFile.read(own).layers(), GoldenCheckpoint.layers("engine/quick"));
    }
}
