package org.cudaconvnet.datasets.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.assertj.core.data.Offset;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.archive.Digest;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.batch.BatchFile;
import org.cudaconvnet.datasets.image.DecodedImage;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.NumpyPickle;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionTest {
    private static final int NUM_VIS = 3072;

    @TempDir
    Path folder;
    private Path target;

    @BeforeEach
    void nameTheTarget() {
        target = folder.resolve("batches");
    }

    @Test
    void imageFoldersAreShuffledByTheSeedAndSplitIntoFiveBatches() throws IOException {
        BatchDirectory batches = convert(imageFolder("png"));
        assertThat(batches.batchNumbers()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(batches.meta().labelNames()).containsExactly("cat", "dog");
        assertThat(batches.meta().numVis()).isEqualTo(3 * 4 * 5);
        List<int[]> sorted = new ArrayList<>();
        for (int label = 0; label < 2; label++) {
            for (int i = 0; i < 6; i++) {
                sorted.add(new int[] {label, i});
            }
        }
        int[] permutation = new RandomState(Conversion.DEFAULT_SHUFFLE_SEED).permutation(12);
        double[] sum = new double[60];
        int place = 0;
        for (int number = 1; number <= 5; number++) {
            BatchFile batch = batches.read(number);
            for (int imageCase = 0; imageCase < batch.cases(); imageCase++) {
                int[] image = sorted.get(permutation[place++]);
                assertThat(batch.labels()[imageCase]).isEqualTo(image[0]);
                byte[] expected = channels(image[0], image[1]);
                assertThat(column(batch, imageCase)).isEqualTo(expected);
                for (int row = 0; row < sum.length; row++) {
                    sum[row] += expected[row] & 0xff;
                }
            }
        }
        assertThat(place).isEqualTo(12);
        for (int row = 0; row < sum.length; row++) {
            assertThat(batches.meta().dataMean()[row]).isEqualTo((float) (sum[row] / 12));
        }
        BatchFile test = batches.read(6);
        assertThat(test.labels()).containsExactly(0, 0, 1, 1);
        assertThat(column(test, 3)).isEqualTo(channels(1, 101));
    }

    @Test
    void theOrderOfTheArchiveDoesNotMatter() throws IOException {
        Map<String, byte[]> files = imageFolder("png");
        List<String> names = new ArrayList<>(files.keySet());
        Collections.shuffle(names, new Random(1));
        Map<String, byte[]> shuffled = new LinkedHashMap<>();
        names.forEach(name -> shuffled.put("top/" + name, files.get(name)));
        convert(files);
        byte[] first = Files.readAllBytes(target.resolve("data_batch_2"));
        target = folder.resolve("again");
        convert(shuffled);
        assertThat(target.resolve("data_batch_2")).hasBinaryContent(first);
    }

    @Test
    void jpegImagesAndFoldersOnDiskAreRead() throws IOException {
        Path source = folder.resolve("source");
        for (Map.Entry<String, byte[]> file : imageFolder("jpg").entrySet()) {
            Files.createDirectories(source.resolve(file.getKey()).getParent());
            Files.write(source.resolve(file.getKey()), file.getValue());
        }
        List<String> progress = Collections.synchronizedList(new ArrayList<>());
        BatchDirectory batches = Conversion.convert(source, target, new Conversion.Options(7, 2, 0, null),
                (done, total) -> progress.add(done + "/" + total));
        assertThat(batches.batchNumbers()).containsExactly(1, 2, 3);
        assertThat(progress).hasSize(16).endsWith("16/16");
        byte[] grey = column(batches.read(3), 0);
        byte[] drawn = channels(0, 100);
        for (int i = 0; i < grey.length; i++) {
            assertThat(grey[i] & 0xff).isCloseTo(drawn[i] & 0xff, Offset.offset(12));
        }
    }

    @Test
    void cifarsPythonVersionIsTransposedAndRenumbered() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[][] rows = randomRows(3);
        files.put("cifar-10-batches-py/test_batch", pythonBatch(rows[2], 1, 0));
        files.put("cifar-10-batches-py/data_batch_2", pythonBatch(rows[1], 0, 1));
        files.put("cifar-10-batches-py/readme.html", new byte[3]);
        files.put("cifar-10-batches-py/batches.meta", pickle(Map.of("label_names", List.of("cat", "dog"), "num_vis", NUM_VIS)));
        files.put("cifar-10-batches-py/data_batch_1", pythonBatch(rows[0], 0, 1));
        assertCifar(convert(files), rows);
    }

    @Test
    void cifarsBinaryVersionIsTransposedAndRenumbered() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[][] rows = randomRows(3);
        files.put("cifar-10-batches-bin/data_batch_1.bin", binaryBatch(rows[0], 0, 1));
        files.put("cifar-10-batches-bin/batches.meta.txt", "cat\ndog\n\n".getBytes(StandardCharsets.US_ASCII));
        files.put("cifar-10-batches-bin/data_batch_2.bin", binaryBatch(rows[1], 0, 1));
        files.put("cifar-10-batches-bin/test_batch.bin", binaryBatch(rows[2], 1, 0));
        assertCifar(convert(files), rows);
    }

    @Test
    void badImagesAreNamedAndLeaveNothing() throws IOException {
        Map<String, byte[]> files = imageFolder("png");
        byte[] good = files.get("train/cat/3.png");
        files.put("train/cat/3.png", Arrays.copyOf(good, good.length / 2));
        assertRefused(files, "entry train/cat/3.png: ");
        files.put("train/cat/3.png", encoded(new BufferedImage(4, 6, BufferedImage.TYPE_INT_RGB), "png"));
        assertRefused(files, " pixels, expected ");
        files.put("train/cat/3.png", "text".getBytes(StandardCharsets.US_ASCII));
        assertRefused(files, "entry train/cat/3.png: not an image, expected JPEG or PNG");
        Map<String, byte[]> jpegs = imageFolder("jpg");
        byte[] jpeg = jpegs.get("test/dog/100.jpg");
        jpegs.put("test/dog/100.jpg", Arrays.copyOf(jpeg, jpeg.length - 20));
        assertRefused(jpegs, "entry test/dog/100.jpg: damaged image: ");
    }

    @Test
    void filesTooLargeForAnImageAreRefusedBeforeTheyFillTheMemory() throws IOException {
        Map<String, byte[]> files = imageFolder("png");
        files.put("train/cat/3.png", new byte[(64 << 20) + 1]);
        assertRefused(files, "entry train/cat/3.png: more than 67108864 bytes");
    }

    @Test
    void aNegativeNumberOfTrainingBatchesIsRefused() {
        assertThatThrownBy(() -> new Conversion.Options(1, -1, 0, null)).isInstanceOf(DatasetException.class).hasMessageContaining("-1");
    }

    @Test
    void aTargetBelowAFileIsNamed() throws IOException {
        Path archive = archive(imageFolder("png"));
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Conversion.convert(archive, file.resolve("batches"), Conversion.Options.DEFAULT, Conversion.Progress.NONE))
                .isInstanceOf(DatasetException.class).hasMessageEndingWith(file + ": is there already");
    }

    @Test
    void imagesInUnexpectedPlacesAreNamed() throws IOException {
        Map<String, byte[]> files = imageFolder("png");
        byte[] png = files.get("train/cat/3.png");
        files.put("valid/cat/3.png", png);
        assertRefused(files, "entry valid/cat/3.png: expected images in train/CLASS or test/CLASS");
        files.remove("valid/cat/3.png");
        files.put("test/cow/3.png", png);
        assertRefused(files, "entry test/cow/3.png: class cow, expected one of the training classes [cat, dog]");
        files.keySet().removeIf(name -> name.startsWith("test"));
        assertRefused(files, "no test images");
        assertRefused(Map.of("readme", new byte[1]), "0 training images, expected at least 5");
    }

    @Test
    void incompleteOrWrongCifarArchivesAreNamed() throws IOException {
        byte[] rows = randomRows(1)[0];
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("data_batch_1.bin", binaryBatch(rows, 0, 1));
        files.put("data_batch_3.bin", binaryBatch(rows, 0, 1));
        assertRefused(files, "training batches [1, 3], expected each number from 1 once");
        files.remove("data_batch_3.bin");
        assertRefused(files, "no file test_batch.bin or several");
        files.put("test_batch.bin", binaryBatch(rows, 0, 2));
        files.put("batches.meta.txt", "cat\ndog".getBytes(StandardCharsets.US_ASCII));
        assertRefused(files, "label 2, expected 0 to 1");
        files.put("test_batch.bin", new byte[3074]);
        assertRefused(files, "entry test_batch.bin: 3074 bytes, expected a multiple of 3073");
        Map<String, byte[]> python = new LinkedHashMap<>();
        python.put("batches.meta", pickle(Map.of("label_names", List.of("cat", "dog"))));
        python.put("test_batch", pythonBatch(rows, 0, 1));
        python.put("data_batch_1", pickle(Map.of("data", NumpyArray.ofBytes(rows, 1, 2 * NUM_VIS), "labels", List.of(0, 1))));
        assertRefused(python, "entry data_batch_1: data is an array of |u1 [1, 6144], expected unsigned bytes with a row for each of 2 labels");
    }

    @Test
    void truncatedAndAlteredArchivesAreRefusedBeforeAnythingIsWritten() throws IOException {
        Path archive = archive(imageFolder("png"));
        byte[] whole = Files.readAllBytes(archive);
        String digest = Digest.of(archive, "SHA-256");
        Conversion.convert(archive, folder.resolve("whole"), new Conversion.Options(1, 0, 0, digest), Conversion.Progress.NONE);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Conversion.convert(archive, target, Conversion.Options.DEFAULT, Conversion.Progress.NONE))
                .isInstanceOf(DatasetException.class).hasMessageStartingWith(archive + ": ");
        assertThatThrownBy(() -> Conversion.convert(archive, target, new Conversion.Options(1, 0, 0, digest), Conversion.Progress.NONE))
                .isInstanceOf(DatasetException.class).hasMessageContaining("expected " + digest);
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR, BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_BYTE_BINARY})
    void pixelsOfEveryKindOfPngComeOutAsStored(int type) throws IOException {
        BufferedImage image = new BufferedImage(2, 1, type);
        int shade = type == BufferedImage.TYPE_BYTE_BINARY ? 255 : 51;
        if (type == BufferedImage.TYPE_BYTE_GRAY) {
            image.getRaster().setSample(1, 0, 0, shade);
        } else {
            image.setRGB(1, 0, new Color(shade, shade, shade).getRGB());
        }
        byte value = (byte) shade;
        assertThat(DecodedImage.decode(encoded(image, "png")).channels()).containsExactly(0, value, 0, value, 0, value);
    }

    private void assertRefused(Map<String, byte[]> files, String reason) throws IOException {
        Path archive = archive(files);
        assertThatThrownBy(() -> Conversion.convert(archive, target, Conversion.Options.DEFAULT, Conversion.Progress.NONE))
                .isInstanceOf(DatasetException.class).hasMessageStartingWith(archive + ": ").hasMessageContaining(reason);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(archive);
        }
    }

    private static void assertCifar(BatchDirectory batches, byte[][] rows) {
        assertThat(batches.batchNumbers()).containsExactly(1, 2, 3);
        assertThat(batches.meta().labelNames()).containsExactly("cat", "dog");
        assertThat(batches.meta().numCasesPerBatch()).isEqualTo(2);
        for (int batch = 0; batch < 3; batch++) {
            for (int imageCase = 0; imageCase < 2; imageCase++) {
                assertThat(column(batches.read(batch + 1), imageCase))
                        .isEqualTo(Arrays.copyOfRange(rows[batch], imageCase * NUM_VIS, (imageCase + 1) * NUM_VIS));
            }
        }
        assertThat(batches.read(1).labels()).containsExactly(0, 1);
        assertThat(batches.read(3).labels()).containsExactly(1, 0);
        int sum = IntStream.of(0, NUM_VIS).map(i -> (rows[0][i] & 0xff) + (rows[1][i] & 0xff)).sum();
        assertThat(batches.meta().dataMean()[0]).isEqualTo(sum / 4f);
    }

    private BatchDirectory convert(Map<String, byte[]> files) throws IOException {
        return Conversion.convert(archive(files), target, Conversion.Options.DEFAULT, Conversion.Progress.NONE);
    }

    private Path archive(Map<String, byte[]> files) throws IOException {
        Path archive = folder.resolve("archive");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive)); TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }

    /** Six training and two test images of 5 x 4 pixels for each of two classes. */
    private static Map<String, byte[]> imageFolder(String format) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String[] classes = {"cat", "dog"};
        for (int label = 0; label < 2; label++) {
            for (int i : new int[] {0, 1, 2, 3, 4, 5, 100, 101}) {
                BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
                byte[] channels = channels(label, i);
                for (int p = 0; p < 20; p++) {
                    image.setRGB(p % 5, p / 5, new Color(channels[p] & 0xff, channels[20 + p] & 0xff, channels[40 + p] & 0xff).getRGB());
                }
                files.put((i < 100 ? "train/" : "test/") + classes[label] + "/" + i + "." + format, encoded(image, format));
            }
        }
        return files;
    }

    /** Smooth, so that JPEG keeps it well, and different for all images. */
    private static byte[] channels(int label, int i) {
        byte[] channels = new byte[60];
        for (int p = 0; p < 60; p++) {
            channels[p] = (byte) (60 * label + i + 2 * p);
        }
        return channels;
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static byte[][] randomRows(int batches) {
        byte[][] rows = new byte[batches][2 * NUM_VIS];
        Random random = new Random(1);
        for (byte[] batch : rows) {
            random.nextBytes(batch);
        }
        return rows;
    }

    private static byte[] pythonBatch(byte[] rows, Integer... labels) throws IOException {
        Map<String, Object> batch = new LinkedHashMap<>();
        batch.put("batch_label", "a batch");
        batch.put("labels", List.of(labels));
        batch.put("data", NumpyArray.ofBytes(rows, labels.length, NUM_VIS));
        return pickle(batch);
    }

    private static byte[] binaryBatch(byte[] rows, int... labels) {
        byte[] records = new byte[labels.length * (1 + NUM_VIS)];
        for (int i = 0; i < labels.length; i++) {
            records[i * (1 + NUM_VIS)] = (byte) labels[i];
            System.arraycopy(rows, i * NUM_VIS, records, i * (1 + NUM_VIS) + 1, NUM_VIS);
        }
        return records;
    }

    private static byte[] pickle(Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NumpyPickle.write(value, out);
        return out.toByteArray();
    }

    private static byte[] column(BatchFile batch, int imageCase) {
        byte[] data = batch.data().bytes();
        byte[] column = new byte[data.length / batch.cases()];
        for (int row = 0; row < column.length; row++) {
            column[row] = data[row * batch.cases() + imageCase];
        }
        return column;
    }
}
