package org.cudaconvnet.golden.kernelcases;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.golden.GoldenCase;
import org.cudaconvnet.golden.Measure;
import org.cudaconvnet.golden.Tolerance;

/**
 * The tolerance of every output array of every operation, from kernel-tolerances.json. What is not listed there must agree bit for
 * bit, and so must every case that the index calls exact.
 */
final class KernelTolerances {
    private static final String RESOURCE = "/org/cudaconvnet/golden/kernel-tolerances.json";

    private record Entry(@JsonProperty(required = true) String[] operations, @JsonProperty(required = true) String array,
                         @JsonProperty(required = true) Measure measure, @JsonProperty(required = true) double ulp,
                         @JsonProperty(required = true) String reason) {
    }

    private final Map<String, Tolerance> byOperationAndArray = new HashMap<>();

    private KernelTolerances() {
    }

    static KernelTolerances load() {
        KernelTolerances tolerances = new KernelTolerances();
        try (InputStream stream = KernelTolerances.class.getResourceAsStream(RESOURCE)) {
            for (Entry entry : JsonMapper.builder().build().readValue(stream, Entry[].class)) {
                for (String operation : entry.operations()) {
                    tolerances.byOperationAndArray.put(key(operation, entry.array()),
                            new Tolerance(entry.measure(), entry.ulp(), entry.reason()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
        return tolerances;
    }

    Tolerance of(GoldenCase goldenCase, GoldenArray output) {
        return goldenCase.exact() ? Tolerance.EXACT : byOperationAndArray.getOrDefault(
                key(goldenCase.operation().replaceFirst("Large$", ""), output.name()), Tolerance.EXACT);
    }

    private static String key(String operation, String array) {
        return operation + " " + array;
    }
}
