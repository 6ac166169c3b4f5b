package org.cudaconvnet.golden.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.train.Checkpoint;
import org.cudaconvnet.engine.train.CheckpointFile;
import org.cudaconvnet.engine.train.ModelOptions;
import org.cudaconvnet.engine.train.original.Generation;
import org.cudaconvnet.engine.train.original.OriginalCheckpoint;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("golden compare of checkpoints")
class CheckpointComparisonTest {
    @TempDir
    Path folder;

    private static Checkpoint checkpoint(long seed) {
        List<LayerDict> layers = LayerParser.parse(
                ConfigFile.parse("net", "[data]\ntype=data\ndataIdx=0\n[fc]\ntype=fc\ninputs=data\noutputs=3\ninitW=1\n[cost]\ntype=cost.sum2\ninputs=fc\n"),
                ConfigFile.parse("params", "[fc]\nepsW=1\nepsB=1\nmomW=0\nmomB=0\nwc=0\n[cost]\ncoeff=1\n"),
                ParseContext.of(List.of(2), 1, new RandomState(seed)));
        return new Checkpoint(layers, new Checkpoint.Progress(ModelOptions.defaults(), 1, 1, List.of(), List.of(), null, null, null, null, 0));
    }

    @Test
    void findsTheSameMatricesInOurFormatAndInThoseOfTheOriginal() throws IOException {
        Path own = folder.resolve("own");
        CheckpointFile.write(own, checkpoint(1), false);
        for (Generation generation : Generation.values()) {
            Path original = folder.resolve(generation.toString());
            OriginalCheckpoint.write(original, checkpoint(1), generation, true);
            assertThat(Comparison.of(own, original).none()).isTrue();
            assertThat(Comparison.of(original, own).arrays()).as("weights, biases and their increments").isEqualTo(4);
        }
    }

    @Test
    void namesTheFirstMatrixThatDiffers() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        OriginalCheckpoint.write(first, checkpoint(1), Generation.V1, false);
        OriginalCheckpoint.write(second, checkpoint(2), Generation.IMAGENET_2012, false);
        assertThat(Comparison.of(first, second).first().where()).isEqualTo("first:fc/weights0[0, 0]");
    }
}
