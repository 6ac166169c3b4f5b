package org.cudaconvnet.kernels.bench;

import java.util.Arrays;

/** How every micro-program here measures: the median of some runs, after as many to warm up. */
final class MedianTime {
    private MedianTime() {
    }

    /** @param body returns when its work is done */
    static double milliseconds(int repetitions, Runnable body) {
        double[] milliseconds = new double[repetitions];
        for (int i = -repetitions; i < repetitions; i++) {
            long start = System.nanoTime();
            body.run();
            milliseconds[Math.max(i, 0)] = (System.nanoTime() - start) * 1e-6;
        }
        Arrays.sort(milliseconds);
        return milliseconds[repetitions / 2];
    }
}
