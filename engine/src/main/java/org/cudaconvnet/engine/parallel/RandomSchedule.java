package org.cudaconvnet.engine.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Lets only one device go on at a time, from each step or wait for another device to the next, and draws which one from a seed: the order
 * in which the steps of several devices run depends on nothing else. For checks that this order changes no result and never blocks.
 */
public final class RandomSchedule {
    private final Random random;
    private final List<Integer> running = new ArrayList<>();
    private int turn;

    /** The same steps run in the same order with the same seed. */
    public RandomSchedule(long seed) {
        random = new Random(seed);
    }

    /** A pass in which every device takes part. */
    void begin(int devices) {
        running.clear();
        for (int device = 0; device < devices; device++) {
            running.add(device);
        }
        next();
    }

    /** The device that may go on. */
    int turn() {
        return turn;
    }

    void next() {
        turn = running.get(random.nextInt(running.size()));
    }

    /** The device has nothing left to do in this pass. */
    void ended(int device) {
        running.remove(Integer.valueOf(device));
        if (turn == device && !running.isEmpty()) {
            next();
        }
    }
}
