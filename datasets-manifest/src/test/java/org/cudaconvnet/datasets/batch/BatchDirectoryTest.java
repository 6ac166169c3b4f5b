package org.cudaconvnet.datasets.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.NumpyPickle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchDirectoryTest {
    private static final BatchMeta META = new BatchMeta(3, List.of("cat", "dog"), new float[] {1, 2, 3}, 2);
    private static final byte[] PIXELS = {0, 1, 2, 3, -2, -1};

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path target = folder.resolve("new/batches");
        try (BatchDirectoryWriter writer = BatchDirectoryWriter.create(target)) {
            writer.write(1, PIXELS, new int[] {0, 1});
            writer.write(12, PIXELS, new int[] {1, 1});
            assertThat(target).doesNotExist();
            writer.finish(META);
        }
        BatchDirectory directory = BatchDirectory.open(target);
        assertThat(directory.batchNumbers()).containsExactly(1, 12);
        assertThat(directory.meta()).usingRecursiveComparison().isEqualTo(META);
        BatchFile batch = directory.read(12);
        assertThat(batch.data()).isEqualTo(NumpyArray.ofBytes(PIXELS, 3, 2));
        assertThat(batch.labels()).containsExactly(1, 1);
        try (var files = Files.list(target.getParent())) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void anUnfinishedDirectoryDisappears() throws IOException {
        try (BatchDirectoryWriter writer = BatchDirectoryWriter.create(folder.resolve("batches"))) {
            writer.write(1, PIXELS, new int[] {0, 1});
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDirectoryWithFilesIsNotOverwritten() throws IOException {
        Files.writeString(folder.resolve("precious"), "data");
        assertThatThrownBy(() -> BatchDirectoryWriter.create(folder)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("is there already, expected a new directory");
    }

    @Test
    void subBatchesAreStackedByRowsWithTheLabelsOfTheFirst() throws IOException {
        writeMeta(META.asDictionary());
        pickle("data_batch_1.1", batch(NumpyArray.ofBytes(new byte[] {0, 1, 2, 3}, 2, 2), List.of(1, 0)));
        pickle("data_batch_1.2", batch(NumpyArray.ofBytes(new byte[] {4, 5}, 1, 2), List.of(0, 0)));
        BatchFile batch = BatchDirectory.open(folder).read(1);
        assertThat(batch.data()).isEqualTo(NumpyArray.ofBytes(new byte[] {0, 1, 2, 3, 4, 5}, 3, 2));
        assertThat(batch.labels()).containsExactly(1, 0);
    }

    @Test
    void subBatchesOfDifferentWidthAreRefused() throws IOException {
        writeMeta(META.asDictionary());
        pickle("data_batch_1.1", batch(NumpyArray.ofBytes(new byte[] {0, 1, 2, 3}, 2, 2), List.of(1, 0)));
        pickle("data_batch_1.2", batch(NumpyArray.ofBytes(new byte[] {4}, 1, 1), List.of(0)));
        assertThatThrownBy(() -> BatchDirectory.open(folder).read(1))
                .hasMessage(folder.resolve("data_batch_1.2") + ": data of 1 columns, expected 2 as in data_batch_1.1");
    }

    @Test
    void compressedBatchesAndLabelsInAnArrayAreRead() throws IOException {
        writeMeta(META.asDictionary());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("data_batch_1")))) {
            NumpyPickle.write(batch(NumpyArray.ofFloats(new float[] {.5f, 1, 2, 3, 4, 5}, 3, 2),
                    NumpyArray.ofFloats(new float[] {1, 0}, 2, 1)), out);
        }
        BatchFile batch = BatchDirectory.open(folder).read(1);
        assertThat(batch.data().floats()).containsExactly(.5f, 1, 2, 3, 4, 5);
        assertThat(batch.labels()).containsExactly(1, 0);
    }

    @Test
    void badBatchesAreNamedWithWhatWasFoundAndExpected() throws IOException {
        NumpyArray good = NumpyArray.ofBytes(PIXELS, 3, 2);
        assertRefused(batch(NumpyArray.ofBytes(PIXELS, 2, 3), List.of(0, 1, 1)),
                "data is 2 x 3, expected 3 x 3: a row for each of num_vis in batches.meta, a column for each label");
        assertRefused(batch(good, List.of(0, 1, 1)), "data is 3 x 2, expected 3 x 3");
        assertRefused(batch(good, List.of(0, 2)), "label 2 of case 1, expected 0 to 1");
        assertRefused(batch(good, List.of(0, "dog")), "key labels holds text, expected an integer");
        assertRefused(batch(NumpyArray.ofFloats(new float[] {0, 0, 0, Float.NaN, 0, 0}, 3, 2), List.of(0, 1)),
                "data holds NaN in row 1 of case 1, expected finite numbers");
        assertRefused(batch(NumpyArray.ofInts(new int[6], 3, 2), List.of(0, 1)), "data is an array of <i4 [3, 2], expected unsigned bytes");
        assertRefused(batch("text", List.of(0, 1)), "key data holds text, expected an array");
        assertRefused(Map.of("labels", List.of(0, 1)), "no key data among [labels]");
        assertRefused(List.of(), "pickle of a list, expected a dictionary");
        assertRefused(batch(NumpyArray.ofBytes(new byte[0], 3, 0), List.of()), "no cases");
    }

    @Test
    void badMetaDataAreNamed() throws IOException {
        Map<String, Object> meta = META.asDictionary();
        meta.put("data_mean", NumpyArray.ofFloats(new float[] {1, 2}, 2, 1));
        writeMeta(meta);
        assertThatThrownBy(() -> BatchDirectory.open(folder))
                .hasMessage(folder.resolve("batches.meta") + ": data_mean of 2 values, expected 3 as num_vis says");
        meta.put("data_mean", NumpyArray.ofFloats(new float[] {1, Float.NaN, 3}, 3, 1));
        writeMeta(meta);
        assertThatThrownBy(() -> BatchDirectory.open(folder)).hasMessageContaining("data_mean holds NaN at 1");
        meta.remove("label_names");
        writeMeta(meta);
        assertThatThrownBy(() -> BatchDirectory.open(folder)).hasMessageContaining("no key label_names among [");
        assertThatThrownBy(() -> BatchDirectory.open(folder.resolve("none"))).hasMessageContaining("no batches.meta");
    }

    @Test
    void aMissingBatchIsNamedWithTheOnesThatAreThere() throws IOException {
        writeMeta(META.asDictionary());
        pickle("data_batch_3", batch(NumpyArray.ofBytes(PIXELS, 3, 2), List.of(0, 1)));
        assertThatThrownBy(() -> BatchDirectory.open(folder).read(4))
                .hasMessage(folder + ": no data_batch_4, expected one of the batches [3]");
    }

    private void assertRefused(Object batch, String reason) throws IOException {
        writeMeta(META.asDictionary());
        pickle("data_batch_1", batch);
        assertThatThrownBy(() -> BatchDirectory.open(folder).read(1)).isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(folder.resolve("data_batch_1") + ": ").hasMessageContaining(reason);
    }

    private static Map<String, Object> batch(Object data, Object labels) {
        Map<String, Object> batch = new LinkedHashMap<>();
        batch.put("data", data);
        batch.put("labels", labels);
        return batch;
    }

    private void writeMeta(Map<String, Object> meta) throws IOException {
        pickle("batches.meta", meta);
    }

    private void pickle(String name, Object value) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            NumpyPickle.write(value, out);
        }
    }
}
