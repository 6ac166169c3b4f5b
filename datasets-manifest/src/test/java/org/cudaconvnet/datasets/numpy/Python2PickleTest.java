package org.cudaconvnet.datasets.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.cudaconvnet.datasets.DatasetException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A pickle as Python 2 writes it")
class Python2PickleTest {
    private static final NumpyArray ARRAY = NumpyArray.of("<f4", new int[] {2, 3}, true, new byte[24]);
    private static final PickledClass PARSER = new PickledClass("options", "Parser");

    @TempDir
    Path folder;

    private Path write(Object value) throws IOException {
        Path file = folder.resolve("pickle");
        try (OutputStream out = Files.newOutputStream(file)) {
            NumpyPickle.writeAsPython2(value, out);
        }
        return file;
    }

    /** An object, a class, an array and a dictionary that occur twice, byte strings of every kind. */
    private static Map<String, Object> everything() {
        Map<String, Object> shared = new LinkedHashMap<>(Map.of("array", ARRAY));
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("object", new PickledInstance(new PickledClass("options", "Option"), new LinkedHashMap<>(Map.of("parser", PARSER))));
        value.put("shared", new Object[] {shared, shared, ARRAY});
        value.put("lists", new Object[] {List.of(), List.of()});
        value.put("text", "\u00e9");
        value.put("bytes", new byte[] {0, -1});
        value.put("many", IntStream.range(0, 300).mapToObj(i -> new LinkedHashMap<>(Map.of("i", i))).toList());
        return value;
    }

    @Test
    void isReadBackWithItsObjectsAndReferences() throws IOException {
        Map<?, ?> read = (Map<?, ?>) NumpyPickle.read(write(everything()), Set.of("options"));
        PickledInstance object = (PickledInstance) read.get("object");
        assertThat(object.type()).hasToString("options.Option");
        assertThat(object.attributes()).isEqualTo(Map.of("parser", PARSER));
        Object[] shared = (Object[]) read.get("shared");
        assertThat(shared[0]).isSameAs(shared[1]);
        assertThat(shared[2]).isSameAs(((Map<?, ?>) shared[0]).get("array")).isEqualTo(ARRAY);
        assertThat(((NumpyArray) shared[2]).fortranOrder()).isTrue();
        assertThat(read.get("text")).as("one character per byte").isEqualTo("\u00c3\u00a9");
        assertThat((List<?>) read.get("many")).hasSize(300);
    }

    @Test
    void hasOnlyOpcodesOfProtocol2AndNamesThatPython2Knows() throws IOException {
        Path file = write(everything());
        Python.execute("""
                import pickletools
                globals = set()
                for opcode, argument, _ in pickletools.genops(open(r'%s', 'rb').read()):
                    assert opcode.proto <= 2, opcode.name
                    assert opcode.name != 'BINUNICODE'
                    if opcode.name == 'GLOBAL': globals.add(argument)
                assert globals == {'options Option', 'options Parser', 'numpy ndarray', 'numpy dtype',
                                   'numpy.core.multiarray _reconstruct'}, globals
                """.formatted(file));
    }

    @Test
    void isReadByPython3AsLatin1() throws IOException {
        Path file = write(everything());
        Python.execute("""
                import pickle, sys, types
                import numpy as np
                options = types.ModuleType('options')
                class Option: pass
                class Parser: pass
                for c in Option, Parser:
                    c.__module__ = 'options'
                    setattr(options, c.__name__, c)
                sys.modules['options'] = options
                d = pickle.load(open(r'%s', 'rb'), encoding='latin1')
                assert type(d['object']) is Option and d['object'].parser is Parser
                first, second, array = d['shared']
                assert first is second and first['array'] is array
                assert array.dtype == np.float32 and array.shape == (2, 3) and array.flags.f_contiguous and not array.any()
                assert d['lists'][0] == [] and d['lists'][0] is not d['lists'][1]
                assert d['text'].encode('latin1').decode('utf-8') == '\\u00e9'
                assert d['bytes'].encode('latin1') == b'\\x00\\xff'
                assert [m['i'] for m in d['many']] == list(range(300))
                """.formatted(file));
    }

    @Test
    void mayNotCallAClassNorHoldALyingArrayNorAnEndlessKey() throws IOException {
        assertRefused("coptions\nOption\nU\u0002id\u0085R.", "call of options.Option with arguments");
        assertRefused("(coptions\nOption\nU\u0002ido.", "call of options.Option with arguments");
        String array = "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\u0000\u0085U\u0001b\u0087R(K\u0001%scnumpy\ndtype\n"
                + "U\u0002f4K\u0000K\u0001\u0087R(K\u0003U\u0001<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb"
                + "\u0089U\u0004abcdtb.";
        assertRefused(array.formatted("J\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007f\u0086"), "array of shape [2147483647, 2147483647]");
        assertRefused(array.formatted("J\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ff\u0086"), "array of shape [-1, -1]");
        assertRefused("]q\u0000h\u0000a}h\u0000K\u0001s.", "dictionary with a container as key");
    }

    private void assertRefused(String pickle, String reason) throws IOException {
        Path file = Files.write(folder.resolve("bad"), pickle.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> NumpyPickle.read(file, Set.of("options"))).isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(file + ": not a whole Python pickle: ").hasMessageContaining(reason);
    }
}
