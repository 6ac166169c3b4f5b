package org.cudaconvnet.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.batch.BatchDirectoryWriter;
import org.cudaconvnet.datasets.batch.BatchMeta;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers on a tiny set: images of 3 x 6 x 6 whose pixel (channel, y, x) of case c in batch b is known. */
class DataProvidersTest {
    private static final int SIZE = 6;
    private static final int NUM_VIS = 3 * SIZE * SIZE;
    private static final int CASES = 70;
    private static final DataProviders.Options CROP_ONE = new DataProviders.Options(false, 1, false);
    private static final DataProviders.Options TEN_VIEWS = new DataProviders.Options(true, 1, true);

    @TempDir
    Path folder;
    private Path batches;

    @BeforeEach
    void writeThreeBatches() {
        batches = folder.resolve("batches");
        float[] mean = new float[NUM_VIS];
        for (int row = 0; row < NUM_VIS; row++) {
            mean[row] = mean(row);
        }
        try (BatchDirectoryWriter writer = BatchDirectoryWriter.create(batches)) {
            for (int batch = 1; batch <= 3; batch++) {
                byte[] pixels = new byte[NUM_VIS * CASES];
                int[] labels = new int[CASES];
                for (int imageCase = 0; imageCase < CASES; imageCase++) {
                    labels[imageCase] = label(batch, imageCase);
                    for (int row = 0; row < NUM_VIS; row++) {
                        pixels[row * CASES + imageCase] = (byte) pixel(batch, row, imageCase);
                    }
                }
                writer.write(batch, pixels, labels);
            }
            writer.finish(new BatchMeta(NUM_VIS, List.of("cat", "dog"), mean, CASES));
        }
    }

    private static HostMatrix stored(DataProvider.Batch batch, int dataIdx) {
        return (HostMatrix) batch.matrices().get(dataIdx);
    }

    @Test
    void cifarDeliversWholeImagesMinusTheMean() {
        DataProvider provider = open("cifar", List.of(2), CROP_ONE);
        DataProvider.Batch batch = provider.nextBatch();
        assertThat(batch.cases()).isEqualTo(CASES);
        assertThat(provider.dataDims(0)).isEqualTo(NUM_VIS);
        assertThat(provider.dataDims(1)).isEqualTo(1);
        HostMatrix data = stored(batch, 0);
        for (int row = 0; row < NUM_VIS; row++) {
            assertThat(data.get(row, 7)).isEqualTo(pixel(2, row, 7) - mean(row));
        }
        assertThat(stored(batch, 1).get(0, 7)).isEqualTo(label(2, 7));
        assertThat(provider.numClasses()).isEqualTo(2);
    }

    @Test
    void thePositionWrapsIntoTheNextEpoch() {
        DataProvider provider = open("cifar", List.of(1, 2, 3), CROP_ONE);
        assertThat(positions(provider, 4)).containsExactly("1.1", "1.2", "1.3", "2.1");
        assertThat(provider.epoch() + "." + provider.batchNumber()).isEqualTo("2.2");
        provider.seek(7, 3);
        assertThat(positions(provider, 2)).containsExactly("7.3", "8.1");
        assertThatThrownBy(() -> provider.seek(1, 4)).isInstanceOf(InputException.class).hasMessageContaining("a batch of [1, 2, 3]");
    }

    @Test
    void anEmptyRangeMeansAllBatches() {
        assertThat(open("cifar", List.of(), CROP_ONE).batchRange()).containsExactly(1, 2, 3);
    }

    @Test
    void theMatricesOfTheBatchBeforeStayValid() {
        DataProvider provider = open("cifar", List.of(1, 2), CROP_ONE);
        float[] first = stored(provider.nextBatch(), 0).values();
        float[] copy = first.clone();
        provider.nextBatch();
        assertThat(first).isEqualTo(copy);
    }

    @Test
    void theOnlyBatchOfARangeIsDeliveredFromOneBufferUnlessItIsRandom() {
        DataProvider testing = open("cifar-cropped", List.of(1), TEN_VIEWS);
        assertThat(testing.nextBatch().matrices()).isSameAs(testing.nextBatch().matrices());
        DataProvider training = open("cifar-cropped", List.of(1), CROP_ONE);
        float[] first = stored(training.nextBatch(), 0).values();
        assertThat(stored(training.nextBatch(), 0).values()).isNotSameAs(first).isNotEqualTo(first);
    }

    @Test
    @DisplayName("training crops draw y, x and mirror (0: mirrored) per image and subtract the central crop of the mean")
    void trainingCropsFollowTheOrderOfDraws() {
        HostMatrix data = stored(open("cifar-cropped", List.of(1), CROP_ONE).nextBatch(), 0);
        RandomState same = new RandomState(3);
        int inner = SIZE - 2;
        assertThat(data.rows()).isEqualTo(3 * inner * inner);
        for (int imageCase = 0; imageCase < CASES; imageCase++) {
            int startY = same.randint(0, 3);
            int startX = same.randint(0, 3);
            boolean mirrored = same.randint(2) == 0;
            assertView(data, imageCase, imageCase, startY, startX, mirrored);
        }
    }

    @Test
    void testCropsAreCentralAndDrawNothing() {
        RandomState random = new RandomState(3);
        RandomState.State before = random.state();
        DataProvider provider = DataProviders.open("cifar-cropped", batches, List.of(1), new DataProviders.Options(true, 1, false), random);
        HostMatrix data = stored(provider.nextBatch(), 0);
        assertThat(provider.numViews()).isEqualTo(1);
        assertView(data, 69, 69, 1, 1, false);
        assertThat(random.state()).isEqualTo(before);
    }

    @Test
    void tenViewsLieSideBySideWithTheLabelsRepeated() {
        DataProvider provider = open("cifar-cropped", List.of(1), TEN_VIEWS);
        DataProvider.Batch batch = provider.nextBatch();
        assertThat(provider.numViews()).isEqualTo(10);
        int[][] offsets = {{0, 0}, {0, 2}, {1, 1}, {2, 0}, {2, 2}};
        for (int view = 0; view < 10; view++) {
            for (int imageCase : new int[] {0, 65}) {
                int col = view * CASES + imageCase;
                assertView(stored(batch, 0), col, imageCase, offsets[view % 5][0], offsets[view % 5][1], view >= 5);
                assertThat(stored(batch, 1).get(0, col)).isEqualTo(label(1, imageCase));
            }
        }
    }

    @Test
    @DisplayName("dummy-cn-D draws data case by case, then labels (spec: random.md section 1)")
    void dummyDataFollowTheOrderOfDraws() {
        DataProvider provider = open("dummy-cn-12", List.of(5), CROP_ONE);
        DataProvider.Batch batch = provider.nextBatch();
        RandomState same = new RandomState(3);
        for (int imageCase = 0; imageCase < 512; imageCase++) {
            for (int row = 0; row < 12; row++) {
                assertThat(stored(batch, 0).get(row, imageCase)).isEqualTo((float) same.rand());
            }
        }
        for (int imageCase = 0; imageCase < 512; imageCase++) {
            assertThat(stored(batch, 1).get(0, imageCase)).isEqualTo(same.randomIntegers(0, 9));
        }
        assertThat(batch.matrices()).hasSize(2);
        assertThat(positions(provider, 2)).containsExactly("2.1", "3.1");
        DataProvider withGates = open("dummy-lr-12", List.of(), CROP_ONE);
        assertThat(stored(withGates.nextBatch(), 2).cols()).isEqualTo(512);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inet-lr-cropped", "dummy-cn-0", "dummy-cn", "dummy-xx-3", ""})
    void unknownProvidersAreNamed(String name) {
        assertThatThrownBy(() -> open(name, List.of(1), CROP_ONE)).isInstanceOf(InputException.class)
                .hasMessageContaining("data provider " + name + ", expected one of cifar, cifar-cropped");
    }

    @Test
    void badRangesAndBordersAreNamed() {
        assertThatThrownBy(() -> open("cifar", List.of(3, 4), CROP_ONE)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("no data_batch_4, expected one of the batches [1, 2, 3]");
        assertThatThrownBy(() -> open("cifar-cropped", List.of(1), new DataProviders.Options(false, 3, false)))
                .hasMessageContaining("crop border 3, expected 0 to 2 for images of 6 x 6");
        assertThatThrownBy(() -> DataProviders.open("cifar", folder, List.of(1), CROP_ONE, new RandomState(0)))
                .hasMessageContaining("no batches.meta");
    }

    private DataProvider open(String name, List<Integer> range, DataProviders.Options options) {
        return DataProviders.open(name, batches, range, options, new RandomState(3));
    }

    private static List<String> positions(DataProvider provider, int count) {
        List<String> positions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DataProvider.Batch batch = provider.nextBatch();
            positions.add(batch.epoch() + "." + batch.batchNumber());
        }
        return positions;
    }

    /** Compares column {@code col} with the crop of image {@code imageCase} of batch 1. */
    private static void assertView(HostMatrix data, int col, int imageCase, int startY, int startX, boolean mirrored) {
        int inner = SIZE - 2;
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < inner; y++) {
                for (int x = 0; x < inner; x++) {
                    int sourceX = startX + (mirrored ? inner - 1 - x : x);
                    float pixel = pixel(1, row(channel, startY + y, sourceX), imageCase);
                    float mean = mean(row(channel, 1 + y, 1 + x));
                    assertThat(data.get((channel * inner + y) * inner + x, col)).isEqualTo(pixel - mean);
                }
            }
        }
    }

    private static int row(int channel, int y, int x) {
        return (channel * SIZE + y) * SIZE + x;
    }

    private static int pixel(int batch, int row, int imageCase) {
        return (row * 37 + imageCase * 101 + batch * 11) & 0xff;
    }

    private static float mean(int row) {
        return row * .7f + .1f;
    }

    private static int label(int batch, int imageCase) {
        return (batch + imageCase / 3) % 2;
    }
}
