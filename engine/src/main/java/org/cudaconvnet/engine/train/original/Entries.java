package org.cudaconvnet.engine.train.original;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cudaconvnet.datasets.numpy.PickledInstance;
import org.cudaconvnet.engine.InputException;

/**
 * A dictionary of a checkpoint whose values are checked when they are asked for. Every error is an {@link InputException} of the form
 * {@code FILE: PLACE: KEY: found ..., expected ...}.
 *
 * @param where the file, and the place in it
 */
record Entries(String where, Map<?, ?> values) {

    static Entries of(String where, Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Entries(where, map);
        }
        throw new InputException(where + ": found " + describe(value) + ", expected a dictionary");
    }

    /** The attributes of an object of a class of the original. */
    static Entries ofObject(String where, Object value, String type) {
        if (value instanceof PickledInstance instance && instance.type().toString().equals(type)) {
            return new Entries(where, instance.attributes());
        }
        throw new InputException(where + ": found " + describe(value) + ", expected an object of " + type);
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    Object value(String key) {
        if (!has(key)) {
            throw new InputException(where + ": " + key + ": found nothing, expected a value");
        }
        return values.get(key);
    }

    int integer(String key) {
        return read(key, "an integer", Entries::toInteger);
    }

    double number(String key) {
        return read(key, "a number", Entries::toNumber);
    }

    boolean flag(String key) {
        return read(key, "True or False", Entries::toFlag);
    }

    String text(String key) {
        return read(key, "text", Entries::toText);
    }

    List<?> list(String key) {
        return read(key, "a list", value -> value instanceof List<?> list ? list : null);
    }

    List<Integer> integers(String key) {
        return elements(key, "a list of integers", Entries::toInteger);
    }

    List<String> texts(String key) {
        return elements(key, "a list of texts", Entries::toText);
    }

    double[] numbers(String key) {
        return elements(key, "a list of numbers", Entries::toNumber).stream().mapToDouble(Double::doubleValue).toArray();
    }

    <T> T element(String key, int index, String expected, Class<T> type) {
        List<?> list = list(key);
        Object element = index < list.size() ? list.get(index) : null;
        if (!type.isInstance(element)) {
            throw wrong(key + "[" + index + "]", element, expected);
        }
        return type.cast(element);
    }

    private <T> List<T> elements(String key, String expected, Function<Object, T> convert) {
        return read(key, expected, value -> {
            List<T> converted = new ArrayList<>();
            for (Object element : value instanceof List<?> list ? list : List.of(Void.TYPE)) {
                T result = convert.apply(element);
                if (result == null) {
                    return null;
                }
                converted.add(result);
            }
            return converted;
        });
    }

    /** @param convert gives null for a value of another kind */
    private <T> T read(String key, String expected, Function<Object, T> convert) {
        T converted = convert.apply(value(key));
        if (converted == null) {
            throw wrong(key, values.get(key), expected);
        }
        return converted;
    }

    InputException wrong(String key, Object found, String expected) {
        return unexpected(key, describe(found), expected);
    }

    /** @param found in words */
    InputException unexpected(String key, String found, String expected) {
        return new InputException(where + ": " + key + ": found " + found + ", expected " + expected);
    }

    static Integer toInteger(Object value) {
        return value instanceof Number number && number.doubleValue() == number.intValue() ? number.intValue() : null;
    }

    /** The original has both True and 1. */
    static Boolean toFlag(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        Integer number = toInteger(value);
        return number == null || number < 0 || number > 1 ? null : Boolean.valueOf(number == 1);
    }

    static Double toNumber(Object value) {
        Boolean flag = value instanceof Boolean ? (Boolean) value : null;
        return flag != null ? Double.valueOf(flag ? 1 : 0) : value instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }

    /** Byte strings come with one character per byte; what is UTF-8 in them is meant as such. */
    static String toText(Object value) {
        if (!(value instanceof String string)) {
            return null;
        }
        if (string.chars().anyMatch(character -> character > 0xff)) {
            return string;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(string.getBytes(StandardCharsets.ISO_8859_1))).toString();
        } catch (CharacterCodingException latin1) {
            return string;
        }
    }

    /** Text for messages, which are one line. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static String describe(Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof String) {
            return "\"" + printable(toText(value)) + "\"";
        }
        return value instanceof Map ? "a dictionary" : value instanceof List ? "a list" : value instanceof Object[] ? "a tuple"
                : value.toString();
    }
}
