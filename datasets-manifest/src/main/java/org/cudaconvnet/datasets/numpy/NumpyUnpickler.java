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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * The library's unpickler with NumPy's arrays, element types and scalars, with long strings read under a check of their length, and
 * with no classes and functions but those of {@link NumpyGlobals} and of named modules.
 */
final class NumpyUnpickler extends Unpickler {
    private static final int DEEPEST_NESTING = 1000;

    private final Set<String> modules;

    /** @param modules whose classes the pickle may name; their objects are read as attributes */
    NumpyUnpickler(Set<String> modules) {
        this.modules = modules;
    }

    @Override
    public Object load(InputStream stream) throws IOException {
        return withArrays(super.load(stream), 0, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case Opcodes.GLOBAL -> stack.add(global(PickleUtils.readline(input), PickleUtils.readline(input)));
            case Opcodes.STACK_GLOBAL -> {
                Object name = stack.pop();
                stack.add(global(String.valueOf(stack.pop()), String.valueOf(name)));
            }
            case Opcodes.INST -> {
                IObjectConstructor type = global(PickleUtils.readline(input), PickleUtils.readline(input));
                stack.add(type.construct(stack.pop_all_since_marker().toArray()));
            }
            case Opcodes.BUILD -> setState(stack.pop(), stack.peek());
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case Opcodes.DICT -> stack.add(put(new LinkedHashMap<>(), stack.pop_all_since_marker()));
            case Opcodes.SETITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                put(mutable((Map<?, ?>) stack.peek()), items);
            }
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                Object key = stack.pop();
                put(mutable((Map<?, ?>) stack.peek()), Arrays.asList(key, value));
            }
            // The library reserves a garbled length at once; these reserve as much as there is.
            case Opcodes.BINSTRING -> stack.add(new String(readCounted(Integer.BYTES), StandardCharsets.ISO_8859_1));
            case Opcodes.BINUNICODE -> stack.add(new String(readCounted(Integer.BYTES), StandardCharsets.UTF_8));
            case Opcodes.BINUNICODE8 -> stack.add(new String(readCounted(Long.BYTES), StandardCharsets.UTF_8));
            case Opcodes.BINBYTES -> stack.add(readCounted(Integer.BYTES));
            case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> stack.add(readCounted(Long.BYTES));
            case Opcodes.LONG4 -> throw new PickleException("integer of more than 255 bytes");
            case Opcodes.EMPTY_SET, Opcodes.FROZENSET -> throw new PickleException("set, expected lists and dictionaries");
            default -> {
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    private IObjectConstructor global(String module, String name) {
        IObjectConstructor known = NumpyGlobals.find(module, name);
        if (known == null && !modules.contains(module)) {
            throw new PickleException("refers to " + module + "." + name + ", expected only NumPy arrays"
                    + (modules.isEmpty() ? "" : " and classes of " + String.join(", ", modules)));
        }
        return known == null ? new PickledClass(module, name) : known;
    }

    private static void setState(Object state, Object target) {
        if (target instanceof NumpyGlobals.Stateful stateful) {
            stateful.setState((Object[]) state);
        } else if (target instanceof PickledInstance instance) {
            ((Map<?, ?>) state).forEach((name, value) -> instance.attributes().put((String) name, value));
        } else {
            throw new PickleException("state of something that has none");
        }
    }

    /** Keys that are containers would be hashed with all they hold, which may take for ever; Python refuses them as well. */
    private static Map<Object, Object> put(Map<Object, Object> map, List<Object> keysAndValues) {
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            Object key = keysAndValues.get(i);
            if (key instanceof Map || key instanceof List || key instanceof PickledInstance) {
                throw new PickleException("dictionary with a container as key, expected text or numbers");
            }
            map.put(key, keysAndValues.get(i + 1));
        }
        return map;
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

    /** Replaces arrays inside of containers in place; containers may hold themselves. */
    private static Object withArrays(Object value, int depth, Set<Object> seen) {
        if (depth > DEEPEST_NESTING) {
            throw new PickleException("containers nested more than " + DEEPEST_NESTING + " deep");
        }
        UnaryOperator<Object> element = inner -> withArrays(inner, depth + 1, seen);
        if (value instanceof NumpyGlobals.PickledArray pickled) {
            return pickled.array();
        }
        if (value instanceof Map<?, ?> map && seen.add(value)) {
            mutable(map).replaceAll((key, inner) -> element.apply(inner));
        } else if (value instanceof List<?> list && seen.add(value)) {
            mutable(list).replaceAll(element);
        } else if (value instanceof Object[] tuple && seen.add(value)) {
            Arrays.setAll(tuple, i -> element.apply(tuple[i]));
        } else if (value instanceof PickledInstance instance) {
            element.apply(instance.attributes());
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
