package org.cudaconvnet.golden.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.CaseResult.Status;

/** The table per operation, and every case that failed or was skipped by name. */
public final class TextReport {
    private TextReport() {
    }

    public static void print(DeviceRun run, PrintWriter out) {
        List<OperationRow> rows = OperationRow.of(run.results());
        int setWidth = width(rows.stream().map(OperationRow::set).toList(), "set");
        int operationWidth = width(rows.stream().map(OperationRow::operation).toList(), "operation");
        String format = "%-" + setWidth + "s  %-" + operationWidth + "s  %6s %7s %7s  %10s  %s%n";
        out.printf("%s: %s%n%n", run.device(), run.description());
        out.printf(format, "set", "operation", "cases", "passed", "failed", "worst ulp", "tolerance");
        for (OperationRow row : rows) {
            boolean skipped = row.count(Status.SKIPPED) > 0;
            boolean compared = row.results().stream().anyMatch(result -> !result.arrays().isEmpty());
            out.printf(format, row.set(), row.operation(), row.results().size(), row.count(Status.PASSED), row.count(Status.FAILED),
                    compared ? String.format(Locale.ROOT, "%.4g", row.worstUlp()) : "-", skipped ? "skipped" : row.tolerance());
        }
        out.println();
        printCases(run, Status.FAILED, "FAILED", out);
        printCases(run, Status.SKIPPED, "skipped", out);
        out.printf(Locale.ROOT, "%s: %d of %d cases passed, %d failed, %d skipped, in %.1f s%n", run.device(), run.count(Status.PASSED),
                run.results().size(), run.count(Status.FAILED), run.count(Status.SKIPPED), run.seconds());
    }

    private static void printCases(DeviceRun run, Status status, String label, PrintWriter out) {
        for (CaseResult result : run.results()) {
            if (result.status() == status) {
                out.printf("%s %s/%s: %s%n", label, result.set(), result.name(), result.message().replace("\n", System.lineSeparator() + "    "));
            }
        }
    }

    private static int width(List<String> cells, String title) {
        return Math.max(title.length(), cells.stream().mapToInt(String::length).max().orElse(0));
    }
}
