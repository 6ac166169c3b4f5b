package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.cudaconvnet.engine.InputException;

/**
 * One section of a {@link ConfigFile} with the original's typed getters (spec: config-language.md section 1).
 *
 * <p>Getters without a default demand the key. Every error is an {@link InputException} of the form
 * {@code FILE:LINE: [SECTION] KEY: found "...", expected ...}. The section remembers which keys were asked for, so that keys that mean
 * nothing can be told from the others afterwards.
 */
public final class ConfigSection {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern INFINITY = Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAN = Pattern.compile("[+-]?nan", Pattern.CASE_INSENSITIVE);

    private final String file;
    private final String name;
    private final int line;
    private final Map<String, ConfigEntry> entries;
    private final Map<String, ConfigEntry> defaults;
    private final Set<String> knownKeys = new LinkedHashSet<>();

    ConfigSection(String file, String name, int line, Map<String, ConfigEntry> entries, Map<String, ConfigEntry> defaults) {
        this.file = file;
        this.name = name;
        this.line = line;
        this.entries = entries;
        this.defaults = defaults;
    }

    public String name() {
        return name;
    }

    Map<String, ConfigEntry> entries() {
        return entries;
    }

    public boolean has(String key) {
        return entry(key).isPresent();
    }

    public String string(String key) {
        return read(key, "a value", text -> text);
    }

    public String string(String key, String absent) {
        return has(key) ? string(key) : absent;
    }

    public int integer(String key) {
        return read(key, "an integer", ConfigSection::toInteger);
    }

    public int integer(String key, int absent) {
        return has(key) ? integer(key) : absent;
    }

    /** An integer of at least {@code min} and at most {@code max}. */
    public int integerWithin(String key, int min, int max) {
        int value = integer(key);
        require(value >= min && value <= max, key, value, range(min, max));
        return value;
    }

    public double number(String key) {
        return read(key, "a number", ConfigSection::toNumber);
    }

    public double number(String key, double absent) {
        return has(key) ? number(key) : absent;
    }

    public boolean bool(String key) {
        return read(key, "a boolean (1 yes true on / 0 no false off)", ConfigSection::toBoolean);
    }

    public boolean bool(String key, boolean absent) {
        return has(key) ? bool(key) : absent;
    }

    /** Comma-separated items, trimmed; empty items stay. */
    public List<String> strings(String key) {
        return read(key, "comma-separated names", text -> items(text, item -> item));
    }

    public List<Integer> integers(String key, int length) {
        List<Integer> values = read(key, "comma-separated integers", text -> items(text, ConfigSection::toInteger));
        requireLength(key, values, length);
        return values;
    }

    public List<Integer> integers(String key, int length, int absent) {
        return has(key) ? integers(key, length) : repeat(absent, length);
    }

    public List<Double> numbers(String key, int length) {
        List<Double> values = read(key, "comma-separated numbers", text -> items(text, ConfigSection::toNumber));
        requireLength(key, values, length);
        return values;
    }

    public List<Double> numbers(String key, int length, double absent) {
        return has(key) ? numbers(key, length) : repeat(absent, length);
    }

    /** In lists only "true" and "1" are true and nothing is an error, unlike in {@link #bool}. */
    public List<Boolean> booleans(String key, int length, boolean absent) {
        if (!has(key)) {
            return repeat(absent, length);
        }
        List<Boolean> values = read(key, "", text -> items(text.toLowerCase(Locale.ROOT), i -> i.equals("true") || i.equals("1")));
        requireLength(key, values, length);
        return values;
    }

    /** Declares a key that this layer would read under other circumstances, so that it does not count as unknown. */
    void known(String... keys) {
        knownKeys.addAll(List.of(keys));
    }

    Set<String> knownKeys() {
        return knownKeys;
    }

    /** Keys of the section itself, not of {@code [DEFAULT]}, that nothing has asked for. */
    List<String> unknownKeys() {
        List<String> unknown = new ArrayList<>(entries.keySet());
        knownKeys.forEach(key -> unknown.remove(fold(key)));
        return unknown;
    }

    void require(boolean good, String key, Object found, String expected) {
        if (!good) {
            throw error(key, found, expected);
        }
    }

    InputException error(String key, Object found, String expected) {
        return message(key, "found \"" + found + "\", expected " + expected);
    }

    /** An error that concerns this key, or the whole section if the key is absent. */
    InputException message(String key, String message) {
        int place = entry(key).map(ConfigEntry::line).orElse(line);
        return new InputException(file + (place > 0 ? ":" + place : "") + ": [" + name + "] " + key + ": "
                + message.replace("\n", "\\n"));
    }

    private Optional<ConfigEntry> entry(String key) {
        knownKeys.add(key);
        String folded = fold(key);
        return Optional.ofNullable(entries.getOrDefault(folded, defaults.get(folded)));
    }

    private <T> T read(String key, String expected, Function<String, T> convert) {
        ConfigEntry entry = entry(key).orElseThrow(() -> message(key, "required key is missing, expected " + expected));
        String text = new Interpolation(this, key).expand(entry.text());
        try {
            return convert.apply(text);
        } catch (IllegalArgumentException unreadable) {
            throw error(key, text, expected);
        }
    }

    /** The uninterpolated value that {@code %(key)s} refers to. */
    Optional<String> reference(String key) {
        return key.equals("__name__") ? Optional.of(name) : entry(key).map(ConfigEntry::text);
    }

    private void requireLength(String key, Collection<?> values, int length) {
        if (values.size() != length) {
            throw message(key, "found " + values.size() + " values, expected " + length + ", one per input");
        }
    }

    private static String range(int min, int max) {
        return max == Integer.MAX_VALUE ? "at least " + min : min + " to " + max;
    }

    private static <T> List<T> repeat(T value, int times) {
        return Collections.nCopies(times, value);
    }

    private static <T> List<T> items(String text, Function<String, T> convert) {
        List<T> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            items.add(convert.apply(item.strip()));
        }
        return items;
    }

    private static int toInteger(String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return Integer.parseInt(text);
    }

    private static double toNumber(String text) {
        if (INFINITY.matcher(text).matches()) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (NAN.matcher(text).matches()) {
            return Double.NaN;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return Double.parseDouble(text);
    }

    private static boolean toBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "true", "on" -> true;
            case "0", "no", "false", "off" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
