package org.cudaconvnet.golden.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.train.CheckpointFile;
import org.cudaconvnet.engine.train.original.OriginalCheckpoint;

/** Compares two array files or checkpoints, or all array files below two folders. */
public final class Comparison {
    private final Path a;
    private final Path b;
    private final Differences differences = new Differences();

    private Comparison(Path a, Path b) {
        this.a = a;
        this.b = b;
    }

    /** @throws InputException if one is missing or one is a folder and the other a file */
    public static Differences of(Path a, Path b) {
        Comparison comparison = new Comparison(a, b);
        requireExists(a);
        requireExists(b);
        if (Files.isDirectory(a) != Files.isDirectory(b)) {
            throw new InputException(a + " and " + b + ": found a folder and a file, expected two of one kind");
        }
        if (Files.isDirectory(a)) {
            comparison.compareFolders();
        } else {
            comparison.compareFiles(a.getFileName().toString(), a, b);
        }
        return comparison.differences;
    }

    private static void requireExists(Path path) {
        if (!Files.exists(path)) {
            throw new InputException(path + ": no such file or folder");
        }
    }

    private void compareFolders() {
        Set<String> files = new LinkedHashSet<>(ExecutionOrder.files(a));
        files.addAll(ExecutionOrder.files(b));
        if (files.isEmpty()) {
            throw new InputException(a + " and " + b + ": no array files (.npz) in either");
        }
        for (String file : files) {
            if (!Files.exists(a.resolve(file)) || !Files.exists(b.resolve(file))) {
                onlyInOne(file, Files.exists(a.resolve(file)));
            } else {
                compareFiles(file, a.resolve(file), b.resolve(file));
            }
        }
    }

    private void compareFiles(String name, Path fileA, Path fileB) {
        // What a pickled checkpoint holds is compared with the matrices of another checkpoint, not with that file's own records.
        boolean checkpoints = OriginalCheckpoint.isAt(fileA) || OriginalCheckpoint.isAt(fileB);
        Map<String, NumpyArray> arraysA = checkpoints ? CheckpointFile.matrices(fileA) : Npz.read(fileA);
        Map<String, NumpyArray> arraysB = checkpoints ? CheckpointFile.matrices(fileB) : Npz.read(fileB);
        Set<String> names = new LinkedHashSet<>(ExecutionOrder.arrays(name, arraysA));
        names.addAll(ExecutionOrder.arrays(name, arraysB));
        for (String array : names) {
            String where = name + ":" + array;
            if (!arraysA.containsKey(array) || !arraysB.containsKey(array)) {
                onlyInOne(where, arraysA.containsKey(array));
            } else {
                differences.compare(where, arraysA.get(array), arraysB.get(array));
            }
        }
    }

    private void onlyInOne(String what, boolean inA) {
        differences.onlyIn((inA ? a : b).toString(), what);
    }
}
