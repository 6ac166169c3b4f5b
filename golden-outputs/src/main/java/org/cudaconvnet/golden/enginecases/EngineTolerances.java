package org.cudaconvnet.golden.enginecases;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.cudaconvnet.golden.Measure;
import org.cudaconvnet.golden.Tolerance;

/**
 * The tolerance of every array of an engine golden, from engine-tolerances.json: the first rule whose patterns match the net and the whole
 * name of the array. An array without a rule must agree bit for bit.
 */
final class EngineTolerances {
    private static final String RESOURCE = "/org/cudaconvnet/golden/engine-tolerances.json";

    /** @param ulp null if the engine does not form the array */
    private record Rule(@JsonProperty(required = true) String net, @JsonProperty(required = true) String arrays,
                        Measure measure, Double ulp, @JsonProperty(required = true) String reason) {
    }

    private final List<Rule> rules;

    private EngineTolerances(List<Rule> rules) {
        this.rules = rules;
    }

    static EngineTolerances load(String net) {
        try (InputStream stream = EngineTolerances.class.getResourceAsStream(RESOURCE)) {
            Rule[] rules = JsonMapper.builder().build().readValue(stream, Rule[].class);
            return new EngineTolerances(List.of(rules).stream().filter(rule -> net.matches(rule.net())).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    Tolerance of(String array) {
        Rule rule = rule(array);
        return rule == null || rule.ulp() == null ? Tolerance.EXACT : new Tolerance(rule.measure(), rule.ulp(), rule.reason());
    }

    /** Why the engine does not form an array, or null if it should. */
    String notFormed(String array) {
        Rule rule = rule(array);
        return rule == null || rule.ulp() != null ? null : rule.reason();
    }

    private Rule rule(String array) {
        return rules.stream().filter(rule -> array.matches(rule.arrays())).findFirst().orElse(null);
    }
}
