package org.cudaconvnet.engine.train.original;

import java.nio.file.InvalidPathException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.train.BatchRange;
import org.cudaconvnet.engine.train.ModelOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the entry {@code op} of a checkpoint (spec: checkpoints.md section 5). */
final class OptionReader {
    private static final Logger LOG = LoggerFactory.getLogger(OptionReader.class);
    /** What the original run was loaded from, and the machine it ran on. Here the layers say how many devices there are. */
    private static final List<String> OF_THAT_RUN_ONLY = List.of("load_file", "gpu", "num_gpus");

    private OptionReader() {
    }

    /** @return options that the checkpoint gives no value are null */
    static ModelOptions read(String file, Object op) {
        String where = file + ": op";
        Entries objects = Entries.of(where, Entries.ofObject(where, op, OptionWriter.PARSER).value("options"));
        Map<String, Object> values = new LinkedHashMap<>();
        for (OriginalOption option : OriginalOption.ALL) {
            if (objects.has(option.name()) && !OF_THAT_RUN_ONLY.contains(option.name())) {
                Entries attributes = Entries.ofObject(where + ": " + option.name(), objects.value(option.name()), OptionWriter.OPTION);
                if (attributes.has("value") && !attributes.value("value").equals("")) {
                    values.put(option.name(), value(option, attributes));
                }
            }
        }
        try {
            ModelOptions options = OptionValues.options(values);
            warnOfUnknown(file, values, OptionValues.of(options));
            return options;
        } catch (IllegalArgumentException mismatch) {
            throw new InputException(where + ": " + mismatch.getMessage().lines().findFirst().orElse("unreadable options"), mismatch);
        }
    }

    private static Object value(OriginalOption option, Entries attributes) {
        return switch (option.kind()) {
            case INTEGER -> attributes.integer("value");
            case BOOLEAN -> attributes.flag("value");
            case FLOAT -> attributes.number("value");
            case STRING -> attributes.text("value");
            case STRINGS -> attributes.texts("value");
            case INTEGERS -> attributes.integers("value");
            case RANGE -> range(attributes);
            case PATH -> path(attributes);
        };
    }

    private static String range(Entries attributes) {
        List<Integer> numbers = attributes.integers("value");
        try {
            BatchRange range = new BatchRange(numbers.get(0), numbers.get(numbers.size() - 1));
            if (range.numbers().equals(numbers)) {
                return range.toString();
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException none) {
            // Refused below.
        }
        throw attributes.unexpected("value", numbers.size() + " numbers", "successive batch numbers");
    }

    private static String path(Entries attributes) {
        try {
            return OptionValues.uri(attributes.text("value"));
        } catch (InvalidPathException malformed) {
            throw attributes.wrong("value", attributes.value("value"), "a path");
        }
    }

    private static void warnOfUnknown(String file, Map<String, Object> stored, Map<String, Object> known) {
        for (OriginalOption option : OriginalOption.ALL) {
            Object value = stored.get(option.name());
            if (value != null && !option.isFallback(value) && !known.containsKey(option.name())) {
                LOG.warn("{}: its option {}={} has no counterpart here and is left out", file, option.prefixedLetter(), value);
            }
        }
    }
}
