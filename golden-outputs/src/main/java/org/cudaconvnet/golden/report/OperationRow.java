package org.cudaconvnet.golden.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.Measure;

/** One row of the table: every case of one operation of one set. */
public record OperationRow(String set, String operation, List<CaseResult> results) {
    public static List<OperationRow> of(List<CaseResult> results) {
        Map<List<String>, OperationRow> rows = new LinkedHashMap<>();
        for (CaseResult result : results) {
            rows.computeIfAbsent(List.of(result.set(), result.operation()),
                    key -> new OperationRow(result.set(), result.operation(), new ArrayList<>())).results.add(result);
        }
        return List.copyOf(rows.values());
    }

    public long count(CaseResult.Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    public double worstUlp() {
        return results.stream().mapToDouble(CaseResult::worstUlp).max().orElse(0);
    }

    /** "exact", or the tolerance of each array that has one. */
    public String tolerance() {
        TreeSet<String> inexact = new TreeSet<>();
        results.forEach(result -> result.arrays().stream()
                .filter(array -> array.tolerance().measure() != Measure.BITS)
                .forEach(array -> inexact.add(array.tolerance().toString())));
        return inexact.isEmpty() ? "exact" : String.join("; ", inexact);
    }
}
