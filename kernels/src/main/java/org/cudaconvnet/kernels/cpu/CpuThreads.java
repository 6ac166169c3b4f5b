package org.cudaconvnet.kernels.cpu;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The threads of one CPU device. They split outputs, never a sum, so their number changes no bits. */
final class CpuThreads implements AutoCloseable {
    /** Work on items {@code from} (inclusive) to {@code to} (exclusive). */
    interface Range {
        void run(int from, int to);
    }

    private final int count;
    private final ForkJoinPool pool;

    CpuThreads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads = " + count + ": expected at least 1");
        }
        this.count = count;
        this.pool = count == 1 ? null : new ForkJoinPool(count);
    }

    int count() {
        return count;
    }

    /** Runs {@code body} over 0..items in pieces of {@code grain} items, each by one thread; pieces are taken as threads get free. */
    void forEach(int items, int grain, Range body) {
        int pieces = (items + grain - 1) / grain;
        if (pool == null || pieces <= 1) {
            if (items > 0) {
                body.run(0, items);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        pool.submit(() -> IntStream.range(0, Math.min(count, pieces)).parallel().forEach(worker -> {
            for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                body.run(piece * grain, Math.min(items, (piece + 1) * grain));
            }
        })).join();
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.shutdown();
        }
    }
}
