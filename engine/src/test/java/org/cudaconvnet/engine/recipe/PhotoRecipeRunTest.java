package org.cudaconvnet.engine.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.convert.Conversion;
import org.cudaconvnet.datasets.drawn.DrawnArchive;
import org.cudaconvnet.datasets.drawn.DrawnSet;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.train.BatchRange;
import org.cudaconvnet.engine.train.ConvNet;
import org.cudaconvnet.engine.train.Magnitude;
import org.cudaconvnet.engine.train.TrainingListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The recipe of alexnet-145, on few small images and with an epoch per phase")
class PhotoRecipeRunTest {
    private static final int CLASSES = 6;
    /** More than are trained between two tests. */
    private static final int TRAIN_BATCHES = 52;
    private static final Recipe RECIPE = shortened(Recipe.named("alexnet-145"), 6);

    @TempDir
    private static Path shared;
    private static Path batches;

    @TempDir
    private Path folder;

    private static Recipe shortened(Recipe recipe, int numPhases) {
        List<Recipe.Phase> phases = new ArrayList<>();
        for (Recipe.Phase phase : recipe.phases().subList(0, numPhases)) {
            phases.add(new Recipe.Phase(phases.size() + 1, null, null, phase.divide(), phase.set(), phase.colorNoise()));
        }
        return new Recipe(recipe.net(), recipe.provider(), TinyPhotos.CROP_BORDER, recipe.multiview(),
                new Recipe.Photos(TinyPhotos.SIDE, recipe.photos().classes()), phases, recipe.published(), recipe.remark());
    }

    @BeforeAll
    static void writeBatches() {
        List<Integer> numbers = Stream.concat(IntStream.rangeClosed(1, TRAIN_BATCHES).boxed(), Stream.of(2000, 2001)).toList();
        batches = TinyPhotos.write(shared.resolve("batches"), CLASSES, numbers, 2);
    }

    private RecipeRun run(Recipe recipe, String name, String device) {
        Path run = folder.resolve(name);
        return new RecipeRun(recipe, new RecipeRun.Setting(batches, run, 7, device, 1), TinyPhotos.net(run));
    }

    private static List<float[]> weights(RecipeRun run) {
        try (ConvNet convNet = run.open()) {
            return Stream.of("conv1b", "conv3a", "fc1000").map(layer -> convNet.net().weights(layer, 0)).toList();
        }
    }

    @Test
    void everyPhaseTrainsWithItsRatesAndTheLastTestSeesTenViewsOfAllValidationBatches() throws IOException {
        TreeMap<Integer, List<Magnitude>> byEpoch = new TreeMap<>();
        RecipeRun run = run(RECIPE, "whole", "cpu:0");
        RecipeRun.Outcome outcome = run.run(new TrainingListener() {
            @Override
            public void tested(int epoch, int batchNumber, Cost perCase, List<Magnitude> magnitudes, Path checkpoint) {
                byEpoch.put(epoch, magnitudes);
            }
        });
        assertThat(outcome.train()).hasSize(6 * TRAIN_BATCHES).allMatch(Cost::isFinite);
        assertThat(outcome.last().cases()).isEqualTo(2 * 2);
        assertThat(outcome.topFiveError()).isBetween(0.0, outcome.error());
        assertThat(Files.readString(folder.resolve("whole/layers.cfg"))).contains("outputs=" + CLASSES).doesNotContain("outputs=1000");
        assertThat(byEpoch).containsOnlyKeys(1, 2, 3, 4, 5, 6);
        assertThat(weight(byEpoch, 4, "conv1a")).isNotEqualTo(weight(byEpoch, 3, "conv1a"));
        assertThat(weight(byEpoch, 6, "conv1a")).as("frozen in the last two phases").isEqualTo(weight(byEpoch, 4, "conv1a"));
        assertThat(weight(byEpoch, 6, "conv2a")).isNotEqualTo(weight(byEpoch, 5, "conv2a"));
        try (ConvNet convNet = run.open()) {
            assertThat(convNet.options().colorNoise).isZero();
            assertThat(convNet.options().multiviewTest).isTrue();
        }
    }

    private static double weight(TreeMap<Integer, List<Magnitude>> byEpoch, int epoch, String layer) {
        return byEpoch.get(epoch).stream().filter(magnitude -> magnitude.layer().equals(layer)).findFirst().orElseThrow().weights();
    }

    @Test
    void aRunOnTwoDevicesThatIsCutOffInTheLastEpochOfAPhaseGoesOnOnOneToTheSameBits() {
        Recipe recipe = shortened(Recipe.named("alexnet-145"), 2);
        RecipeRun whole = run(recipe, "whole", "cpu:0");
        whole.run(TrainingListener.NONE);
        assertThatThrownBy(() -> run(recipe, "cut", "cpu:0,cpu:1").run(new PowerCut(51))).isInstanceOf(PowerCut.Event.class);
        RecipeRun continued = run(recipe, "cut", "cpu:0");
        assertThat(continued.epochsDone()).isEqualTo(1);
        continued.run(TrainingListener.NONE);
        assertThat(weights(continued)).usingRecursiveComparison().isEqualTo(weights(whole));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "4 | 1 2000   | 75  | 4 classes, expected at least 5",
        "5 | 1 3 2000 | 75  | no data_batch_2, expected all training batches from 1 to 3",
        "5 | 1 2      | 75  | no validation batches, expected some of data_batch_2000 to 2999",
        "5 | 1 2000   | 256 | images of 16875 values, expected JPEG batches of images of 256 x 256 pixels (datasets convert PHOTOS DIR --jpeg=256)"})
    void dataThatAreNotLikeImageNetAreRefused(int classes, String numbers, int side, String message) {
        Path path = TinyPhotos.write(folder.resolve("batches"), classes, Stream.of(numbers.split(" ")).map(Integer::valueOf).toList(), 1);
        assertThatThrownBy(() -> PhotoBatches.of(BatchDirectory.open(path), new Recipe.Photos(side, 1000))).isInstanceOf(InputException.class)
                .hasMessage(path + ": " + message);
    }

    @Test
    void batchesOfPixelsAreRefused() throws IOException {
        Path archive = folder.resolve("drawn.tar");
        DrawnArchive.write(new DrawnSet(1, 10, 10).cases(), archive);
        Path path = CachedBatches.of(archive, folder, Conversion.Progress.NONE).folder();
        assertThatThrownBy(() -> new RecipeRun(RECIPE, new RecipeRun.Setting(path, folder, 1, "cpu:0", 1))).isInstanceOf(InputException.class)
                .hasMessageStartingWith(path + ": batches of pixels, expected JPEG batches of images of 75 x 75 pixels");
    }

    @Test
    void anArchiveOfImagesIsConvertedToTheSizeOfTheRecipe() throws IOException {
        Path archive = folder.resolve("drawn.tar");
        DrawnArchive.write(new DrawnSet(1, 20, 10).cases(), archive);
        Path path = CachedBatches.of(archive, folder, TinyPhotos.SIDE, Conversion.Progress.NONE).folder();
        assertThat(PhotoBatches.of(BatchDirectory.open(path), RECIPE.photos()))
                .isEqualTo(new PhotoBatches(new BatchRange(1, 1), new BatchRange(2000, 2000), 10));
    }
}
