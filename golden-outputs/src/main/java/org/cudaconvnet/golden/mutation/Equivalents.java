package org.cudaconvnet.golden.mutation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Mutations known to be equivalent programs: no legal call can tell them from the kernel. They are listed by reason, then by kernel. */
public final class Equivalents {
    private static final String RESOURCE = "/org/cudaconvnet/golden/equivalent-mutations.json";

    private final Map<String, String> reasons = new TreeMap<>();

    private Equivalents(Map<String, Map<String, List<String>>> mutationsByReason) {
        mutationsByReason.forEach((reason, kernels) -> kernels.forEach((kernel, mutations) -> mutations.forEach(
                mutation -> reasons.put(kernel + ": " + mutation, reason))));
    }

    public static Equivalents load() {
        try (InputStream in = Equivalents.class.getResourceAsStream(RESOURCE)) {
            return new Equivalents(JsonMapper.builder().build().readValue(in, new TypeReference<>() { }));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " is damaged", e);
        }
    }

    public int size() {
        return reasons.size();
    }

    /** Why no golden case can fail, null if that is not known. */
    String reason(KernelMutation mutation) {
        return reasons.get(mutation.kernel().name() + ": " + mutation.description());
    }
}
