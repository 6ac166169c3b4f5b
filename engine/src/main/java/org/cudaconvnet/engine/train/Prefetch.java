package org.cudaconvnet.engine.train;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.data.DataProvider;

/**
 * Draws training batches in a thread of its own, one ahead of the one in use. The generator's state is noted after each draw, so
 * that a resumed run draws the following batches again.
 */
final class Prefetch implements AutoCloseable {
    record Fetched(DataProvider.Batch batch, RandomState.State randomAfter) {
    }

    private final DataProvider provider;
    private final RandomState random;
    private final BatchCheck check;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "prefetch");
        daemon.setDaemon(true);
        return daemon;
    });
    private Future<Fetched> pending;

    /** @param random the generator that only {@code provider} draws from from now on */
    Prefetch(DataProvider provider, RandomState random, BatchCheck check) {
        this.provider = provider;
        this.random = random;
        this.check = check;
    }

    /** The next batch, without taking it. */
    Fetched peek() {
        if (pending == null) {
            pending = thread.submit(this::fetch);
        }
        try {
            return pending.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while loading a batch", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Takes the next batch and starts to fetch the one after it. */
    Fetched take() {
        Fetched fetched = peek();
        pending = thread.submit(this::fetch);
        return fetched;
    }

    private Fetched fetch() {
        DataProvider.Batch batch = provider.nextBatch();
        check.require(batch);
        return new Fetched(batch, random.state());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
