package org.cudaconvnet.datasets.batch;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.NumpyPickle;

/** A pickled dictionary with the types of its values checked; errors name the file, the key, what was found and what was expected. */
public final class Dictionary {
    private final String file;
    private final Map<?, ?> values;

    private Dictionary(String file, Object pickled) {
        this.file = file;
        if (!(pickled instanceof Map<?, ?> map)) {
            throw new DatasetException(file + ": pickle of " + describe(pickled) + ", expected a dictionary");
        }
        this.values = map;
    }

    public static Dictionary read(Path file) {
        return new Dictionary(file.toString(), NumpyPickle.read(file));
    }

    /** @param name what the stream is, for messages */
    public static Dictionary read(InputStream pickle, String name) {
        return new Dictionary(name, NumpyPickle.read(pickle, name));
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public int integer(String key) {
        return intValue(key, value(key));
    }

    public boolean truth(String key) {
        if (value(key) instanceof Boolean truth) {
            return truth;
        }
        return integer(key) != 0;
    }

    /** A value whose form the caller checks. */
    Object any(String key) {
        return value(key);
    }

    public NumpyArray array(String key) {
        if (value(key) instanceof NumpyArray array) {
            return array;
        }
        throw wrong(key, value(key), "an array");
    }

    public List<?> list(String key) {
        if (value(key) instanceof List<?> list) {
            return list;
        }
        throw wrong(key, value(key), "a list");
    }

    /** Integers that are stored as a list or as an array. */
    public int[] integers(String key) {
        if (value(key) instanceof NumpyArray array) {
            double[] numbers = array.doubles();
            int[] integers = new int[numbers.length];
            for (int i = 0; i < integers.length; i++) {
                integers[i] = intValue(key, numbers[i]);
            }
            return integers;
        }
        return list(key).stream().mapToInt(element -> intValue(key, element)).toArray();
    }

    private int intValue(String key, Object value) {
        if (value instanceof Number number && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        throw wrong(key, value, "an integer");
    }

    private Object value(String key) {
        if (!values.containsKey(key)) {
            throw new DatasetException(file + ": no key " + key + " among " + values.keySet());
        }
        return values.get(key);
    }

    private DatasetException wrong(String key, Object found, String expected) {
        return new DatasetException(file + ": key " + key + " holds " + describe(found) + ", expected " + expected);
    }

    private static String describe(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Number || value instanceof NumpyArray) {
            return value.toString();
        }
        return value instanceof Map ? "a dictionary" : value instanceof List || value instanceof Object[] ? "a list"
                : value instanceof String ? "text" : "a " + value.getClass().getSimpleName();
    }
}
