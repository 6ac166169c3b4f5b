package org.cudaconvnet.engine.config;

import org.cudaconvnet.engine.InputException;

/** Expansion of {@code %(key)s} and {@code %%} in the value of one key (spec: config-language.md section 1). */
final class Interpolation {
    private static final int MAX_DEPTH = 10;

    private final ConfigSection section;
    private final String key;

    Interpolation(ConfigSection section, String key) {
        this.section = section;
        this.key = key;
    }

    String expand(String text) {
        return expand(text, 1);
    }

    private String expand(String text, int depth) {
        if (depth > MAX_DEPTH) {
            throw section.message(key, "found %(key)s references nested deeper than " + MAX_DEPTH + ", expected no cycle");
        }
        StringBuilder expanded = new StringBuilder();
        int position = 0;
        for (int percent = text.indexOf('%'); percent >= 0; percent = text.indexOf('%', position)) {
            expanded.append(text, position, percent);
            if (text.startsWith("%%", percent)) {
                expanded.append('%');
                position = percent + 2;
            } else {
                int end = text.indexOf(")s", percent);
                if (!text.startsWith("%(", percent) || end < 0) {
                    throw lonePercent(text);
                }
                expanded.append(expand(referenced(text.substring(percent + 2, end)), depth + 1));
                position = end + 2;
            }
        }
        return expanded.append(text, position, text.length()).toString();
    }

    private String referenced(String name) {
        return section.reference(name).orElseThrow(() ->
                section.message(key, "found %(" + name + ")s, expected the name of a key of this section or of [DEFAULT]"));
    }

    private InputException lonePercent(String text) {
        return section.error(key, text, "%(key)s, or %% for a per cent sign");
    }
}
