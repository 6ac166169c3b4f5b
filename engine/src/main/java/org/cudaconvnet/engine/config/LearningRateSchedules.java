package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys schedW and schedB: {@code name}, {@code name[key=value,...]}, or {@code name[value,...]} as in files older than the released
 * parser, which refuses these; there noiseStdev may be left out (spec: config-language.md sections 5.1 and 12).
 */
final class LearningRateSchedules {
    private static final Pattern SCHEDULE = Pattern.compile("\\s*(\\w+)\\s*(?:\\[(.*)]\\s*)?");
    private static final String FACTOR = "tgtFactor";
    private static final String NOISE = "noiseStdev";
    private static final String STEPS = "numSteps";
    private static final Map<String, List<String>> KEYS = Map.of(
            "default", List.of(),
            "linear", List.of(FACTOR, NOISE),
            "exp", List.of(FACTOR, NOISE),
            "dexp", List.of(FACTOR, NOISE, STEPS),
            "jdexp", List.of(FACTOR, NOISE, STEPS));

    private LearningRateSchedules() {
    }

    /** The schedule as {type, params}; {@code default} if the key is absent. */
    static Map<String, Object> parse(ConfigSection section, String key) {
        String text = section.string(key, "default");
        Matcher schedule = SCHEDULE.matcher(text);
        String type = schedule.matches() ? schedule.group(1).toLowerCase(Locale.ROOT) : "";
        section.require(KEYS.containsKey(type), key, text, "default, linear[...], exp[...], dexp[...] or jdexp[...]");
        List<String> keys = KEYS.get(type);
        List<String> items = schedule.group(2) == null ? List.of() : List.of(schedule.group(2).split(",", -1));
        if (!items.isEmpty() && items.stream().noneMatch(item -> item.contains("="))) {
            items = named(keys, items);
        }
        Map<String, Object> params = new LinkedHashMap<>();
        for (int i = 0; i < keys.size() && items.size() == keys.size(); i++) {
            String[] parts = items.get(i).split("=", 2);
            if (parts.length == 2 && parts[0].strip().equalsIgnoreCase(keys.get(i))) {
                params.put(keys.get(i), value(section, key, keys.get(i), parts[1].strip()));
            }
        }
        section.require(params.size() == keys.size() && items.size() == keys.size(), key, text, form(type));
        requirePositive(section, key, params, FACTOR);
        requirePositive(section, key, params, STEPS);
        return Map.of("type", type, "params", params);
    }

    private static void requirePositive(ConfigSection section, String key, Map<String, Object> params, String param) {
        Object value = params.get(param);
        section.require(value == null || ((Number) value).doubleValue() > 0, key, param + "=" + value, "a number greater than 0");
    }

    private static Object value(ConfigSection section, String key, String param, String text) {
        try {
            return param.equals(STEPS) ? (Object) Integer.valueOf(text) : Float.valueOf(text);
        } catch (NumberFormatException unreadable) {
            throw section.error(key, param + "=" + text, param.equals(STEPS) ? "an integer" : "a number");
        }
    }

    /** The items as assignments; of one value less than keys, the noise is what it lacks. */
    private static List<String> named(List<String> keys, List<String> values) {
        List<String> given = new ArrayList<>(keys);
        if (values.size() + 1 == keys.size()) {
            given.remove(NOISE);
        }
        if (values.size() != given.size()) {
            return values;
        }
        return keys.stream().map(key -> key + "=" + (given.contains(key) ? values.get(given.indexOf(key)).strip() : "0")).toList();
    }

    private static String form(String type) {
        List<String> assignments = KEYS.get(type).stream().map(key -> key + "=...").toList();
        return assignments.isEmpty() ? type : type + "[" + String.join(",", assignments) + "]";
    }
}
