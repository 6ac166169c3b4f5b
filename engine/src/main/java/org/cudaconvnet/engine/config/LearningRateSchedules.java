package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys schedW and schedB: {@code name} or {@code name[key=value,...]} (spec: config-language.md section 5.1). */
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
        boolean positional = !items.isEmpty() && items.stream().noneMatch(item -> item.contains("="));
        if (positional) {
            throw section.error(key, text, "named values: " + named(type, items) + " (the released parser refuses positional ones too)");
        }
        Map<String, Object> params = new LinkedHashMap<>();
        for (int i = 0; i < keys.size() && items.size() == keys.size(); i++) {
            String[] parts = items.get(i).split("=", 2);
            if (parts.length == 2 && parts[0].strip().equalsIgnoreCase(keys.get(i))) {
                params.put(keys.get(i), value(section, key, keys.get(i), parts[1].strip()));
            }
        }
        section.require(params.size() == keys.size() && items.size() == keys.size(), key, text, form(type));
        return Map.of("type", type, "params", params);
    }

    private static Object value(ConfigSection section, String key, String param, String text) {
        try {
            return param.equals(STEPS) ? (Object) Integer.valueOf(text) : Float.valueOf(text);
        } catch (NumberFormatException unreadable) {
            throw section.error(key, param + "=" + text, param.equals(STEPS) ? "an integer" : "a number");
        }
    }

    /** The named form of a positional schedule; with a value less than keys, the noise is what it lacks. */
    private static String named(String type, List<String> items) {
        List<String> keys = new ArrayList<>(KEYS.get(type));
        if (items.size() + 1 == keys.size()) {
            keys.remove(NOISE);
        }
        if (items.size() != keys.size()) {
            return form(type);
        }
        List<String> assignments = new ArrayList<>();
        for (String key : KEYS.get(type)) {
            assignments.add(key + "=" + (keys.contains(key) ? items.get(keys.indexOf(key)).strip() : "0"));
        }
        return type + "[" + String.join(",", assignments) + "]";
    }

    private static String form(String type) {
        List<String> assignments = KEYS.get(type).stream().map(key -> key + "=...").toList();
        return assignments.isEmpty() ? type : type + "[" + String.join(",", assignments) + "]";
    }
}
