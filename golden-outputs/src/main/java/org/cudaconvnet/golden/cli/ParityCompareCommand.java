package org.cudaconvnet.golden.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cudaconvnet.engine.cli.JsonOption;
import org.cudaconvnet.golden.parity.OperationRecord;
import org.cudaconvnet.golden.parity.ParityComparison;
import org.cudaconvnet.golden.parity.ParityComparison.Row;
import org.cudaconvnet.golden.parity.ParityComparison.Verdict;
import org.cudaconvnet.golden.parity.ParityRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints parity records side by side; exit code 1 if two digests of the same cases differ. */
@Command(name = "compare",
        description = "Prints parity records side by side and says whether the digests of their outputs agree.",
        footer = {"", "Examples:", "  convnet golden parity compare", "  convnet golden parity compare golden-outputs/parity-records mine.json"})
final class ParityCompareCommand implements Callable<Integer> {
    /** Digits of a digest that are shown; all are compared. */
    private static final int SHOWN = 12;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "PLACE", defaultValue = "${sys:convnet.home:-.}/golden-outputs/parity-records",
            description = "Records, or folders of them (${DEFAULT-VALUE}).")
    private List<Path> places;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        ParityComparison comparison = ParityComparison.of(places);
        PrintWriter out = spec.commandLine().getOut();
        printRecords(comparison, out);
        out.println();
        printOperations(comparison, out);
        out.printf("%d operations: %d agree, %d differ, %d not with the same cases in all records%n", comparison.rows().size(),
                comparison.count(Verdict.AGREES), comparison.count(Verdict.DIFFERS), comparison.count(Verdict.INCOMPLETE));
        out.flush();
        json.write(comparison);
        return comparison.count(Verdict.DIFFERS) > 0 ? 1 : 0;
    }

    private static void printRecords(ParityComparison comparison, PrintWriter out) {
        for (int i = 0; i < comparison.columns().size(); i++) {
            ParityRecord record = comparison.columns().get(i).record();
            out.printf("%-3s %s%n", letter(i), comparison.columns().get(i).file());
            out.printf("    %s: %s, %s, %d multiprocessors or threads, driver %s%s%n", record.device(), record.facts().model(),
                    record.facts().architecture(), record.facts().multiprocessors(), record.facts().driver(),
                    record.facts().cuda() == null ? "" : ", CUDA " + record.facts().cuda());
            out.printf("    %s, Java %s%s, %s%n", record.date(), record.host().javaVersion(), record.host().vector() ? " with vectors" : "",
                    record.host().system());
            out.printf("    PTX %s, %s arithmetic; %d cases, %d passed, %d failed, %d excused%n",
                    record.ptxManifestSha256().substring(0, SHOWN), record.arithmetic(), record.cases(), record.passed(), record.failed(),
                    record.excused());
        }
    }

    private static void printOperations(ParityComparison comparison, PrintWriter out) {
        int width = comparison.rows().stream().mapToInt(row -> row.name().length()).max().orElse(0);
        out.printf("%-" + width + "s", "operation");
        for (int i = 0; i < comparison.columns().size(); i++) {
            out.printf("  %5s %-" + SHOWN + "s", "cases", letter(i));
        }
        out.println();
        for (Row row : comparison.rows()) {
            out.printf("%-" + width + "s", row.name());
            row.operations().forEach(operation -> out.print("  " + cell(operation)));
            out.println(row.verdict() == Verdict.AGREES ? "" : "  " + row.verdict().name().toLowerCase(Locale.ROOT));
        }
    }

    private static String cell(OperationRecord operation) {
        return operation == null ? " ".repeat(4) + "- " + " ".repeat(SHOWN)
                : "%5d %s".formatted(operation.cases(), operation.outputsSha256().substring(0, SHOWN));
    }

    /** A, B, ... Z, then numbers. */
    private static String letter(int column) {
        return column < 26 ? String.valueOf((char) ('A' + column)) : String.valueOf(column);
    }
}
