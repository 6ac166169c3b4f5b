package org.cudaconvnet.datasets.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.DatasetException;

/** A directory of the original's batch files: {@code batches.meta} and {@code data_batch_N} (spec: data-formats.md section 1). */
public final class BatchDirectory {
    private static final Pattern BATCH_NAME = Pattern.compile("data_batch_(\\d{1,9})(\\.\\d+)?");

    private final Path directory;
    private final BatchMeta meta;
    private final JpegMeta jpegMeta;
    private final List<Integer> batchNumbers;

    private BatchDirectory(Path directory, Dictionary meta, List<Integer> batchNumbers) {
        Path metaFile = directory.resolve(BatchMeta.FILE_NAME);
        this.directory = directory;
        this.meta = BatchMeta.of(meta, metaFile);
        this.jpegMeta = JpegMeta.isIn(meta) ? JpegMeta.of(meta, metaFile) : null;
        this.batchNumbers = batchNumbers;
    }

    /** Whether a path is such a directory, told by its {@code batches.meta}. */
    public static boolean isAt(Path path) {
        return Files.isRegularFile(path.resolve(BatchMeta.FILE_NAME));
    }

    public static BatchDirectory open(Path directory) {
        if (!isAt(directory)) {
            throw new DatasetException(directory + ": no " + BatchMeta.FILE_NAME + ", expected a directory of batch files");
        }
        Path metaFile = directory.resolve(BatchMeta.FILE_NAME);
        try (Stream<Path> files = Files.list(directory)) {
            List<Integer> numbers = files.map(file -> BATCH_NAME.matcher(file.getFileName().toString())).filter(Matcher::matches)
                    .map(matcher -> Integer.valueOf(matcher.group(1))).distinct().sorted().toList();
            return new BatchDirectory(directory, Dictionary.read(metaFile), numbers);
        } catch (IOException e) {
            throw new DatasetException(directory + ": cannot be listed: " + DatasetException.reason(e), e);
        }
    }

    public Path path() {
        return directory;
    }

    public BatchMeta meta() {
        return meta;
    }

    /** Whether the batches hold JPEG files, told by the key {@code batch_size}. */
    public boolean holdsJpegs() {
        return jpegMeta != null;
    }

    /** @throws DatasetException unless the batches hold JPEG files */
    public JpegMeta jpegMeta() {
        if (jpegMeta == null) {
            throw new DatasetException(directory.resolve(BatchMeta.FILE_NAME) + ": no key batch_size, expected one of JPEG batches");
        }
        return jpegMeta;
    }

    /** The numbers of all batches, ascending. */
    public List<Integer> batchNumbers() {
        return batchNumbers;
    }

    /** A batch of uncompressed images. */
    public BatchFile read(int number) {
        Path file = file(number);
        List<Path> parts = new ArrayList<>();
        for (int part = 1; Files.exists(part(file, part)); part++) {
            parts.add(part(file, part));
        }
        return BatchFile.read(parts.isEmpty() ? List.of(file) : parts, meta);
    }

    /** A batch of JPEG files. */
    public JpegBatch readJpegs(int number) {
        return JpegBatch.read(file(number), jpegMeta(), meta.labelNames().size());
    }

    private Path file(int number) {
        if (!batchNumbers.contains(number)) {
            throw new DatasetException(directory + ": no data_batch_" + number + ", expected one of the batches " + batchNumbers);
        }
        return directory.resolve("data_batch_" + number);
    }

    private static Path part(Path file, int part) {
        return file.resolveSibling(file.getFileName() + "." + part);
    }
}
