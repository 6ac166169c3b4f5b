package org.cudaconvnet.golden.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cudaconvnet.engine.InputException;

/**
 * Parity records side by side.
 *
 * @param rows one for every operation of any record
 */
public record ParityComparison(List<Column> columns, List<Row> rows) {
    /** How the digests of one operation compare; only those of equally many cases can. */
    public enum Verdict { AGREES, DIFFERS, INCOMPLETE }

    /** A record and the file it was read from. */
    public record Column(String file, ParityRecord record) {
    }

    /** @param operations one of each record, null where a record lacks it */
    public record Row(String name, List<OperationRecord> operations, Verdict verdict) {
        private static Row of(String name, List<Column> columns) {
            List<OperationRecord> operations = Arrays.asList(columns.stream().map(column -> column.record().operation(name))
                    .toArray(OperationRecord[]::new));
            List<OperationRecord> present = operations.stream().filter(Objects::nonNull).toList();
            if (present.stream().anyMatch(a -> present.stream().anyMatch(b -> differ(a, b)))) {
                return new Row(name, operations, Verdict.DIFFERS);
            }
            boolean everywhere = present.size() == columns.size();
            boolean sameCases = present.stream().mapToLong(OperationRecord::cases).distinct().count() == 1;
            return new Row(name, operations, everywhere && sameCases ? Verdict.AGREES : Verdict.INCOMPLETE);
        }

        private static boolean differ(OperationRecord a, OperationRecord b) {
            return a.cases() == b.cases() && !a.outputsSha256().equals(b.outputsSha256());
        }
    }

    /**
     * @param places files, or folders of them
     * @throws InputException if there are fewer than two records, or if their arithmetic is not the same
     */
    public static ParityComparison of(List<Path> places) {
        List<Column> columns = places.stream().flatMap(ParityComparison::files)
                .map(file -> new Column(file.toString(), ParityRecord.read(file))).toList();
        if (columns.size() < 2) {
            throw new InputException("found " + columns.size() + " parity records in " + places + ", expected at least two");
        }
        List<String> arithmetics = columns.stream().map(column -> column.record().arithmetic()).distinct().toList();
        if (arithmetics.size() > 1) {
            throw new InputException("found parity records of arithmetic " + arithmetics + " in " + places + ", expected the same in all");
        }
        return new ParityComparison(columns, columns.stream().flatMap(column -> column.record().operations().stream())
                .map(OperationRecord::name).distinct().map(name -> Row.of(name, columns)).toList());
    }

    private static Stream<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return Stream.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new InputException(place + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    public long count(Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).count();
    }
}
