package org.cudaconvnet.engine.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.engine.InputException;

/**
 * A layer definition or parameter file: sections of keys in the grammar of Python 2.7's SafeConfigParser (spec: config-language.md
 * section 1).
 *
 * <p>Repeated sections merge into the first one, {@code [DEFAULT]} supplies defaults to all, keys are case-insensitive, an indented line
 * continues the value above. No Java library reads exactly this grammar, hence the reader here.
 */
public final class ConfigFile {
    private static final Pattern HEADER = Pattern.compile("\\[([^]]+)].*");
    private static final Pattern KEY = Pattern.compile("([^:=\\s][^:=]*)[:=](.*)");
    private static final Pattern REMARK = Pattern.compile("rem(\\s.*)?", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final Map<String, ConfigEntry> defaults = new HashMap<>();
    private final Map<String, ConfigSection> sections = new LinkedHashMap<>();

    private ConfigFile(String name) {
        this.name = name;
    }

    /** Reads a file in UTF-8. */
    public static ConfigFile read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException absent) {
            throw new InputException(file + ": no such file, expected a layer definition or parameter file", absent);
        } catch (CharacterCodingException binary) {
            throw new InputException(file + ": found bytes that are not UTF-8 text, expected a layer definition or parameter file", binary);
        } catch (IOException unreadable) {
            throw new InputException(file + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Parses text.
     *
     * @param name the name that error messages use, such as the file's path
     */
    public static ConfigFile parse(String name, String text) {
        ConfigFile file = new ConfigFile(name);
        file.readLines(text.lines().toList());
        return file;
    }

    /**
     * A file that was never text: values are taken as they are, and messages name no lines.
     *
     * @param sections keys and values of each section, in order
     */
    public static ConfigFile of(String name, Map<String, Map<String, String>> sections) {
        ConfigFile file = new ConfigFile(name);
        sections.forEach((section, values) -> {
            Map<String, ConfigEntry> entries = new LinkedHashMap<>();
            values.forEach((key, value) -> entries.put(key.toLowerCase(Locale.ROOT), new ConfigEntry(value.replace("%", "%%"), 0)));
            file.sections.put(section, new ConfigSection(name, section, 0, entries, file.defaults));
        });
        return file;
    }

    public String name() {
        return name;
    }

    /** Sections in the order of their first occurrence, without {@code [DEFAULT]}. */
    public List<ConfigSection> sections() {
        return new ArrayList<>(sections.values());
    }

    public boolean hasSection(String section) {
        return sections.containsKey(section);
    }

    /** The named section, or an empty one if the file has none (only the defaults of {@code [DEFAULT]} apply to it). */
    public ConfigSection section(String section) {
        return sections.getOrDefault(section, new ConfigSection(name, section, 0, new LinkedHashMap<>(), defaults));
    }

    private void readLines(List<String> lines) {
        Map<String, ConfigEntry> current = null;
        String key = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int number = i + 1;
            if (line.isBlank() || line.startsWith("#") || line.startsWith(";") || REMARK.matcher(line).matches()) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0)) && key != null) {
                current.compute(key, (k, entry) -> entry.continuedBy(line.strip()));
                continue;
            }
            Matcher header = HEADER.matcher(line);
            Matcher assignment = KEY.matcher(line);
            if (header.matches()) {
                current = entriesOf(header.group(1), number);
                key = null;
            } else if (current == null) {
                throw error(number, line, "a section header such as [conv1] before the first key");
            } else if (assignment.matches()) {
                key = assignment.group(1).strip().toLowerCase(Locale.ROOT);
                current.put(key, new ConfigEntry(value(assignment.group(2).strip()), number));
            } else {
                throw error(number, line, "KEY=VALUE");
            }
        }
    }

    private Map<String, ConfigEntry> entriesOf(String section, int line) {
        if (section.equals("DEFAULT")) {
            return defaults;
        }
        return sections.computeIfAbsent(section, s -> new ConfigSection(name, s, line, new LinkedHashMap<>(), defaults)).entries();
    }

    /** Only a semicolon after white space starts a comment, and only the first semicolon of a value is looked at. */
    private static String value(String text) {
        int comment = text.indexOf(';');
        String value = comment > 0 && Character.isWhitespace(text.charAt(comment - 1)) ? text.substring(0, comment).strip() : text;
        return value.equals("\"\"") ? "" : value;
    }

    private InputException error(int line, String found, String expected) {
        return new InputException(name + ":" + line + ": found \"" + found.strip() + "\", expected " + expected);
    }
}
