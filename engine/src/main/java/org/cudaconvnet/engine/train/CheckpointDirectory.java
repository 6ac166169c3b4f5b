package org.cudaconvnet.engine.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.train.original.OriginalCheckpoint;

/** A run's directory of checkpoints named {@code EPOCH.BATCH} (spec: command-line.md section 7). Other files in it are left alone. */
public record CheckpointDirectory(Path path) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH.mm.ss");
    private static final Comparator<Path> BY_EPOCH_AND_BATCH = Comparator.comparingLong((Path file) -> number(file, 0))
            .thenComparingLong(file -> number(file, 1));

    /** The directory of a run that starts now; null for a run that saves nothing. */
    static CheckpointDirectory startedAt(Path savePath, LocalDateTime time) {
        return savePath == null ? null : new CheckpointDirectory(savePath.resolve("ConvNet__" + TIME.format(time)));
    }

    /** The directory of the checkpoint that {@code -f} names, or that it names itself. */
    static CheckpointDirectory of(Path loadFile) {
        return new CheckpointDirectory(Files.isDirectory(loadFile) ? loadFile : loadFile.toAbsolutePath().getParent());
    }

    /** The checkpoint that {@code -f} names: the file itself, or the newest one of a directory. */
    public static Path resolve(Path loadFile) {
        if (!Files.isDirectory(loadFile)) {
            return loadFile;
        }
        List<Path> checkpoints = new CheckpointDirectory(loadFile).checkpoints();
        if (checkpoints.isEmpty()) {
            throw new InputException(loadFile + ": found no checkpoint, expected files named EPOCH.BATCH");
        }
        return checkpoints.get(checkpoints.size() - 1);
    }

    private static long number(Path file, int part) {
        return Long.parseLong(file.getFileName().toString().split("\\.")[part]);
    }

    /** Where the checkpoint of a batch is saved. */
    public Path file(int epoch, int batchNumber) {
        return path.resolve(epoch + "." + batchNumber);
    }

    /** Epoch of the newest checkpoint, 0 if there is none. */
    public int newestEpoch() {
        List<Path> checkpoints = checkpoints();
        return checkpoints.isEmpty() ? 0 : (int) number(checkpoints.get(checkpoints.size() - 1), 0);
    }

    /** Batch of the newest checkpoint, 0 if there is none. */
    public int newestBatch() {
        List<Path> checkpoints = checkpoints();
        return checkpoints.isEmpty() ? 0 : (int) number(checkpoints.get(checkpoints.size() - 1), 1);
    }

    /** Oldest first. */
    List<Path> checkpoints() {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{1,9}\\.\\d{1,9}")).sorted(BY_EPOCH_AND_BATCH).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Done before training starts, so that a run that cannot save does not start. */
    void create() {
        try {
            Files.createDirectories(path);
        } catch (IOException failed) {
            throw new InputException(path + ": cannot be created as the directory of checkpoints: " + DatasetException.reason(failed), failed);
        }
        if (!Files.isWritable(path)) {
            throw new InputException(path + ": cannot be written, expected a directory for checkpoints");
        }
    }

    Path save(Checkpoint checkpoint) {
        Path file = file(checkpoint.progress().epoch(), checkpoint.progress().batchNumber());
        CheckpointFile.write(file, checkpoint, checkpoint.progress().options().zipSave);
        prune(file, (long) checkpoint.progress().options().maxFilesizeMb << 20);
        return file;
    }

    /**
     * Deletes the oldest checkpoints until the rest fits into {@code maxBytes}, at most up to the one just written. Those of the original
     * stay: nothing can make them again.
     */
    private void prune(Path written, long maxBytes) {
        try {
            List<Path> own = checkpoints().stream().filter(file -> !OriginalCheckpoint.isAt(file)).toList();
            long total = 0;
            for (Path file : own) {
                total += Files.size(file);
            }
            for (Path file : own) {
                if (total <= maxBytes || file.equals(written)) {
                    return;
                }
                total -= Files.size(file);
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
