package org.cudaconvnet.datasets.convert;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.cudaconvnet.datasets.batch.JpegBatch;

/** JPEG files in a scratch file, kept as they come and taken by their place, because an archive has another order than the batches. */
final class SpooledImages implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final JpegBatch.Image[] described;
    private final long[] offsets;
    private final int[] lengths;
    private long end;

    SpooledImages(Path file, int images) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.described = new JpegBatch.Image[images];
        this.offsets = new long[images];
        this.lengths = new int[images];
    }

    void put(int place, JpegBatch.Image image) throws IOException {
        long offset;
        synchronized (this) {
            offset = end;
            end += image.jpeg().length;
            offsets[place] = offset;
            lengths[place] = image.jpeg().length;
            described[place] = new JpegBatch.Image(null, image.width(), image.height(), image.identifier(), image.label());
        }
        ByteBuffer bytes = ByteBuffer.wrap(image.jpeg());
        while (bytes.hasRemaining()) {
            offset += channel.write(bytes, offset);
        }
    }

    JpegBatch.Image take(int place) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(lengths[place]);
        long offset = offsets[place];
        while (bytes.hasRemaining()) {
            int length = channel.read(bytes, offset);
            if (length < 0) {
                throw new EOFException(file + " has become shorter");
            }
            offset += length;
        }
        JpegBatch.Image image = described[place];
        return new JpegBatch.Image(bytes.array(), image.width(), image.height(), image.identifier(), image.label());
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
