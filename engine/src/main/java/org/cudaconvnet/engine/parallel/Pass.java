package org.cudaconvnet.engine.parallel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** One run of a program on all devices: what has been formed so far, and the first failure. */
public final class Pass {
    /** Ends the steps of a device after a failure elsewhere. */
    static final class Stopped extends RuntimeException {
        Stopped() {
            super(null, null, false, false);
        }
    }

    private final long number;
    private final PassHooks hooks;
    private final RandomSchedule schedule;
    private final Set<SharedMatrix> published = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<SharedMatrix> awaited = new ArrayList<>();
    private int running;
    private boolean interrupted;
    private RuntimeException failure;

    /** @param schedule null if the devices run at the same time */
    Pass(long number, int devices, PassHooks hooks, RandomSchedule schedule) {
        this.number = number;
        this.running = devices;
        this.hooks = hooks;
        this.schedule = schedule;
        if (schedule != null) {
            schedule.begin(devices);
        }
    }

    /** Passes of a net are numbered from 1. */
    long number() {
        return number;
    }

    PassHooks hooks() {
        return hooks;
    }

    synchronized void publish(SharedMatrix matrix) {
        published.add(matrix);
        notifyAll();
    }

    /** Waits until the owner of a matrix has formed it in this pass. */
    synchronized void await(SharedMatrix matrix) {
        awaited.add(matrix);
        failIfNothingMoves();
        while (!published.contains(matrix) && failure == null) {
            if (schedule == null) {
                waitForChange();
            } else {
                takeTurn(schedule.turn());
            }
        }
        awaited.remove(matrix);
        requireGood();
    }

    /** With a schedule: lets the device whose turn is next go on, and waits until it is this one's again. */
    synchronized void takeTurn(int device) {
        if (schedule == null) {
            return;
        }
        if (schedule.turn() == device) {
            schedule.next();
            notifyAll();
        }
        while (schedule.turn() != device && failure == null) {
            waitForChange();
        }
        requireGood();
    }

    /** A device that has nothing left to do can no longer publish what another one waits for. */
    synchronized void ended(int device) {
        running--;
        failIfNothingMoves();
        if (schedule != null) {
            schedule.ended(device);
        }
        notifyAll();
    }

    private void failIfNothingMoves() {
        if (failure == null && !awaited.isEmpty() && awaited.size() == running && awaited.stream().noneMatch(published::contains)) {
            fail(new IllegalStateException("every device waits for another one: " + awaited));
        }
    }

    /** Stops all devices; only the first failure counts. */
    synchronized void fail(RuntimeException cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    synchronized void requireGood() {
        if (failure != null) {
            throw new Stopped();
        }
    }

    /** Waits for all devices; returns the failure, null if there was none. */
    synchronized RuntimeException awaitEnd() {
        while (running > 0) {
            waitForChange();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure;
    }

    /** An interrupted caller still waits for the devices, which stop at their next step. */
    private void waitForChange() {
        try {
            wait();
        } catch (InterruptedException e) {
            interrupted = true;
            fail(new IllegalStateException("interrupted in the middle of a pass", e));
        }
    }
}
