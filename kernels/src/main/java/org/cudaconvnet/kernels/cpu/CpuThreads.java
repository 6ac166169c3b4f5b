package org.cudaconvnet.kernels.cpu;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The threads of one CPU device. They split outputs, never a sum, so their number changes no bits. */
public final class CpuThreads implements AutoCloseable {
    /** Work on items {@code from} (inclusive) to {@code to} (exclusive). */
    public interface Range {
        void run(int from, int to);
    }

    private final int count;
    private final ForkJoinPool helpers;

    public CpuThreads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads = " + count + ": expected at least 1");
        }
        this.count = count;
        this.helpers = count == 1 ? null : new ForkJoinPool(count - 1);
    }

    public int count() {
        return count;
    }

    /**
     * Runs {@code body} over 0..items in pieces of {@code grain} items, each by one thread; pieces are taken as threads get free.
     * The caller's thread takes part at once, so that work which is done before the helpers wake does not wait for them.
     */
    public void forEach(int items, int grain, Range body) {
        int pieces = (items + grain - 1) / grain;
        if (helpers == null || pieces <= 1) {
            if (items > 0) {
                body.run(0, items);
            }
            return;
        }
        Run run = new Run(items, grain, pieces, body);
        for (int helper = 1; helper < Math.min(count, pieces); helper++) {
            helpers.execute(run);
        }
        run.run();
        run.awaitOthers();
    }

    private static final class Run implements Runnable {
        /** A few dozen microseconds: shorter than putting the caller to sleep and waking it. */
        private static final int SPINS = 2000;
        private static final long NAP_NANOS = 20_000;

        private final int items;
        private final int grain;
        private final int pieces;
        private final Range body;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger finished = new AtomicInteger();
        private volatile Throwable failure;

        Run(int items, int grain, int pieces, Range body) {
            this.items = items;
            this.grain = grain;
            this.pieces = pieces;
            this.body = body;
        }

        @Override
        public void run() {
            for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                try {
                    body.run(piece * grain, Math.min(items, (piece + 1) * grain));
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    finished.incrementAndGet();
                }
            }
        }

        void awaitOthers() {
            for (int spins = 0; finished.get() < pieces; spins++) {
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(NAP_NANOS);
                }
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (RuntimeException) failure;
            }
        }
    }

    @Override
    public void close() {
        if (helpers != null) {
            helpers.shutdown();
        }
    }
}
