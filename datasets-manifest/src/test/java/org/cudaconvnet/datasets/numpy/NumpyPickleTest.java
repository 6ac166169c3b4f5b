package org.cudaconvnet.datasets.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cudaconvnet.datasets.DatasetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyPickleTest {
    private static final NumpyArray WEIGHTS = NumpyArray.ofFloats(new float[] {1.5f, -2, 3, 4, 5, 6}, 2, 3);
    /** All byte values, so that every encoding of strings shows. */
    private static final NumpyArray PIXELS = NumpyArray.of("|u1", new int[] {2, 128}, true, everyByte());

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Map<?, ?> read = (Map<?, ?>) NumpyPickle.read(new ByteArrayInputStream(pickle(everything())), "test");
        assertThat(read).hasSameSizeAs(everything());
        assertThat(read.get("weights")).isEqualTo(WEIGHTS);
        assertThat(read.get("pixels")).isEqualTo(PIXELS);
        assertThat(read.get("labels")).isEqualTo(List.of(0, 9, 300, -1, 70000));
        assertThat((Object[]) read.get("tuple")).containsExactly("a", null, true, false, 1L << 40, 0.1);
        assertThat(read.get("long text")).isEqualTo("x".repeat(1000));
        assertThat(read.get("unicode")).isEqualTo("\u00e9\u4e2d");
        assertThat((byte[]) read.get("bytes")).isEqualTo(everyByte());
        assertThat(read.get("nested")).isEqualTo(Map.of("empty", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", encoding='latin1'", ", encoding='bytes'"})
    void pythonReadsWhatIsWritten(String encoding) throws IOException {
        Path file = folder.resolve("pickle");
        Files.write(file, pickle(everything()));
        String program = """
                import pickle, numpy as np
                d = pickle.load(open(r'%s', 'rb')%s)
                d = {(k if isinstance(k, str) else k.decode()): v for k, v in d.items()}
                assert d['weights'].dtype == np.float32 and d['weights'].tolist() == [[1.5, -2, 3], [4, 5, 6]]
                assert d['pixels'].dtype == np.uint8 and d['pixels'].flags.f_contiguous
                assert d['pixels'].ravel('F').tolist() == list(range(256))
                assert d['labels'] == [0, 9, 300, -1, 70000]
                assert d['tuple'][1:] == (None, True, False, 1 << 40, 0.1)
                assert d['bytes'] == bytes(range(256))
                assert d['unicode'] == '\\u00e9\\u4e2d'
                """.formatted(file, encoding);
        Python.execute(program);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void whatPythonWritesIsRead(int protocol) {
        Path file = folder.resolve("pickle");
        String program = """
                import pickle, numpy as np
                a = np.arange(6, dtype=np.float32).reshape(2, 3)
                value = {'c': a, 'f': np.asfortranarray(a), 'again': [a, (a, np.float64(2.5), np.int64(7))], 'big': np.arange(300),
                         'u': np.arange(256, dtype=np.uint8), 'text': 'label', 'none': None, 'n': 1 << 40}
                pickle.dump(value, open(r'%s', 'wb'), %d)
                """.formatted(file, protocol);
        Python.execute(program);
        Map<?, ?> read = (Map<?, ?>) NumpyPickle.read(file);
        NumpyArray expected = NumpyArray.ofFloats(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);
        assertThat(read.get("c")).isEqualTo(expected);
        assertThat(read.get("f")).isEqualTo(expected).extracting(array -> ((NumpyArray) array).fortranOrder()).isEqualTo(true);
        List<?> again = (List<?>) read.get("again");
        assertThat(again.get(0)).isEqualTo(expected);
        assertThat((Object[]) again.get(1)).containsExactly(expected, 2.5, 7);
        assertThat(((NumpyArray) read.get("big")).ints()).hasSize(300).endsWith(299);
        assertThat(((NumpyArray) read.get("u")).bytes()).isEqualTo(everyByte());
        assertThat(read.get("text")).isEqualTo("label");
        assertThat(read.get("n")).isEqualTo(1L << 40);
    }

    @Test
    void aPickleOfPython2IsRead() {
        // As Python 2 writes {'data': array([[1, 2]], dtype=uint8)} in protocol 2.
        String pickle = "\u0080\u0002}q\u0001U\u0004dataq\u0002cnumpy.core.multiarray\n_reconstruct\nq\u0003cnumpy\nndarray\nq\u0004"
                + "K\u0000\u0085U\u0001b\u0087Rq\u0005(K\u0001K\u0001K\u0002\u0086cnumpy\ndtype\nq\u0006U\u0002u1K\u0000K\u0001\u0087R"
                + "q\u0007(K\u0003U\u0001|NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb\u0089U\u0002\u0001\u00fetbs.";
        Object read = NumpyPickle.read(stream(pickle), "test");
        assertThat(read).isEqualTo(Map.of("data", NumpyArray.ofBytes(new byte[] {1, -2}, 1, 2)));
    }

    @Test
    void gzipAndZipAreRecognisedByContent() throws IOException {
        byte[] pickle = pickle(List.of(1, 2));
        Path gzip = folder.resolve("gzip");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(pickle);
        }
        Path zip = folder.resolve("zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("other"));
            out.putNextEntry(new ZipEntry("data"));
            out.write(pickle);
        }
        assertThat(NumpyPickle.read(gzip)).isEqualTo(List.of(1, 2));
        assertThat(NumpyPickle.read(zip)).isEqualTo(List.of(1, 2));
    }

    @Test
    void everyTruncationAndAnyGarbledByteIsOneErrorOrAValue() throws IOException {
        byte[] whole = pickle(everything());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> NumpyPickle.read(new ByteArrayInputStream(cut), "cut")).isInstanceOf(DatasetException.class)
                    .hasMessageStartingWith("cut: not a whole Python pickle").hasMessageNotContaining("null");
        }
        for (int i = 0; i < whole.length; i++) {
            byte[] garbled = whole.clone();
            garbled[i] ^= 0x5a;
            try {
                NumpyPickle.read(new ByteArrayInputStream(garbled), "garbled");
            } catch (DatasetException e) {
                assertThat(e).hasMessageStartingWith("garbled: ");
            }
        }
    }

    @Test
    void lengthsThatCannotBeAreRefusedWithoutReservingMemory() {
        assertRefused("T\u00ff\u00ff\u00ff\u007fabc", "string of 3 bytes, expected 2147483647");
        assertRefused("T\u00ff\u00ff\u00ff\u00ffabc", "string of 4294967295 bytes");
        assertRefused("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffabc", "string of 18446744073709551615 bytes");
        assertRefused("\u008b\u00ff\u00ff\u00ff\u007fabc", "integer of more than 255 bytes");
    }

    @Test
    void containersMayHoldThemselvesButNotNestWithoutEnd() {
        Object read = NumpyPickle.read(stream("]q\u0001h\u0001a."), "test");
        assertThat(((List<?>) read).get(0)).isSameAs(read);
        assertRefused("]".repeat(2000) + "a".repeat(1999) + ".", "containers nested more than 1000 deep");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"cos\\nsystem\\n(U\u0002id\u0085R.|refers to os.system, expected only NumPy arrays",
        "(ios\\nabort\\n.|refers to os.abort", "\u008c\u0002os\u008c\u0006system\u0093)R.|refers to os.system",
        "c__builtin__\\neval\\n.|refers to __builtin__.eval", "ccopy_reg\\n_reconstructor\\n.|refers to copy_reg._reconstructor",
        "coptions\\nOption\\n.|refers to options.Option", "]}U\u0001xK\u0001sb.|state of something that has none",
        "}]K\u0001s.|dictionary with a container as key", "\u008f.|set, expected lists",
        "cnumpy\\nndarray\\nK\u0001\u0085R.|call of numpy.ndarray with arguments"})
    void nothingIsRunAndNoOtherNamesAreAccepted(String pickle, String reason) {
        assertRefused(pickle.translateEscapes(), reason);
    }

    private static void assertRefused(String pickle, String reason) {
        assertThatThrownBy(() -> NumpyPickle.read(stream(pickle), "test")).isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("test: not a whole Python pickle: " + reason);
    }

    /** One byte per character. */
    private static ByteArrayInputStream stream(String pickle) {
        return new ByteArrayInputStream(pickle.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Map<String, Object> everything() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("weights", WEIGHTS);
        value.put("pixels", PIXELS);
        value.put("labels", List.of(0, 9, 300, -1, 70000));
        value.put("tuple", new Object[] {"a", null, true, false, 1L << 40, 0.1});
        value.put("long text", "x".repeat(1000));
        value.put("unicode", "\u00e9\u4e2d");
        value.put("bytes", everyByte());
        value.put("nested", Map.of("empty", List.of()));
        return value;
    }

    private static byte[] pickle(Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NumpyPickle.write(value, out);
        return out.toByteArray();
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
