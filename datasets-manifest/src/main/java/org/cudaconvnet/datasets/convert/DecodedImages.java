package org.cudaconvnet.datasets.convert;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cudaconvnet.datasets.DatasetException;

/** Decodes images of one size on all cores into their places in batches, whatever the order they come in. */
final class DecodedImages implements AutoCloseable {
    private static final int WAITING_IMAGES = 256;

    private final int[] begins;
    private final byte[][] batches;
    private final Conversion.Progress progress;
    private final ThreadPoolExecutor decoders;
    private DecodedImage first;
    private int done;
    private DatasetException failure;

    /** @param begins where each batch begins in the order of all images, and at last their number */
    DecodedImages(int[] begins, Conversion.Progress progress) {
        this.begins = begins;
        this.batches = new byte[begins.length - 1][];
        this.progress = progress;
        int threads = Runtime.getRuntime().availableProcessors();
        // When all are busy the thread that reads the archive decodes too, so that few compressed images wait in memory.
        this.decoders = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_IMAGES),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /**
     * Decodes one image, at once or later.
     *
     * @param place where it belongs in the order of all images
     * @param name  what it is, for messages
     * @throws DatasetException if this or an earlier image is damaged or of another size than the first
     */
    void decode(int place, byte[] file, String name) {
        if (numVis() == 0) {
            // The first image of the archive, not the first one ready, says what size all must have.
            decodeNow(place, file, name);
        } else {
            decoders.execute(() -> decodeNow(place, file, name));
        }
        throwFailure();
    }

    /** Waits for all images; after that {@link #take} delivers them. */
    void finish() {
        decoders.shutdown();
        try {
            while (!decoders.awaitTermination(1, TimeUnit.MINUTES)) {
                // One image takes milliseconds: this only waits for a stopped machine.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatasetException("conversion interrupted", e);
        }
        throwFailure();
    }

    @Override
    public void close() {
        decoders.shutdownNow();
    }

    /** Values of one image; 0 before the first. */
    synchronized int numVis() {
        return first == null ? 0 : first.channels().length;
    }

    /** The images of batch {@code number}, cases x numVis; they are forgotten here. */
    synchronized byte[] take(int number) {
        byte[] batch = batches[number - 1];
        batches[number - 1] = null;
        return batch;
    }

    private void decodeNow(int place, byte[] file, String name) {
        try {
            store(place, DecodedImage.decode(file), name);
        } catch (IOException e) {
            fail(new DatasetException(name + ": " + DatasetException.reason(e), e));
        } catch (DatasetException e) {
            fail(e);
        }
    }

    private synchronized void store(int place, DecodedImage image, String name) {
        if (first == null) {
            first = image;
            for (int batch = 0; batch < batches.length; batch++) {
                batches[batch] = new byte[Math.multiplyExact(begins[batch + 1] - begins[batch], image.channels().length)];
            }
        }
        if (image.width() != first.width() || image.height() != first.height()) {
            throw new DatasetException(name + ": image of " + image.width() + " x " + image.height() + " pixels, expected "
                    + first.width() + " x " + first.height() + " as the first");
        }
        int batch = 0;
        while (place >= begins[batch + 1]) {
            batch++;
        }
        System.arraycopy(image.channels(), 0, batches[batch], (place - begins[batch]) * numVis(), numVis());
        progress.images(++done, begins[begins.length - 1]);
    }

    private synchronized void fail(DatasetException newFailure) {
        failure = failure == null ? newFailure : failure;
    }

    private synchronized void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
