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
import org.cudaconvnet.engine.InputException;

/**
 * One section of a {@link ConfigFile} with the original's typed getters (spec: config-language.md section 1).
 *
 * <p>Getters without a default demand the key. Every error is an {@link InputException} of the form
 * {@code FILE:LINE: [SECTION] KEY: found "...", expected ...}. The section remembers which keys were asked for, so that keys that mean
 * nothing can be told from the others afterwards.
 */
public final class ConfigSection {
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
        return read(key, "an integer", PythonText::toInteger);
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
        return read(key, "a number", PythonText::toNumber);
    }

    public double number(String key, double absent) {
        return has(key) ? number(key) : absent;
    }

    public boolean bool(String key) {
        return read(key, "a boolean (1 yes true on / 0 no false off)", PythonText::toBoolean);
    }

    public boolean bool(String key, boolean absent) {
        return has(key) ? bool(key) : absent;
    }

    /** Comma-separated items, trimmed; empty items stay. */
    public List<String> strings(String key) {
        return read(key, "comma-separated names", text -> PythonText.items(text, item -> item));
    }

    public List<String> strings(String key, int length, String absent) {
        if (!has(key)) {
            return Collections.nCopies(length, absent);
        }
        List<String> values = strings(key);
        requireLength(key, values, length);
        return values;
    }

    public List<Integer> integers(String key, int length) {
        List<Integer> values = read(key, "comma-separated integers", text -> PythonText.items(text, PythonText::toInteger));
        requireLength(key, values, length);
        return values;
    }

    public List<Integer> integers(String key, int length, int absent) {
        return has(key) ? integers(key, length) : Collections.nCopies(length, absent);
    }

    public List<Double> numbers(String key, int length) {
        List<Double> values = read(key, "comma-separated numbers", text -> PythonText.items(text, PythonText::toNumber));
        requireLength(key, values, length);
        return values;
    }

    public List<Double> numbers(String key, int length, double absent) {
        return has(key) ? numbers(key, length) : Collections.nCopies(length, absent);
    }

    /** In lists only "true" and "1" are true and nothing is an error, unlike in {@link #bool}. */
    public List<Boolean> booleans(String key, int length, boolean absent) {
        if (!has(key)) {
            return Collections.nCopies(length, absent);
        }
        List<Boolean> values = read(key, "", text -> PythonText.items(text.toLowerCase(Locale.ROOT), i -> i.equals("true") || i.equals("1")));
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

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
