package org.cudaconvnet.datasets.convert;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cudaconvnet.datasets.DatasetException;

/** Works on images on all cores; the first failure is thrown by the next call. */
final class ImageWorkers implements AutoCloseable {
    private static final int WAITING_IMAGES = 256;

    /** What is done with one image. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private final int total;
    private final Conversion.Progress progress;
    private final ThreadPoolExecutor threads;
    private int done;
    private DatasetException failure;

    /** @param total images in all, for {@code progress} */
    ImageWorkers(int total, Conversion.Progress progress) {
        this.total = total;
        this.progress = progress;
        int cores = Runtime.getRuntime().availableProcessors();
        // When all are busy the thread that reads the archive works too, so that few compressed images wait in memory.
        this.threads = new ThreadPoolExecutor(cores, cores, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_IMAGES),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /**
     * Works on one image, at once or later.
     *
     * @param name what it is, for messages
     * @throws DatasetException if this or an earlier image failed
     */
    void execute(String name, Work work) {
        threads.execute(() -> executeNow(name, work));
        throwFailure();
    }

    /** Works on one image at once. */
    void executeNow(String name, Work work) {
        try {
            work.run();
            synchronized (this) {
                progress.images(++done, total);
            }
        } catch (DatasetException e) {
            fail(e);
        } catch (IOException | RuntimeException e) {
            // A thread of the pool would end with it, and the image be missing without a word.
            fail(new DatasetException(name + ": " + DatasetException.reason(e), e));
        }
    }

    /** Waits for all images. */
    void finish() {
        threads.shutdown();
        try {
            while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
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
        threads.shutdownNow();
    }

    private synchronized void fail(DatasetException newFailure) {
        failure = failure == null ? newFailure : failure;
    }

    synchronized void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
