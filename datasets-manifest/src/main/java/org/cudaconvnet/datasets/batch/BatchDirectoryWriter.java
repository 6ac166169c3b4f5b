package org.cudaconvnet.datasets.batch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.WholeFile;
import org.cudaconvnet.datasets.numpy.NumpyPickle;

/**
 * Writes a directory of batch files whole or not at all: into a temporary directory beside it, which {@link #finish} renames.
 * Closing before that removes everything.
 */
public final class BatchDirectoryWriter implements AutoCloseable {
    private final Path target;
    private final Path temporary;

    private BatchDirectoryWriter(Path target, Path temporary) {
        this.target = target;
        this.temporary = temporary;
    }

    /** @param target a directory that is not there yet, or is empty */
    public static BatchDirectoryWriter create(Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        try {
            if (Files.exists(absolute) && !isEmptyDirectory(absolute)) {
                throw new DatasetException(target + ": is there already, expected a new directory");
            }
            Files.createDirectories(absolute.getParent());
            return new BatchDirectoryWriter(absolute, Files.createDirectory(WholeFile.temporary(absolute)));
        } catch (IOException e) {
            throw new DatasetException(target + ": cannot be created: " + DatasetException.reason(e), e);
        }
    }

    /**
     * Writes data_batch_N.
     *
     * @param pixels num_vis x cases unsigned bytes, row-major: one image per column
     */
    public void write(int number, byte[] pixels, int[] labels) {
        write("data_batch_" + number, out -> BatchFile.write(pixels, labels, out));
    }

    /** Writes data_batch_N of JPEG files. */
    public void writeJpegs(int number, List<JpegBatch.Image> images) {
        write("data_batch_" + number, out -> JpegBatch.write(images, out));
    }

    /** A new file beside the batches for what is needed until {@link #finish} or {@link #close}. */
    public Path scratchFile(String name) {
        return temporary.resolve(name);
    }

    /** Writes batches.meta and gives the directory its name. */
    public void finish(BatchMeta meta) {
        finish(meta.asDictionary());
    }

    /** As {@link #finish(BatchMeta)} for JPEG batches. */
    public void finish(BatchMeta meta, JpegMeta jpegMeta) {
        Map<String, Object> dictionary = meta.asDictionary();
        jpegMeta.addTo(dictionary);
        finish(dictionary);
    }

    private void finish(Map<String, Object> meta) {
        write(BatchMeta.FILE_NAME, out -> NumpyPickle.write(meta, out));
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new DatasetException(target + ": cannot be written: " + DatasetException.reason(e), e);
        }
    }

    @Override
    public void close() {
        if (!Files.exists(temporary)) {
            return;
        }
        try (Stream<Path> files = Files.list(temporary)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(temporary);
        } catch (IOException e) {
            throw new DatasetException(temporary + ": cannot be removed: " + DatasetException.reason(e), e);
        }
    }

    private void write(String name, WholeFile.Content content) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary.resolve(name)), 1 << 16)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw new DatasetException(target.resolve(name) + ": cannot be written: " + DatasetException.reason(e), e);
        }
    }

    private static boolean isEmptyDirectory(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }
}
