package org.cudaconvnet.golden.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cudaconvnet.golden.mutation.KernelMutation.Kind;
import org.cudaconvnet.golden.mutation.MutationResult;
import org.cudaconvnet.golden.mutation.MutationResult.Outcome;

/**
 * What golden cases noticed of faults in kernels.
 *
 * @param kernels   one row per kernel and kind of fault
 * @param kinds     the same, all kernels together
 * @param reasons   equivalent programs by why they are that
 * @param survivors the faults that nothing noticed
 */
public record MutationReport(List<Row> kernels, List<Row> kinds, Map<String, Integer> reasons, List<String> survivors) {
    /** Numbers of faults of one kind; {@code kernel} is "all" in a sum. */
    public record Row(String kernel, String kind, int mutations, @JsonProperty("by_value") int byValue,
                      @JsonProperty("by_checker") int byChecker, int equivalent, int survived) {
        static Row of(String kernel, Kind kind, List<MutationResult> results) {
            return new Row(kernel, kind.label(), results.size(), count(results, Outcome.BY_VALUE), count(results, Outcome.BY_CHECKER),
                    count(results, Outcome.EQUIVALENT), count(results, Outcome.SURVIVED));
        }

        private static int count(List<MutationResult> results, Outcome outcome) {
            return (int) results.stream().filter(result -> result.outcome() == outcome).count();
        }
    }

    public static MutationReport of(List<MutationResult> results) {
        Map<String, List<MutationResult>> byKernel = new LinkedHashMap<>();
        Map<String, Integer> reasons = new TreeMap<>();
        for (MutationResult result : results) {
            byKernel.computeIfAbsent(result.mutation().kernel().name(), key -> new ArrayList<>()).add(result);
            if (result.outcome() == Outcome.EQUIVALENT) {
                reasons.merge(result.witness(), 1, Integer::sum);
            }
        }
        List<Row> kernels = new ArrayList<>();
        byKernel.forEach((kernel, ofKernel) -> kernels.addAll(rows(kernel, ofKernel)));
        List<String> survivors = results.stream().filter(result -> result.outcome() == Outcome.SURVIVED)
                .map(result -> result.mutation().toString()).toList();
        return new MutationReport(kernels, rows("all", results), reasons, survivors);
    }

    private static List<Row> rows(String kernel, List<MutationResult> results) {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<MutationResult> ofKind = results.stream().filter(result -> result.mutation().kind() == kind).toList();
            if (!ofKind.isEmpty()) {
                rows.add(Row.of(kernel, kind, ofKind));
            }
        }
        return rows;
    }

    /** A table, then the survivors. */
    public void print(PrintWriter out) {
        out.printf("%-28s %-9s %9s %9s %10s %10s %9s%n", "kernel", "kind", "mutations", "by value", "by checker", "equivalent", "survived");
        kernels.forEach(row -> print(row, out));
        kinds.forEach(row -> print(row, out));
        reasons.forEach((reason, count) -> out.printf("%d equivalent: %s%n", count, reason));
        survivors.forEach(survivor -> out.printf("survived: %s%n", survivor));
        out.flush();
    }

    private static void print(Row row, PrintWriter out) {
        out.printf("%-28s %-9s %9d %9d %10d %10d %9d%n", row.kernel(), row.kind(), row.mutations(), row.byValue(), row.byChecker(),
                row.equivalent(), row.survived());
    }
}
