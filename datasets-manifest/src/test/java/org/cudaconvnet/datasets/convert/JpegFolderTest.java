package org.cudaconvnet.datasets.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.batch.ColorPca;
import org.cudaconvnet.datasets.batch.JpegBatch;
import org.cudaconvnet.datasets.image.DecodedImage;
import org.cudaconvnet.datasets.image.SquareCrop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JpegFolderTest {
    private static final int SIZE = 32;

    @TempDir
    Path folder;

    @Test
    void imagesOfAnySizeBecomeSquaresInNumberedBatches() throws IOException {
        for (int i = 0; i < 5; i++) {
            write("train/cat/" + i + ".png", 40 + i, 90, Color.RED);
            write("train/dog/" + i + ".jpg", 70, 33 + i, Color.BLUE);
        }
        write("test/dog/0.png", 300, 200, Color.GREEN);
        BatchDirectory batches = convert(SIZE);
        assertThat(batches.batchNumbers()).containsExactly(1, 2000);
        assertThat(batches.holdsJpegs()).isTrue();
        assertThat(batches.meta().numVis()).isEqualTo(3 * SIZE * SIZE);
        assertThat(batches.meta().labelNames()).containsExactly("cat", "dog");
        JpegBatch train = batches.readJpegs(1);
        assertThat(train.labels()).hasSize(10).contains(0, 1);
        for (int i = 0; i < 10; i++) {
            DecodedImage image = DecodedImage.decode(train.images().get(i));
            assertThat(List.of(image.width(), image.height())).containsExactly(SIZE, SIZE);
            int red = image.channels()[SIZE * SIZE / 2] & 0xff;
            assertThat(red > 128).isEqualTo(train.labels()[i] == 0);
        }
        assertThat(batches.readJpegs(2000).labels()).containsExactly(1);
        try (Stream<Path> files = Files.list(folder.resolve("batches"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("batches.meta", "data_batch_1", "data_batch_2000");
        }
    }

    @Test
    void jpegFilesOfTheWantedSizeKeepTheirBytes() throws IOException {
        write("train/cat/0.jpg", SIZE, SIZE, Color.ORANGE);
        write("test/cat/0.jpg", SIZE, SIZE, Color.PINK);
        assertThat(convert(SIZE).readJpegs(1).images().get(0)).isEqualTo(Files.readAllBytes(folder.resolve("images/train/cat/0.jpg")));
    }

    @Test
    void colourComponentsAreThoseOfThePixels() throws IOException {
        // Colours spread along (2, 1, 0) around the mean, and a tenth as far along blue.
        Random random = new Random(3);
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIZE * SIZE; i++) {
            int step = random.nextInt(41) - 20;
            image.setRGB(i % SIZE, i / SIZE, new Color(128 + 2 * step, 128 + step, 128 + random.nextInt(5) - 2).getRGB());
        }
        ImageIO.write(image, "png", file("train/one/0.png").toFile());
        write("test/one/0.png", SIZE, SIZE, Color.BLACK);
        ColorPca pca = convert(SIZE).jpegMeta().colorPca();
        float[] vectors = pca.eigenvectors();
        assertThat(vectors[0] / vectors[3]).isCloseTo(2f, Offset.offset(0.02f));
        assertThat(vectors[6]).isCloseTo(0f, Offset.offset(0.02f));
        // A uniform integer from -n to n has the variance n (n + 1) / 3.
        assertThat(pca.stdevs()[0]).isCloseTo((float) Math.sqrt(5 * 20 * 21 / 3.0), Offset.offset(1.5f));
        assertThat(pca.stdevs()[1]).isCloseTo((float) Math.sqrt(2), Offset.offset(0.15f));
        assertThat(pca.stdevs()[2]).isCloseTo(0f, Offset.offset(0.1f));
    }

    @Test
    void squaresAreTheMiddleOfTheImage() {
        byte[] channels = new byte[3 * 4 * 12];
        for (int i = 0; i < channels.length; i++) {
            int x = i % 12;
            channels[i] = (byte) (x < 4 || x > 7 ? 200 : 10);
        }
        DecodedImage square = SquareCrop.of(new DecodedImage(12, 4, channels), 2);
        assertThat(square.channels()).hasSize(12).containsOnly((byte) 10);
    }

    @Test
    void damagedImagesStopTheConversionAndLeaveNothing() throws IOException {
        write("train/cat/0.png", 40, 40, Color.RED);
        write("test/cat/0.png", 40, 40, Color.RED);
        Files.write(file("train/cat/1.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2, 3});
        assertThatThrownBy(() -> convert(SIZE)).isInstanceOf(DatasetException.class).hasMessageContaining("train/cat/1.jpg");
        assertThat(folder.resolve("batches")).doesNotExist();
        assertThatThrownBy(() -> new Conversion.Options(1, 0, -1, null)).hasMessageContaining("-1");
    }

    private BatchDirectory convert(int size) {
        return Conversion.convert(folder.resolve("images"), folder.resolve("batches"), new Conversion.Options(1, 0, size, null),
                Conversion.Progress.NONE);
    }

    private void write(String name, int width, int height, Color color) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, color.getRGB());
        }
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file(name).toFile());
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve("images").resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }
}
