package org.cudaconvnet.datasets.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/**
 * The functions and classes that a pickle of NumPy arrays names, old and new (spec: checkpoints.md section 6), and what stands for them
 * here.
 */
final class NumpyGlobals {
    private static final Map<String, IObjectConstructor> KNOWN = new HashMap<>();

    static {
        for (String core : List.of("numpy.core", "numpy._core")) {
            KNOWN.put(core + ".multiarray._reconstruct", arguments -> new PickledArray());
            KNOWN.put(core + ".multiarray.scalar", arguments -> scalar(((PickledElementType) arguments[0]).dtype(), bytes(arguments[1])));
            KNOWN.put(core + ".numeric._frombuffer", NumpyGlobals::arrayFromBuffer);
        }
        KNOWN.put("numpy.ndarray", new PickledClass("numpy", "ndarray"));
        KNOWN.put("numpy.dtype", arguments -> new PickledElementType((String) arguments[0]));
        // The forms of bytes that Python 3 writes for Python 2.
        KNOWN.put("_codecs.encode", NumpyGlobals::encoded);
        for (String builtins : List.of("__builtin__", "builtins")) {
            KNOWN.put(builtins + ".bytes", NumpyGlobals::encoded);
            KNOWN.put(builtins + ".bytearray", NumpyGlobals::encoded);
        }
    }

    /** An object whose content follows it in the pickle. */
    interface Stateful {
        void setState(Object[] state);
    }

    /** An array between its construction and the state that follows it in the pickle. */
    static final class PickledArray implements Stateful {
        private NumpyArray array;

        /** State: version (absent in the oldest), shape, element type, Fortran order, elements. */
        @Override
        public void setState(Object[] state) {
            int first = state.length - 4;
            array = NumpyArray.of(((PickledElementType) state[first + 1]).dtype(), extents(state[first]),
                    Boolean.TRUE.equals(state[first + 2]) || Integer.valueOf(1).equals(state[first + 2]), bytes(state[first + 3]));
        }

        NumpyArray array() {
            if (array == null) {
                throw new PickleException("array without elements");
            }
            return array;
        }
    }

    /** An element type: kind and size such as f4, completed by the byte order in its state. */
    private static final class PickledElementType implements Stateful {
        private final String kindAndSize;
        private String byteOrder = "|";

        PickledElementType(String kindAndSize) {
            this.kindAndSize = kindAndSize;
        }

        @Override
        public void setState(Object[] state) {
            byteOrder = state[1].equals("=") ? "<" : (String) state[1];
        }

        String dtype() {
            return byteOrder + kindAndSize;
        }
    }

    private NumpyGlobals() {
    }

    /** What stands for the function or class, or null for one that no pickle of arrays needs. */
    static IObjectConstructor find(String module, String name) {
        return KNOWN.get(module + "." + name);
    }

    /** NumPy's form of protocol 5: buffer, element type, shape, order. */
    private static Object arrayFromBuffer(Object[] arguments) {
        return NumpyArray.of(((PickledElementType) arguments[1]).dtype(), extents(arguments[2]), arguments[3].equals("F"),
                bytes(arguments[0]));
    }

    private static Object scalar(String dtype, byte[] bytes) {
        NumpyArray array = NumpyArray.of(dtype, new int[0], false, bytes);
        if (array.isFloating()) {
            return array.doubles()[0];
        }
        long value = ElementType.of(dtype).longAt(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0);
        if (value == (int) value) {
            return (int) value;
        }
        return value;
    }

    private static byte[] encoded(Object[] arguments) {
        if (arguments.length == 2 && arguments[1].toString().toLowerCase(Locale.ROOT).matches("latin-?1")) {
            return bytes(arguments[0]);
        }
        if (arguments.length == 0 || arguments.length == 1 && arguments[0] instanceof byte[]) {
            return arguments.length == 0 ? new byte[0] : (byte[]) arguments[0];
        }
        throw new PickleException("bytes in an unknown encoding, expected latin1");
    }

    private static int[] extents(Object shape) {
        return Arrays.stream((Object[]) shape).mapToInt(extent -> Math.toIntExact(((Number) extent).longValue())).toArray();
    }

    private static byte[] bytes(Object text) {
        if (text instanceof String string) {
            return string.getBytes(StandardCharsets.ISO_8859_1);
        }
        if (text instanceof byte[] bytes) {
            return bytes;
        }
        throw new PickleException("array of Python objects, expected numbers");
    }
}
