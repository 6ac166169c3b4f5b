package org.cudaconvnet.datasets.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.datasets.DatasetException;

/** The files of an archive or a folder, read one after the other as streams. */
public interface Entries {
    /** Sees one file after the other; an entry's content can be read only during the call. */
    @FunctionalInterface
    interface Visitor {
        void visit(Entry entry) throws IOException;
    }

    /** The archive or folder. */
    Path source();

    /**
     * Visits every file once, from the first byte of the source to the last, so that at the end the whole source has been checked.
     *
     * @throws DatasetException one line with source, entry, what was found and what was expected
     */
    void forEach(Visitor visitor);

    /** The files of a folder, or of an archive (tar, plain or compressed by gzip, bzip2 or xz, or zip; told by content). */
    static Entries of(Path source) {
        if (!Files.exists(source)) {
            throw new DatasetException(source + ": no such file, expected an archive or a folder");
        }
        return Files.isDirectory(source) ? new FolderEntries(source) : new ArchiveEntries(source, ArchiveLimits.DEFAULT);
    }
}
