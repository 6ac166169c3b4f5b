package org.cudaconvnet.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.train.original.Generation;
import org.cudaconvnet.engine.train.original.OriginalCheckpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A run loaded from a checkpoint of the original")
class OriginalResumeTest {
    @TempDir
    Path folder;
    private Path own;
    private Path original;

    @BeforeEach
    void trainTwoBatches() throws IOException {
        ModelOptions options = new TinyRun(folder).options();
        try (ConvNet convNet = TinyRun.open(options)) {
            convNet.train(TrainingListener.NONE);
            own = convNet.checkpointDirectory().resolve("1.2");
        }
        original = Files.createDirectories(folder.resolve("ConvNet__2012-07-25_12.00.00")).resolve("1.2");
    }

    private void convert(Generation generation) throws IOException {
        OriginalCheckpoint.write(original, CheckpointFile.read(own), generation, generation == Generation.V1);
    }

    private static Map<String, double[]> test(Path checkpoint) {
        ModelOptions options = TinyRun.resume(checkpoint);
        options.testOnly = true;
        try (ConvNet convNet = TinyRun.open(options)) {
            return convNet.test(TrainingListener.NONE).sums();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasTheWeightsOfThatCheckpointToTheBit(Generation generation) throws IOException {
        convert(generation);
        assertThat(test(original).get("logprob")).containsExactly(test(own).get("logprob"));
        try (ConvNet loaded = TinyRun.open(TinyRun.resume(original)); ConvNet same = TinyRun.open(TinyRun.resume(own))) {
            assertThat(TinyRun.bitsOf(loaded)).isEqualTo(TinyRun.bitsOf(same));
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWithItsOptionsAndHistoryAndSavesBesideIt(Generation generation) throws IOException {
        convert(generation);
        // A directory stands for its newest checkpoint.
        try (ConvNet convNet = TinyRun.open(TinyRun.resume(original.getParent()))) {
            convNet.train(TrainingListener.NONE);
            assertThat(convNet.options().minibatchSize).isEqualTo(16);
            assertThat(convNet.trainOutputs()).hasSize(6);
            assertThat(convNet.testOutputs()).hasSize(3);
            assertThat(convNet.trainOutputs().get(1).sums().get("logprob"))
                    .containsExactly(CheckpointFile.read(original).progress().trainOutputs().get(1).sums().get("logprob"));
        }
        assertThat(original.resolveSibling("2.3")).exists();
        assertThat(OriginalCheckpoint.isAt(original.resolveSibling("2.3"))).isFalse();
        List<Cost> history = CheckpointFile.read(original.resolveSibling("2.3")).progress().trainOutputs();
        assertThat(history).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource
    void drawsFromTheSeedThatIsGiven(Generation generation) throws IOException {
        convert(generation);
        assertThat(bitsAfter(3)).isEqualTo(bitsAfter(3)).isNotEqualTo(bitsAfter(4));
        assertThat(original).as("no new checkpoint replaces one of the original").exists();
    }

    private int bitsAfter(long seed) {
        ModelOptions options = TinyRun.resume(original);
        options.seed = seed;
        options.maxFilesizeMb = 0;
        try (ConvNet convNet = TinyRun.open(options)) {
            convNet.train(TrainingListener.NONE);
            return TinyRun.bitsOf(convNet);
        }
    }
}
