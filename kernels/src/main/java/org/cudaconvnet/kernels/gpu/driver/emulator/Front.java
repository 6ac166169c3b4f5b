package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;

/** Threads of a block that stand at the same step and go on together. */
final class Front {
    /** Per lane -1, or 0 for threads elsewhere. */
    final int[] mask;
    int step;
    int count;

    Front(int lanes) {
        mask = new int[lanes];
    }

    void clear() {
        Arrays.fill(mask, 0);
        count = 0;
    }

    void add(int thread) {
        mask[thread] = -1;
        count++;
    }

    /** Takes in {@code number} threads of a mask that are not here yet. */
    void add(int[] threads, int number) {
        for (int i = 0; i < mask.length; i++) {
            mask[i] |= threads[i];
        }
        count += number;
    }

    /** Lets {@code number} threads of a mask go that are here. */
    void remove(int[] threads, int number) {
        for (int i = 0; i < mask.length; i++) {
            mask[i] &= ~threads[i];
        }
        count -= number;
    }

    /** The first thread; there has to be one. */
    int first() {
        return first(mask);
    }

    /** The first thread of a mask; there has to be one. */
    static int first(int[] mask) {
        int i = 0;
        while (mask[i] == 0) {
            i++;
        }
        return i;
    }

    /** The thread after the last; there has to be one. */
    int end() {
        int i = mask.length;
        while (mask[i - 1] == 0) {
            i--;
        }
        return i;
    }
}
