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

    private record Rule(@JsonProperty(required = true) String net, @JsonProperty(required = true) String arrays,
                        @JsonProperty(required = true) Measure measure, @JsonProperty(required = true) double ulp,
                        @JsonProperty(required = true) String reason) {
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
        return rules.stream().filter(rule -> array.matches(rule.arrays())).findFirst()
                .map(rule -> new Tolerance(rule.measure(), rule.ulp(), rule.reason())).orElse(Tolerance.EXACT);
    }
}
