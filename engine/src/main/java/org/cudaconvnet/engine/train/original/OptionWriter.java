package org.cudaconvnet.engine.train.original;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.PickledClass;
import org.cudaconvnet.datasets.numpy.PickledInstance;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.train.BatchRange;
import org.cudaconvnet.engine.train.ModelOptions;

/**
 * Makes the entry {@code op} of a checkpoint: all options as objects of the original's module options (spec: checkpoints.md section 5).
 * Our own options, which the original does not know, are not among them.
 */
final class OptionWriter {
    static final String MODULE = "options";
    static final String PARSER = MODULE + ".OptionsParser";
    static final String OPTION = MODULE + ".Option";

    private OptionWriter() {
    }

    /** @param devices that the layers name */
    static PickledInstance write(Generation generation, ModelOptions options, int devices) {
        Map<String, Object> values = OptionValues.of(options);
        values.put("num_gpus", devices);
        Map<String, Object> objects = new LinkedHashMap<>();
        for (OriginalOption option : OriginalOption.ALL) {
            if (option.only2012() && generation == Generation.V1) {
                requireFallback(option, values);
            } else {
                objects.put(option.name(), object(option, values));
            }
        }
        return object("OptionsParser", new LinkedHashMap<>(Map.of("options", objects)));
    }

    private static void requireFallback(OriginalOption option, Map<String, Object> values) {
        if (isGiven(option, values)) {
            throw new InputException("option " + option.prefixedLetter() + "=" + values.get(option.name())
                    + ", which v1 does not know; expected the format 2012");
        }
    }

    private static boolean isGiven(OriginalOption option, Map<String, Object> values) {
        return values.containsKey(option.name()) && !option.isFallback(plain(option.kind(), values.get(option.name())));
    }

    private static PickledInstance object(OriginalOption option, Map<String, Object> values) {
        boolean devices = OriginalOption.DEVICES_EXPRESSION.equals(option.fallback());
        Object value = values.get(option.name());
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("letter", option.letter());
        attributes.put("name", option.name());
        attributes.put("desc", option.description());
        attributes.put("parser", parser(option.kind()));
        attributes.put("set_once", option.setOnce());
        attributes.put("default", devices ? object("OptionExpression", new LinkedHashMap<>(Map.of("expr", option.fallback())))
                : option.fallback());
        attributes.put("excuses", option.excuses().contains("all") ? "all" : option.excuses());
        attributes.put("requires", option.requires());
        attributes.put("save", true);
        attributes.put("value", devices ? Collections.nCopies((int) values.get("num_gpus"), -1)
                : value == null ? option.fallback() : plain(option.kind(), value));
        attributes.put("value_given", isGiven(option, values));
        attributes.put("prefixed_letter", option.prefixedLetter());
        return object("Option", attributes);
    }

    private static Object parser(OriginalOption.Kind kind) {
        PickledClass parser = new PickledClass(MODULE, kind.parser());
        if (!kind.isList()) {
            return parser;
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("parsers", parser);
        attributes.put("sepchar", ",");
        return object("ListOptionParser", attributes);
    }

    private static Object plain(OriginalOption.Kind kind, Object value) {
        return switch (kind) {
            case BOOLEAN -> Boolean.TRUE.equals(value) ? 1 : 0;
            case RANGE -> BatchRange.parse((String) value).numbers();
            case STRINGS -> new ArrayList<>((List<?>) value);
            case PATH -> OptionValues.path((String) value).toString();
            // As the command line says it, not the binary32 number nearest to that.
            case FLOAT -> Double.valueOf(value.toString());
            default -> value;
        };
    }

    private static PickledInstance object(String type, Map<String, Object> attributes) {
        return new PickledInstance(new PickledClass(MODULE, type), attributes);
    }
}
