package org.cudaconvnet.datasets.numpy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;

/** The library's unpickler with NumPy's arrays, element types and scalars, and with long strings read under a check of their length. */
final class NumpyUnpickler extends Unpickler {
    private static final int DEEPEST_NESTING = 200;

    static {
        for (String core : List.of("numpy.core", "numpy._core")) {
            registerConstructor(core + ".multiarray", "_reconstruct", arguments -> new PickledArray());
            registerConstructor(core + ".multiarray", "scalar",
                    arguments -> scalar(((PickledElementType) arguments[0]).dtype(), bytes(arguments[1])));
            registerConstructor(core + ".numeric", "_frombuffer", NumpyUnpickler::arrayFromBuffer);
        }
        registerConstructor("numpy", "dtype", arguments -> new PickledElementType((String) arguments[0]));
    }

    /** An array between its construction and the state that follows it in the pickle. */
    private static final class PickledArray {
        private NumpyArray array;

        /** State: version (absent in the oldest), shape, element type, Fortran order, elements. */
        void setState(Object[] state) {
            int first = state.length - 4;
            array = NumpyArray.of(((PickledElementType) state[first + 1]).dtype(), extents(state[first]),
                    Boolean.TRUE.equals(state[first + 2]) || Integer.valueOf(1).equals(state[first + 2]), bytes(state[first + 3]));
        }
    }

    /** An element type: kind and size such as f4, completed by the byte order in its state. */
    private static final class PickledElementType {
        private final String kindAndSize;
        private String byteOrder = "|";

        PickledElementType(String kindAndSize) {
            this.kindAndSize = kindAndSize;
        }

        void setState(Object[] state) {
            byteOrder = state[1].equals("=") ? "<" : (String) state[1];
        }

        String dtype() {
            return byteOrder + kindAndSize;
        }
    }

    @Override
    public Object load(InputStream stream) throws IOException {
        return withArrays(super.load(stream), 0, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case Opcodes.BUILD -> {
                Object state = stack.pop();
                Object target = stack.peek();
                if (target instanceof PickledArray array) {
                    array.setState((Object[]) state);
                } else if (target instanceof PickledElementType type) {
                    type.setState((Object[]) state);
                } else {
                    stack.add(state);
                    return super.dispatch(opcode);
                }
            }
            // The library reserves a garbled length at once; these reserve as much as there is.
            case Opcodes.BINSTRING -> stack.add(new String(readCounted(Integer.BYTES), StandardCharsets.ISO_8859_1));
            case Opcodes.BINUNICODE -> stack.add(new String(readCounted(Integer.BYTES), StandardCharsets.UTF_8));
            case Opcodes.BINUNICODE8 -> stack.add(new String(readCounted(Long.BYTES), StandardCharsets.UTF_8));
            case Opcodes.BINBYTES -> stack.add(readCounted(Integer.BYTES));
            case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> stack.add(readCounted(Long.BYTES));
            case Opcodes.LONG4 -> throw new PickleException("integer of more than 255 bytes");
            default -> {
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    /** Bytes behind their little-endian number of {@code countBytes} bytes. */
    private byte[] readCounted(int countBytes) throws IOException {
        byte[] count = input.readNBytes(countBytes);
        if (count.length < countBytes) {
            throw new EOFException("premature end of file");
        }
        long length = ByteBuffer.wrap(Arrays.copyOf(count, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new PickleException("string of " + Long.toUnsignedString(length) + " bytes, expected at most " + Integer.MAX_VALUE);
        }
        byte[] bytes = input.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("string of " + bytes.length + " bytes, expected " + length);
        }
        return bytes;
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

    /** Replaces arrays inside of containers in place; containers may hold themselves. */
    private static Object withArrays(Object value, int depth, Set<Object> seen) {
        if (depth > DEEPEST_NESTING) {
            throw new PickleException("containers nested more than " + DEEPEST_NESTING + " deep");
        }
        UnaryOperator<Object> element = inner -> withArrays(inner, depth + 1, seen);
        if (value instanceof PickledArray pickled) {
            if (pickled.array == null) {
                throw new PickleException("array without elements");
            }
            return pickled.array;
        }
        if (value instanceof Map<?, ?> map && seen.add(value)) {
            mutable(map).replaceAll((key, inner) -> element.apply(inner));
        } else if (value instanceof List<?> list && seen.add(value)) {
            mutable(list).replaceAll(element);
        } else if (value instanceof Object[] tuple && seen.add(value)) {
            Arrays.setAll(tuple, i -> element.apply(tuple[i]));
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> mutable(Map<?, ?> map) {
        return (Map<Object, Object>) map;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> mutable(List<?> list) {
        return (List<Object>) list;
    }
}
