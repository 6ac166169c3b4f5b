package org.cudaconvnet.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cudaconvnet.datasets.batch.BatchDirectoryWriter;
import org.cudaconvnet.datasets.batch.BatchMeta;
import org.cudaconvnet.datasets.batch.ColorPca;
import org.cudaconvnet.datasets.batch.JpegBatch;
import org.cudaconvnet.datasets.batch.JpegMeta;
import org.cudaconvnet.datasets.image.DecodedImage;
import org.cudaconvnet.datasets.image.SquareCrop;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.DataMatrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CroppedJpegProviderTest {
    private static final int SIZE = 16;
    private static final int BORDER = 2;
    private static final int INNER = SIZE - 2 * BORDER;
    private static final int NUM_VIS = 3 * SIZE * SIZE;
    private static final int IMAGES = 70;
    private static final ColorPca PCA = new ColorPca(new float[] {9, 4, 1}, new float[] {0.6f, 0.8f, 0, 0.8f, -0.6f, 0, 0, 0, 1});

    @TempDir
    Path folder;
    private final List<byte[]> files = new ArrayList<>();
    private final float[] mean = new float[NUM_VIS];

    @BeforeEach
    void drawImages() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < IMAGES; i++) {
            files.add(jpeg(SIZE, SIZE, random));
        }
        for (int row = 0; row < NUM_VIS; row++) {
            mean[row] = 100 + row % 17;
        }
    }

    @Test
    void chunksOfThirtyTwoShareOneCrop() throws IOException {
        store(new JpegMeta(1024, 0, false, null));
        DataMatrix data = open(training(0), new RandomState(7)).nextBatch().matrices().get(0);
        RandomState same = new RandomState(7);
        float[] columns = columns(data);
        for (int first = 0; first < IMAGES; first += 32) {
            Crop crop = Crop.random(BORDER, same);
            for (int image = first; image < Math.min(first + 32, IMAGES); image++) {
                assertCrop(columns, data.cols(), image, image, crop, 0, 1);
            }
        }
    }

    @Test
    void colourNoiseShiftsWholeChannelsAlongTheComponentsAndDividesEverything() throws IOException {
        store(new JpegMeta(1024, 0, false, PCA));
        DataProvider.Batch batch = open(training(0.1f), new RandomState(7)).nextBatch();
        float[][] noise = new ColorNoise(0.1f, PCA, 3).draw(1, 1, IMAGES);
        RandomState same = new RandomState(7);
        Crop crop = Crop.random(BORDER, same);
        float[] columns = columns(batch.matrices().get(0));
        for (int image = 0; image < 32; image++) {
            for (int channel = 0; channel < 3; channel++) {
                assertCrop(columns, IMAGES, image, image, crop, noise[image][channel], 1.1f, channel);
            }
        }
        double largest = Arrays.stream(noise).mapToDouble(shift -> Math.abs(shift[0] * 0.6 + shift[1] * 0.8)).average().getAsDouble();
        // The mean of |N(0, 0.1 * 9)|, whatever the seed, is near 0.72.
        assertThat(largest).isBetween(0.5, 0.95);
    }

    @Test
    void tenViewsOfEveryImageFollowEachOtherWithTheLabelsRepeated() throws IOException {
        store(new JpegMeta(1024, 0, false, PCA));
        DataProvider provider = DataProviders.open("inet-lr-cropped-jpeg", folder.resolve("batches"), List.of(1),
                new DataProviders.Options(true, BORDER, true, 0.1f, 0, 3), new RandomState(1));
        DataProvider.Batch batch = provider.nextBatch();
        assertThat(provider.numViews()).isEqualTo(10);
        assertThat(batch.cases()).isEqualTo(10 * IMAGES);
        float[] columns = columns(batch.matrices().get(0));
        float[] labels = columns(batch.matrices().get(1));
        List<Crop> views = Crop.testViews(BORDER, true);
        for (int view = 0; view < 10; view++) {
            assertCrop(columns, batch.cases(), view * IMAGES + 69, 69, views.get(view), 0, 1);
            assertThat(labels[view * IMAGES + 69]).isEqualTo(69 % 5);
        }
    }

    @Test
    void aSliceOfColumnsIsThatOfTheWhole() throws IOException {
        store(new JpegMeta(1024, 0, false, null));
        DataMatrix data = open(training(0), new RandomState(7)).nextBatch().matrices().get(0);
        float[] whole = columns(data);
        float[] slice = new float[data.rows() * 10];
        data.copyColumns(30, 40, slice);
        for (int row = 0; row < data.rows(); row++) {
            assertThat(Arrays.copyOfRange(slice, row * 10, row * 10 + 10))
                    .isEqualTo(Arrays.copyOfRange(whole, row * IMAGES + 30, row * IMAGES + 40));
        }
    }

    @Test
    void whatIsNoImageIsLeftOutWithItsLabel() throws IOException {
        files.set(1, new byte[] {1, 2, 3, 4});
        store(new JpegMeta(1024, 0, false, null));
        DataProvider.Batch batch = open(training(0), new RandomState(7)).nextBatch();
        assertThat(batch.cases()).isEqualTo(IMAGES - 1);
        assertThat(columns(batch.matrices().get(1))).startsWith(0, 2, 3, 4, 0);
    }

    @Test
    void smallImagesAreCentredOnACanvasOfTheMeanWhereNothingIsCropped() throws IOException {
        files.set(0, jpeg(SIZE, 10, new Random(1)));
        store(new JpegMeta(1024, 0, true, null));
        DataMatrix data = DataProviders.open("inet-lr-cropped-jpeg", folder.resolve("batches"), List.of(1),
                new DataProviders.Options(true, 0, false, 0, 0, 3), new RandomState(1)).nextBatch().matrices().get(0);
        double sum = 0;
        for (float value : mean) {
            sum += value;
        }
        float scalar = (float) (sum / NUM_VIS);
        float[] columns = columns(data);
        assertThat(columns[0]).isEqualTo((int) scalar - scalar);
        int pixel = DecodedImage.decode(files.get(0)).channels()[0] & 0xff;
        assertThat(columns[3 * SIZE * IMAGES]).isEqualTo(pixel - scalar);
    }

    @Test
    void badInputIsNamed() throws IOException {
        store(new JpegMeta(1024, 0, false, null));
        assertThatThrownBy(() -> open(training(0.1f), new RandomState(1))).isInstanceOf(InputException.class).hasMessageContaining("color_pca");
        assertThatThrownBy(() -> DataProviders.open("inet-lr-cropped-jpeg", folder.resolve("batches"), List.of(3), training(0), null))
                .isInstanceOf(InputException.class).hasMessageContaining("data_batch_3");
        assertThatThrownBy(() -> DataProviders.open("inet-lr-cropped-jpeg", folder.resolve("batches"), List.of(1),
                new DataProviders.Options(false, 8, false), null)).isInstanceOf(InputException.class).hasMessageContaining("crop border 8");
    }

    private static DataProviders.Options training(float colorNoise) {
        return new DataProviders.Options(false, BORDER, false, colorNoise, 0, 3);
    }

    private DataProvider open(DataProviders.Options options, RandomState random) {
        return DataProviders.open("inet-lr-cropped-jpeg", folder.resolve("batches"), List.of(1), options, random);
    }

    private void store(JpegMeta meta) {
        try (BatchDirectoryWriter writer = BatchDirectoryWriter.create(folder.resolve("batches"))) {
            List<JpegBatch.Image> images = new ArrayList<>();
            for (int i = 0; i < IMAGES; i++) {
                images.add(new JpegBatch.Image(files.get(i), 500, 400, "n0" + i, i % 5));
            }
            writer.writeJpegs(1, images);
            writer.finish(new BatchMeta(NUM_VIS, List.of("a", "b", "c", "d", "e"), mean, 1024), meta);
        }
    }

    private static byte[] jpeg(int width, int height, Random random) throws IOException {
        byte[] channels = new byte[3 * width * height];
        random.nextBytes(channels);
        DecodedImage image = new DecodedImage(width, height, channels);
        return SquareCrop.jpeg(image);
    }

    private static float[] columns(DataMatrix matrix) {
        float[] values = new float[matrix.rows() * matrix.cols()];
        matrix.copyColumns(0, matrix.cols(), values);
        return values;
    }

    private void assertCrop(float[] columns, int cols, int col, int image, Crop crop, float shift, float divisor) throws IOException {
        for (int channel = 0; channel < 3; channel++) {
            assertCrop(columns, cols, col, image, crop, shift, divisor, channel);
        }
    }

    private void assertCrop(float[] columns, int cols, int col, int image, Crop crop, float shift, float divisor, int channel)
            throws IOException {
        byte[] pixels = DecodedImage.decode(files.get(image)).channels();
        for (int y = 0; y < INNER; y++) {
            for (int x = 0; x < INNER; x++) {
                int sourceX = crop.startX() + (crop.mirrored() ? INNER - 1 - x : x);
                int pixel = pixels[(channel * SIZE + crop.startY() + y) * SIZE + sourceX] & 0xff;
                float expected = (pixel - mean[(channel * SIZE + BORDER + y) * SIZE + BORDER + x] + shift) / divisor;
                assertThat(columns[((channel * INNER + y) * INNER + x) * cols + col]).isEqualTo(expected);
            }
        }
    }
}
