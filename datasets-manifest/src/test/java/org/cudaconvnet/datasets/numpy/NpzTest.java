package org.cudaconvnet.datasets.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cudaconvnet.datasets.DatasetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("arrays.npz");
    }

    @Test
    void whatIsWrittenIsReadBackInItsOrder() {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put("weights", NumpyArray.ofFloats(new float[] {1, -0f, Float.NaN, 4, 5, 6}, 2, 3));
        arrays.put("bytes", NumpyArray.ofBytes(new byte[] {0, -1}, 2));
        arrays.put("empty", NumpyArray.ofInts(new int[0], 0, 4));
        arrays.put("scalar", NumpyArray.ofLongs(new long[] {1L << 40}));
        arrays.put("doubles", NumpyArray.ofDoubles(new double[] {Math.PI}, 1, 1, 1));
        Npz.write(file, arrays);
        assertThat(Npz.read(file)).containsExactlyEntriesOf(arrays);
        Npz.writeCompressed(file, arrays);
        assertThat(Npz.read(file)).containsExactlyEntriesOf(arrays);
    }

    @Test
    void equalArraysGiveEqualFilesAndNothingElseStaysBehind() throws IOException {
        Map<String, NumpyArray> arrays = Map.of("a", NumpyArray.ofInts(new int[] {1, 2, 3}, 3));
        Npz.write(file, arrays);
        byte[] first = Files.readAllBytes(file);
        Npz.write(file, arrays);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource({"'<f4', 4", "'<f8', 8", "'|u1', 1", "'|i1', 1", "'|b1', 1", "'<i4', 4", "'<i8', 8"})
    void fortranOrderIsDeliveredInCOrder(String dtype, int bytesPerElement) {
        byte[] storage = new byte[6 * bytesPerElement];
        for (int i = 1; i < 6; i += 2) {
            storage[i * bytesPerElement] = 1; // a smallest positive value of every type
        }
        NumpyArray array = NumpyArray.of(dtype, new int[] {3, 2}, true, storage);
        double one = array.doubles()[2];
        assertThat(one).isPositive();
        assertThat(array.doubles()).containsExactly(0, one, one, 0, 0, one);
        assertThat(array.floats()).containsExactly(0, (float) one, (float) one, 0, 0, (float) one);
        if (!array.isFloating()) {
            assertThat(array.ints()).containsExactly(0, 1, 1, 0, 0, 1);
        }
        if (bytesPerElement == 1) {
            assertThat(array.bytes()).containsExactly(0, 1, 1, 0, 0, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void allVersionsOfTheFormatAreRead(int version) throws IOException {
        zip("a.npy", npy(version, "{'descr': '<i4', 'fortran_order': False, 'shape': (2L,), }", new byte[] {1, 0, 0, 0, 2, 0, 0, 0}));
        assertThat(Npz.read(file).get("a").ints()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'descr': '>i4', 'fortran_order': False, 'shape': (2,), }|element type >i4, expected one of",
        "{'descr': 'O', 'fortran_order': False, 'shape': (2,), }|element type O",
        "{'descr': '<i4', 'shape': (2,), }|expected keys descr, fortran_order and shape",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }|8 bytes of elements, expected 12",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (1,), }|bytes after the last element",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (65536, 65536), }|expected at most 2147483647",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (99999999999,), }|99999999999",
    })
    void aWrongHeaderIsNamed(String header, String reason) throws IOException {
        zip("a.npy", npy(1, header, new byte[8]));
        assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(file + ": entry a.npy: ").hasMessageContaining(reason);
    }

    @Test
    void filesThatAreNotWholeAreRefused() throws IOException {
        Npz.write(file, Map.of("a", NumpyArray.ofInts(new int[100], 100)));
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, 200, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(DatasetException.class)
                    .hasMessageStartingWith(file + ": not a whole NumPy .npz file");
        }
        byte[] garbled = whole.clone();
        garbled[whole.length / 2] ^= 1;
        Files.write(file, garbled);
        assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(DatasetException.class).hasMessageContaining("entry a.npy: checksum");
        assertThatThrownBy(() -> Npz.read(folder.resolve("none"))).hasMessageContaining("no such file");
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws IOException {
        Files.writeString(file, "old");
        Map<String, NumpyArray> failing = new LinkedHashMap<>();
        failing.put("a", NumpyArray.ofInts(new int[1], 1));
        failing.put("b", null);
        assertThatThrownBy(() -> Npz.write(file, failing)).isInstanceOf(NullPointerException.class);
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private void zip(String name, byte[] content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
    }

    private static byte[] npy(int version, String header, byte[] elements) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x93);
        out.write("NUMPY".getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[] {(byte) version, 0, (byte) header.length(), 0});
        out.write(new byte[version == 1 ? 0 : 2]);
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(elements);
        return out.toByteArray();
    }
}
