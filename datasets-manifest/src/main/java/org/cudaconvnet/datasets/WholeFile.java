package org.cudaconvnet.datasets;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file whole or not at all: into a temporary file beside it, forced to disk, then renamed over the target in one step. */
public final class WholeFile {
    private WholeFile() {
    }

    /** Writes the content of one file; the stream is buffered and closed by the caller. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Replaces {@code file} by {@code content}; a failure of any kind leaves the old file as it was and no temporary file; its message names {@code file}. */
    public static void write(Path file, Content content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path temporary = temporary(absolute);
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Whoever reads the message knows the file that was asked for, not the temporary one.
            String what = e instanceof FileSystemException problem ? DatasetException.what(problem) : DatasetException.reason(e);
            throw new IOException(file + ": cannot be written: " + what, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** A new hidden name beside {@code target}, for what is to become it. */
    public static Path temporary(Path target) {
        // Not Files.createTempFile: that takes the permissions of all others away.
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    }
}
