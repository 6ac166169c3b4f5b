package org.cudaconvnet.engine.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A neuron as a definition names it, such as {@code relu} or {@code tanh[1.7159,0.6667]} (spec: config-language.md section 6).
 *
 * @param usesActs   whether its gradient needs the output
 * @param usesInputs whether its gradient needs the input
 */
record NeuronType(String type, Map<String, Float> params, boolean usesActs, boolean usesInputs) {
    private static final Pattern WITH_PARAMETERS = Pattern.compile("(\\w+)\\s*\\[([\\d,.\\s\\-e]*)]\\s*");

    /** A neuron that may be named. */
    private record Kind(String type, List<String> params, String formula, boolean usesActs, boolean usesInputs) {
        @Override
        public String toString() {
            return type + (params.isEmpty() ? "" : params.toString().replace(" ", "")) + " = " + formula;
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("ident", List.of(), "x", false, false),
            new Kind("logistic", List.of(), "1/(1+e^-x)", true, false),
            new Kind("abs", List.of(), "|x|", false, true),
            new Kind("relu", List.of(), "max(0,x)", true, false),
            new Kind("nrelu", List.of(), "max(0,max(0,x)+noise)", true, false),
            new Kind("softrelu", List.of(), "log(1+e^x)", true, false),
            new Kind("square", List.of(), "x^2", false, true),
            new Kind("sqrt", List.of(), "sqrt(x)", true, false),
            new Kind("tanh", List.of("a", "b"), "a*tanh(b*x)", true, false),
            new Kind("brelu", List.of("a"), "min(a,max(0,x))", true, false),
            new Kind("linear", List.of("a", "b"), "a*x+b", true, false),
            new Kind("drelu", List.of("a"), "x-a*tanh(x/a)", false, true));

    /** Parses the value of a {@code neuron} key; an error lists all neurons. */
    static NeuronType parse(ConfigSection section, String text) {
        Matcher matcher = WITH_PARAMETERS.matcher(text);
        boolean hasParameters = matcher.matches();
        String type = hasParameters ? matcher.group(1) : text;
        List<String> values = hasParameters ? List.of(matcher.group(2).split(",", -1)) : List.of();
        for (Kind kind : KINDS) {
            if (kind.type().equals(type) && kind.params().size() == values.size()) {
                return new NeuronType(type, parameters(section, text, kind, values), kind.usesActs(), kind.usesInputs());
            }
        }
        throw section.error("neuron", text, KINDS.stream().map(Kind::toString).collect(Collectors.joining(", ", "one of: ", "")));
    }

    private static Map<String, Float> parameters(ConfigSection section, String text, Kind kind, List<String> values) {
        Map<String, Float> parameters = new LinkedHashMap<>();
        for (String name : kind.params()) {
            String value = values.get(parameters.size()).strip();
            try {
                parameters.put(name, Float.valueOf(value));
            } catch (NumberFormatException unreadable) {
                throw section.error("neuron", text, "numbers as parameters of " + kind);
            }
        }
        return parameters;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", type);
        map.put("params", params);
        map.put("usesActs", usesActs);
        map.put("usesInputs", usesInputs);
        return map;
    }
}
