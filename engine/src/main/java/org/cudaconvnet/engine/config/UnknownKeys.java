package org.cudaconvnet.engine.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of keys that a layer does not read. The original ignores them, which hides misspelt ones; here they are errors. */
final class UnknownKeys {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownKeys.class);

    /** Never read by any release, yet present in released parameter files (spec: config-language.md section 12). */
    private static final List<String> HISTORICAL = List.of("sched", "wcnorm");

    /** Keys of some types, which parameter files may have in the sections of others. */
    private static final List<String> OF_OTHER_TYPES = List.of("wball", "wcnormmax", "wcnormmin", "schedw", "schedb", "mindiv", "domax", "topk");

    private UnknownKeys() {
    }

    static void refuse(ConfigSection section, LayerDict layer, boolean lenient) {
        for (String key : section.unknownKeys()) {
            if (HISTORICAL.contains(key)) {
                LOG.warn("{}", section.message(key, "has no effect, as in the original").getMessage());
            } else if (OF_OTHER_TYPES.contains(key)) {
                LOG.warn("{}", section.message(key, "has no effect on a " + layer.type() + " layer").getMessage());
            } else if (!lenient) {
                throw section.message(key, "found an unknown key of a " + layer.type() + " layer, expected " + nearest(section, key)
                        .orElse("one of " + section.knownKeys()));
            }
        }
    }

    /** The key that was probably meant: at most every third letter differs. */
    private static Optional<String> nearest(ConfigSection section, String key) {
        ToIntFunction<String> distance = known -> editDistance(known.toLowerCase(Locale.ROOT), key);
        return section.knownKeys().stream().filter(known -> !known.equals(key) && distance.applyAsInt(known) <= 1 + key.length() / 3)
                .min(Comparator.comparingInt(distance));
    }

    /** Levenshtein's distance, row by row. */
    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
