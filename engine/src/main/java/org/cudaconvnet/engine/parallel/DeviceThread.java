package org.cudaconvnet.engine.parallel;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The thread of one device, with the queue of what it has to do. */
final class DeviceThread implements AutoCloseable {
    private static final Runnable END = () -> { };
    /** A device that hangs must not keep the process from ending. */
    private static final long PATIENCE_MILLIS = 5000;

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    DeviceThread(String device) {
        thread = new Thread(this::work, "device " + device);
        thread.setDaemon(true);
        thread.start();
    }

    /** @param task must not throw */
    void submit(Runnable task) {
        queue.add(task);
    }

    private void work() {
        try {
            for (Runnable task = queue.take(); task != END; task = queue.take()) {
                task.run();
            }
        } catch (InterruptedException nobodyInterruptsThisThread) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a while for the task that is running. */
    @Override
    public void close() {
        queue.add(END);
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
