package org.cudaconvnet.golden;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One call of one operation of the original (spec: golden-2012 README).
 *
 * @param operation family of calls; a suffix Large only names a choice of sizes
 * @param call      the original function or method
 * @param arguments every argument that is not a matrix, by the original's names
 * @param exact     true if an implementation with the same order of arithmetic must agree bit for bit
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record GoldenCase(@JsonProperty(required = true) String name,
                         @JsonProperty(required = true) String file,
                         @JsonProperty(value = "op", required = true) String operation,
                         @JsonProperty(required = true) String call,
                         @JsonProperty(required = true) JsonNode arguments,
                         @JsonProperty(required = true) List<GoldenArray> inputs,
                         @JsonProperty(required = true) List<GoldenArray> outputs,
                         @JsonProperty(required = true) boolean exact) {
}
