package org.cudaconvnet.engine.recipe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a phase changes in the text of a parameter file. Values are decimal numbers, so that 0.001 / 10 reads 0.0001; every element of
 * a list is changed.
 */
record PhaseParameters(Map<String, Integer> divide, Map<String, BigDecimal> set) {
    private static final Pattern SECTION_OR_SETTING = Pattern.compile("(?m)^\\[(?<section>.+)]|^(?<left>(?<key>\\w+)\\s*=\\s*)(?<value>\\S+)");

    static PhaseParameters of(Recipe.Phase phase) {
        return new PhaseParameters(phase.divide(), phase.set());
    }

    String edit(String parameters) {
        StringBuilder result = new StringBuilder();
        Matcher matcher = SECTION_OR_SETTING.matcher(parameters);
        String section = "";
        while (matcher.find()) {
            if (matcher.group("section") != null) {
                section = matcher.group("section");
            } else {
                matcher.appendReplacement(result, Matcher.quoteReplacement(
                        matcher.group("left") + edited(section, matcher.group("key"), matcher.group("value"))));
            }
        }
        return matcher.appendTail(result).toString();
    }

    private String edited(String section, String key, String values) {
        BigDecimal value = set.getOrDefault(section + "." + key, set.get(key));
        if (value != null) {
            return each(values, old -> value);
        }
        if (divide.containsKey(key)) {
            BigDecimal divisor = BigDecimal.valueOf(divide.get(key));
            return each(values, old -> old.divide(divisor, MathContext.DECIMAL32));
        }
        return values;
    }

    private static String each(String values, UnaryOperator<BigDecimal> change) {
        return Arrays.stream(values.split(",")).map(value -> change.apply(new BigDecimal(value)).toPlainString())
                .collect(Collectors.joining(","));
    }
}
