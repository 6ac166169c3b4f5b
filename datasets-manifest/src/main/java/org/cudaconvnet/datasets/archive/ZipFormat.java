package org.cudaconvnet.datasets.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Reads zip through its central directory, which a truncated file lacks, and checks the sum of every entry. */
final class ZipFormat {
    private ZipFormat() {
    }

    static void forEach(Path archive, ArchiveEntries.Walk walk) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                if (!zip.canReadEntryData(entry)) {
                    throw new IOException("entry " + entry.getName() + " is encrypted or compressed by an unknown method");
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
                    walk.visit(entry, !entry.isUnixSymlink(), checked);
                    checked.transferTo(OutputStream.nullOutputStream());
                    if (checked.getChecksum().getValue() != entry.getCrc()) {
                        throw new IOException("checksum " + Long.toHexString(checked.getChecksum().getValue()) + ", expected "
                                + Long.toHexString(entry.getCrc()));
                    }
                }
            }
        }
    }
}
