package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Values as Python's int, float and getboolean read them; other text is an IllegalArgumentException. */
final class PythonText {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern INFINITY = Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAN = Pattern.compile("[+-]?nan", Pattern.CASE_INSENSITIVE);

    private PythonText() {
    }

    static int toInteger(String text) {
        requireMatch(INTEGER, text);
        return Integer.parseInt(text);
    }

    static double toNumber(String text) {
        if (INFINITY.matcher(text).matches()) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (NAN.matcher(text).matches()) {
            return Double.NaN;
        }
        requireMatch(NUMBER, text);
        return Double.parseDouble(text);
    }

    static boolean toBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "true", "on" -> true;
            case "0", "no", "false", "off" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** The items between commas, trimmed and converted. */
    static <T> List<T> items(String text, Function<String, T> convert) {
        List<T> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            items.add(convert.apply(item.strip()));
        }
        return items;
    }

    private static void requireMatch(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
    }
}
