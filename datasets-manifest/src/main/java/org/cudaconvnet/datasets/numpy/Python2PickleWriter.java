package org.cudaconvnet.datasets.numpy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Writes pickles as Python 2's own pickler does: text and bytes as byte strings, objects of classic classes, and by reference what
 * occurs again (spec: checkpoints.md sections 5 and 6).
 *
 * <p>Arrays, dictionaries and objects are told apart by identity. Lists are always written out, since equal constants may be one
 * Java object where Python needs two.
 */
final class Python2PickleWriter extends PickleWriter {
    private static final int BYTE = 256;

    private final Map<Object, Integer> memo = new IdentityHashMap<>();

    Python2PickleWriter(OutputStream out) {
        super(out);
    }

    @Override
    void save(Object value) throws IOException {
        if (value instanceof PickledClass type) {
            saveGlobal(type.module(), type.name());
        } else if (memo.containsKey(value)) {
            saveMemoOpcode('h', 'j', memo.get(value));
        } else if (value instanceof Map || value instanceof NumpyArray || value instanceof PickledInstance) {
            saveOnce(value);
            memo.put(value, memo.size());
            saveMemoOpcode('q', 'r', memo.get(value));
        } else {
            super.save(value);
        }
    }

    private void saveOnce(Object value) throws IOException {
        if (value instanceof PickledInstance instance) {
            out.write('(');
            save(instance.type());
            out.write('o');
            save(instance.attributes());
            out.write('b');
        } else {
            super.save(value);
        }
    }

    private void saveMemoOpcode(char shortForm, char longForm, int index) throws IOException {
        if (index < BYTE) {
            out.write(shortForm);
            out.write(index);
        } else {
            out.write(longForm);
            out.writeInt(Integer.reverseBytes(index));
        }
    }

    @Override
    void saveText(String text) throws IOException {
        saveByteString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void saveBytes(byte[] bytes) throws IOException {
        saveByteString(bytes);
    }
}
