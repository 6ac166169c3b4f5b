package org.cudaconvnet.engine.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.convert.Conversion;
import org.cudaconvnet.datasets.drawn.DrawnArchive;
import org.cudaconvnet.datasets.drawn.DrawnSet;
import org.cudaconvnet.engine.train.ConvNet;
import org.cudaconvnet.engine.train.TrainingListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeRunTest {
    private static final Recipe RECIPE = new Recipe("cifar-80sec", "cifar", 0, false, null,
            List.of(new Recipe.Phase(2, "1-4", "5", Map.of(), Map.of(), 0), new Recipe.Phase(4, "1-5", "6", Map.of("epsW", 10), Map.of(), 0)),
            null, null);

    @TempDir
    private static Path shared;
    private static Path batches;

    @TempDir
    private Path folder;

    @BeforeAll
    static void drawBatches() throws IOException {
        Path archive = shared.resolve("drawn.tar");
        DrawnArchive.write(new DrawnSet(1, 50, 20).cases(), archive);
        CachedBatches cached = CachedBatches.of(archive, shared, Conversion.Progress.NONE);
        assertThat(CachedBatches.of(archive, shared, Conversion.Progress.NONE)).as("found again by its digest").isEqualTo(cached);
        batches = cached.folder();
    }

    private RecipeRun run(String name) {
        return new RecipeRun(RECIPE, new RecipeRun.Setting(batches, folder.resolve(name), 7, "cpu:0", 2));
    }

    private static float[] weights(RecipeRun run) {
        try (ConvNet convNet = run.open()) {
            return convNet.net().weights("fc64", 0);
        }
    }

    @Test
    void everyPhaseTrainsOnItsBatchesAndTestsAfterEachEpoch() {
        RecipeRun.Outcome outcome = run("whole").run(TrainingListener.NONE);
        assertThat(outcome.train()).hasSize(2 * 4 + 2 * 5 + 1);
        assertThat(outcome.tests()).as("batch 5 of epoch 2 comes with the range of the second phase, and a test after it").hasSize(5);
        assertThat(outcome.last().cases()).isEqualTo(20);
        assertThat(outcome.error()).isBetween(0.0, 1.0);
        assertThat(run("whole").epochsDone()).isEqualTo(4);
    }

    @Test
    void aRunThatIsCutOffAnywhereReachesTheSameBitsWhenItGoesOn() {
        RecipeRun whole = run("whole");
        whole.run(TrainingListener.NONE);
        RecipeRun cut = run("cut");
        for (int batches : new int[] {6, 5, 7}) {
            assertThatThrownBy(() -> cut.run(new PowerCut(batches))).isInstanceOf(PowerCut.Event.class);
        }
        cut.run(TrainingListener.NONE);
        assertThat(weights(cut)).isEqualTo(weights(whole));
    }

    @Test
    void aFinishedRunIsNotTrainedAgain() {
        RecipeRun.Outcome first = run("twice").run(TrainingListener.NONE);
        RecipeRun.Outcome second = run("twice").run(new PowerCut(0));
        assertThat(second.error()).isEqualTo(first.error());
        assertThat(second.train()).hasSameSizeAs(first.train());
    }
}
