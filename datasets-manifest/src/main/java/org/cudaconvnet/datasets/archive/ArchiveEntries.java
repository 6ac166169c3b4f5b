package org.cudaconvnet.datasets.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.cudaconvnet.datasets.DatasetException;

/**
 * The files of an archive, never unpacked to disk: tar, plain or compressed by gzip, bzip2 or xz, and zip. Format and compression
 * are told by content. Refused: names that lead out of the archive, links and devices, names that occur twice, sizes beyond the
 * limits, and archives that are not whole.
 */
public final class ArchiveEntries implements Entries {
    private static final Set<String> COMPRESSIONS =
            Set.of(CompressorStreamFactory.GZIP, CompressorStreamFactory.BZIP2, CompressorStreamFactory.XZ);
    private static final String EXPECTED = ", expected tar, tar.gz, tar.bz2, tar.xz or zip";
    private static final int XZ_MEMORY_KIB = 256 << 10;
    private static final int BUFFER = 1 << 16;

    private final Path archive;
    private final ArchiveLimits limits;

    public ArchiveEntries(Path archive, ArchiveLimits limits) {
        this.archive = archive;
        this.limits = limits;
    }

    @Override
    public Path source() {
        return archive;
    }

    @Override
    public void forEach(Visitor visitor) {
        Walk walk = new Walk(visitor);
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
                InputStream content = decompress(file)) {
            String format = format(content);
            switch (format) {
                case ArchiveStreamFactory.TAR -> TarFormat.forEach(content, walk);
                case ArchiveStreamFactory.ZIP -> ZipFormat.forEach(archive, walk);
                default -> throw new IOException("archive of format " + format + EXPECTED);
            }
        } catch (IOException e) {
            throw new DatasetException(archive + ": " + walk.place() + DatasetException.reason(e), e);
        }
    }

    private static InputStream decompress(InputStream file) throws IOException {
        try {
            String compression = CompressorStreamFactory.detect(file);
            if (!COMPRESSIONS.contains(compression)) {
                return file;
            }
            return new BufferedInputStream(
                    new CompressorStreamFactory(true, XZ_MEMORY_KIB).createCompressorInputStream(compression, file), BUFFER);
        } catch (CompressorException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            return file;
        }
    }

    private static String format(InputStream content) throws IOException {
        try {
            return ArchiveStreamFactory.detect(content);
        } catch (ArchiveException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException("not an archive" + EXPECTED, e);
        }
    }

    /** Checks each entry before the visitor sees it, and remembers where the walk is. */
    final class Walk {
        private final Visitor visitor;
        private final Set<String> names = new HashSet<>();
        private String current;
        private long totalBytes;

        private Walk(Visitor visitor) {
            this.visitor = visitor;
        }

        /**
         * Visits one entry of the archive.
         *
         * @param plainFile whether it is a file, neither link nor device
         */
        void visit(ArchiveEntry entry, boolean plainFile, InputStream content) throws IOException {
            current = entry.getName();
            String name = EntryName.checked(current);
            if (entry.isDirectory()) {
                return;
            }
            if (!plainFile) {
                throw new IOException("a link or device, expected a plain file");
            }
            if (!names.add(name)) {
                throw new IOException("occurs twice, expected once");
            }
            if (entry.getSize() > limits.entryBytes()) {
                throw new IOException(entry.getSize() + " bytes, expected at most " + limits.entryBytes());
            }
            totalBytes += Math.max(entry.getSize(), 0);
            if (totalBytes > limits.totalBytes()) {
                throw new IOException("all entries so far have " + totalBytes + " bytes, expected at most " + limits.totalBytes());
            }
            visitor.visit(new Entry(name, content, limits.entryBytes()));
        }

        /** For messages: where the walk is. */
        private String place() {
            return current == null ? "" : "at entry " + current + ": ";
        }
    }
}
