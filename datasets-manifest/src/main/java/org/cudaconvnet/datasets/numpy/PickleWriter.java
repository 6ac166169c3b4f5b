package org.cudaconvnet.datasets.numpy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes pickles of protocol 2. Unlike the library's pickler it writes ASCII text as Python 2's byte strings, as the original's
 * files have it, and knows NumPy arrays. Bytes are written as a call of {@code _codecs.encode}, the only form that Python 2 and
 * every mode of Python 3 agree on. Nothing is shared by reference, so equal values give equal bytes.
 */
class PickleWriter {
    private static final int PROTO = 0x80;
    private static final int LONG1 = 0x8a;
    private static final int TUPLE2 = 0x86;
    private static final int TUPLE3 = 0x87;
    private static final int NEWTRUE = 0x88;
    private static final int NEWFALSE = 0x89;
    private static final int BYTES_AT_ONCE = 1 << 16;

    final DataOutputStream out;

    PickleWriter(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    void write(Object value) throws IOException {
        out.write(PROTO);
        out.write(2);
        save(value);
        out.write('.');
        out.flush();
    }

    void save(Object value) throws IOException {
        if (value == null) {
            out.write('N');
        } else if (value instanceof Boolean flag) {
            out.write(flag ? NEWTRUE : NEWFALSE);
        } else if (value instanceof Integer || value instanceof Long) {
            saveInteger(((Number) value).longValue());
        } else if (value instanceof Float || value instanceof Double) {
            out.write('G');
            out.writeDouble(((Number) value).doubleValue());
        } else if (value instanceof String text) {
            saveText(text);
        } else if (value instanceof byte[] bytes) {
            saveBytes(bytes);
        } else if (value instanceof NumpyArray array) {
            saveArray(array);
        } else if (value instanceof Object[] tuple) {
            saveTuple(tuple);
        } else if (value instanceof List<?> list) {
            out.write(']');
            out.write('(');
            for (Object element : list) {
                save(element);
            }
            out.write('e');
        } else if (value instanceof Map<?, ?> map) {
            out.write('}');
            out.write('(');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                save(entry.getKey());
                save(entry.getValue());
            }
            out.write('u');
        } else {
            throw new IllegalArgumentException("values of " + value.getClass() + " cannot be pickled");
        }
    }

    private void saveInteger(long value) throws IOException {
        if (value == (int) value) {
            out.write('J');
            out.writeInt(Integer.reverseBytes((int) value));
        } else {
            out.write(LONG1);
            out.write(Long.BYTES);
            out.writeLong(Long.reverseBytes(value));
        }
    }

    void saveText(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length == text.length()) {
            saveByteString(utf8);
        } else {
            saveUnicode(text);
        }
    }

    /** Python 2's {@code str}. */
    final void saveByteString(byte[] bytes) throws IOException {
        if (bytes.length < 256) {
            out.write('U');
            out.write(bytes.length);
        } else {
            out.write('T');
            out.writeInt(Integer.reverseBytes(bytes.length));
        }
        out.write(bytes);
    }

    private void saveUnicode(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeInt(Integer.reverseBytes(utf8.length));
        out.write(utf8);
    }

    void saveBytes(byte[] bytes) throws IOException {
        saveGlobal("_codecs", "encode");
        int highBytes = 0;
        for (byte value : bytes) {
            highBytes += value < 0 ? 1 : 0;
        }
        out.write('X');
        out.writeInt(Integer.reverseBytes(Math.addExact(bytes.length, highBytes)));
        for (int from = 0; from < bytes.length; from += BYTES_AT_ONCE) {
            int length = Math.min(BYTES_AT_ONCE, bytes.length - from);
            out.write(new String(bytes, from, length, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8));
        }
        saveUnicode("latin1");
        out.write(TUPLE2);
        out.write('R');
    }

    private void saveTuple(Object... elements) throws IOException {
        out.write('(');
        for (Object element : elements) {
            save(element);
        }
        out.write('t');
    }

    private void saveArray(NumpyArray array) throws IOException {
        saveGlobal("numpy.core.multiarray", "_reconstruct");
        saveGlobal("numpy", "ndarray");
        saveTuple(0);
        save("b");
        out.write(TUPLE3);
        out.write('R');
        out.write('(');
        save(1);
        int[] shape = array.shape();
        Object[] extents = new Object[shape.length];
        for (int axis = 0; axis < shape.length; axis++) {
            extents[axis] = shape[axis];
        }
        saveTuple(extents);
        saveElementType(array.dtype());
        save(array.fortranOrder());
        saveBytes(array.storage());
        out.write('t');
        out.write('b');
    }

    private void saveElementType(String dtype) throws IOException {
        saveGlobal("numpy", "dtype");
        saveTuple(dtype.substring(1), 0, 1);
        out.write('R');
        saveTuple(3, dtype.substring(0, 1), null, null, null, -1, -1, 0);
        out.write('b');
    }

    final void saveGlobal(String module, String name) throws IOException {
        out.write(('c' + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
