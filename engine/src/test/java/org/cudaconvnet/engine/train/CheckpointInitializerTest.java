package org.cudaconvnet.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Initial values from a checkpoint (spec: config-language.md section 7). */
class CheckpointInitializerTest {
    @TempDir
    private Path folder;
    private LayerDict saved;

    private static LayerDict parse(String keys, long seed) {
        return parse(keys, seed, null);
    }

    private static LayerDict parse(String keys, long seed, Path initw) {
        String definition = "[maps]\ntype=data\ndataIdx=0\n[conv1]\ntype=conv\ninputs=maps\nchannels=8\nfilters=16\ngroups=4\nfilterSize=1\n"
                + "initW=1\npartialSum=0\nrandSparse=1\nfilterChannels=4\n" + keys + "\n[cost]\ntype=cost.sum2\ninputs=conv1\n";
        ParseContext context = ParseContext.of(List.of(32), 10, new RandomState(seed))
                .withInitializers(CheckpointInitializer.all(initw));
        return LayerParser.parseDefinition(ConfigFile.parse("layers.cfg", definition), context).get(1);
    }

    @BeforeEach
    void saveACheckpoint() {
        saved = parse("initB=0.5", 1);
        RandomState.State random = new RandomState(1).state();
        CheckpointFile.write(folder.resolve("1.5"), new Checkpoint(List.of(saved), new Checkpoint.Progress(ModelOptions.defaults(), 1, 5,
                List.of(), List.of(), random, new Checkpoint.TestPosition(1, 6, random), "digest", "digest", 0)), false);
    }

    @Test
    void weightsBiasesAndConnectionsAreCopied() {
        String call = "checkpoint.copy(" + folder + ", conv1)";
        LayerDict layer = parse("initWFunc=" + call + "\ninitBFunc=" + call + "\ninitCFunc=" + call, 2);
        assertThat(layer.matrixList("weights").get(0).values()).isEqualTo(saved.matrixList("weights").get(0).values());
        assertThat(layer.matrix("biases").values()).isEqualTo(saved.matrix("biases").values()).contains(0.5f);
        assertThat(layer.list("filterConns", List.class)).isEqualTo(saved.list("filterConns", List.class));
        assertThat(layer.matrixList("weightsInc").get(0).values()).containsOnly(0);
    }

    @Test
    void theFunctionsOf2012CopyFromTheOneCheckpointGiven() {
        String functions = "initWFunc=initw.makew(conv1)\ninitBFunc=initw.makeb(conv1)\ninitCFunc=initw.makec(conv1)";
        LayerDict layer = parse(functions, 2, folder);
        assertThat(layer.matrixList("weights").get(0).values()).isEqualTo(saved.matrixList("weights").get(0).values());
        assertThat(layer.matrix("biases").values()).isEqualTo(saved.matrix("biases").values());
        assertThat(layer.list("filterConns", List.class)).isEqualTo(saved.list("filterConns", List.class));
        assertThatThrownBy(() -> parse(functions, 2)).isInstanceOf(InputException.class).hasMessageContaining("expected --initw=PATH");
    }

    @Test
    void missingLayerIsAnErrorAtTheKey() {
        String call = "checkpoint.copy(" + folder + ",conv9)";
        assertThatThrownBy(() -> parse("initWFunc=" + call, 2)).isInstanceOf(InputException.class).hasMessage(
                "layers.cfg:15: [conv1] initWFunc: calling " + call + ": " + folder.resolve("1.5") + " has no layer \"conv9\" with weights");
    }

    @Test
    void wrongNumberOfArgumentsIsAnErrorAtTheKey() {
        assertThatThrownBy(() -> parse("initWFunc=checkpoint.copy(conv1)", 2)).isInstanceOf(InputException.class)
                .hasMessage("layers.cfg:15: [conv1] initWFunc: calling checkpoint.copy(conv1): found checkpoint.copy(conv1), "
                        + "expected checkpoint.copy(FILE,LAYER)");
    }
}
