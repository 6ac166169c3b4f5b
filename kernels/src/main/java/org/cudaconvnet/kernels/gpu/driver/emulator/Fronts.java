package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The threads of a block that can run. Each belongs to one {@link Front}; those at a barrier and those that have exited to none. */
final class Fronts {
    private final int threads;
    private final int lanes;
    private final List<Front> fronts = new ArrayList<>();
    private final Deque<Front> unused = new ArrayDeque<>();

    Fronts(int threads, int lanes) {
        this.threads = threads;
        this.lanes = lanes;
    }

    /** All threads stand at the first step. */
    void restart() {
        fronts.forEach(unused::push);
        fronts.clear();
        Front all = open(0);
        for (int i = 0; i < threads; i++) {
            all.add(i);
        }
    }

    private Front open(int step) {
        Front front = unused.isEmpty() ? new Front(lanes) : unused.pop();
        front.clear();
        front.step = step;
        fronts.add(front);
        return front;
    }

    /** All threads at the smallest step as one front; null if nobody can run. */
    Front select() {
        Front best = null;
        for (int i = fronts.size() - 1; i >= 0; i--) {
            Front front = fronts.get(i);
            if (front.count == 0) {
                close(i);
            } else if (best == null || front.step < best.step) {
                best = front;
            }
        }
        for (int i = fronts.size() - 1; i >= 0; i--) {
            Front front = fronts.get(i);
            if (front != best && front.step == best.step) {
                best.add(front.mask, front.count);
                close(i);
            }
        }
        return best;
    }

    private void close(int place) {
        Front last = fronts.remove(fronts.size() - 1);
        unused.push(place == fronts.size() ? last : fronts.set(place, last));
    }

    /** The smallest step at which another front stands than {@code active}. */
    int meeting(Front active) {
        int smallest = Integer.MAX_VALUE;
        for (int i = 0; i < fronts.size(); i++) {
            Front front = fronts.get(i);
            if (front != active) {
                smallest = Math.min(smallest, front.step);
            }
        }
        return smallest;
    }

    /** Moves {@code count} threads of a mask from a front to a step of their own. */
    void split(Front from, int[] leaving, int count, int step) {
        open(step).add(leaving, count);
        from.remove(leaving, count);
    }

    /** Lets a thread that is in no front go on at a step. */
    void resume(int thread, int step) {
        for (int i = 0; i < fronts.size(); i++) {
            Front front = fronts.get(i);
            if (front.step == step) {
                front.add(thread);
                return;
            }
        }
        open(step).add(thread);
    }
}
