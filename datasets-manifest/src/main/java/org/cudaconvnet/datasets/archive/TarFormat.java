package org.cudaconvnet.datasets.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads tar, and insists on the zero block at its end: without it a tar cut between two entries looks whole. */
final class TarFormat {
    private static final int BLOCK = 512;

    private TarFormat() {
    }

    static void forEach(InputStream content, ArchiveEntries.Walk walk) throws IOException {
        TrailingZeros counted = new TrailingZeros(content);
        TarArchiveInputStream tar = new TarArchiveInputStream(counted);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            boolean special = entry.isSymbolicLink() || entry.isLink() || entry.isCharacterDevice() || entry.isBlockDevice()
                    || entry.isFIFO() || entry.isSparse();
            walk.visit(entry, !special, tar);
        }
        // To the last byte: compressed streams check their sums there.
        counted.transferTo(OutputStream.nullOutputStream());
        if (counted.zeros < BLOCK) {
            throw new IOException("truncated after this entry, expected the zero block that ends a tar");
        }
    }

    /** Counts the zero bytes since the last other byte. */
    private static final class TrailingZeros extends FilterInputStream {
        private long zeros;

        TrailingZeros(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            int last = offset + read - 1;
            while (last >= offset && target[last] == 0) {
                last--;
            }
            if (last >= offset) {
                zeros = 0;
            }
            zeros += Math.max(offset + read - 1 - last, 0);
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            return read(new byte[(int) Math.min(bytes, BLOCK)]);
        }
    }
}
