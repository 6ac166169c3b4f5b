package org.cudaconvnet.datasets.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** One file of an archive or folder. Its content ends with an IOException where it grows beyond the limit, whatever a header said. */
public final class Entry {
    private final String name;
    private final InputStream content;

    Entry(String name, InputStream content, long limit) {
        this.name = name;
        this.content = new Limited(content, limit);
    }

    /** The path inside the source with components separated by "/": relative, without "." and "..". */
    public String name() {
        return name;
    }

    /** The content, from where the last reader stopped; closing it has no effect. */
    public InputStream content() {
        return content;
    }

    /** The content of a file that cannot reasonably have more than {@code most} bytes. */
    public byte[] bytes(int most) throws IOException {
        byte[] bytes = content.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new IOException("more than " + most + " bytes, expected at most that");
        }
        return bytes;
    }

    public byte[] bytes() throws IOException {
        return content.readAllBytes();
    }

    private static final class Limited extends FilterInputStream {
        private final long limit;
        private long count;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            advance(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            advance(Math.max(read, 0));
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = in.skip(bytes);
            advance(skipped);
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() {
            // The archive goes on behind this entry.
        }

        private void advance(long bytes) throws IOException {
            count += bytes;
            if (count > limit) {
                throw new IOException("more than " + limit + " bytes, expected at most that");
            }
        }
    }
}
