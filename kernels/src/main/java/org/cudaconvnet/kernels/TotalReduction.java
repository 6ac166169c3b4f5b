package org.cudaconvnet.kernels;

import org.cudaconvnet.kernels.Reductions.Aggregation;

/**
 * Partition and end of the reduction of all elements: passes on the device while there are more than {@value #HOST_ELEMENTS}, then
 * one after the other on the host (spec: nvmatrix-ops.md section 5).
 */
public final class TotalReduction {
    public static final int HOST_ELEMENTS = 4096;
    /** Threads of a block, each of which gives one result. */
    public static final int BLOCK = 512;

    private TotalReduction() {
    }

    /** Threads of one pass over {@code n} elements; thread t takes elements t, t + threads, t + 2 threads, ... */
    public static int threads(int n) {
        int rounds = Math.max(1, ceilLog2(n));
        return (n + rounds - 1) / rounds;
    }

    /** The original's ceil(log(n) / log(2)) in binary64, whose quotient is above 29 for 2^29. */
    private static int ceilLog2(int n) {
        return n == 1 << 29 ? 30 : 32 - Integer.numberOfLeadingZeros(n - 1);
    }

    /** {@code n} elements from {@code x[start]} on, in their order; a single one is taken as it is. */
    public static float onHost(Aggregation aggregation, float[] x, int start, int n) {
        if (n == 1) {
            return x[start];
        }
        float result = switch (aggregation) {
            case SUM -> 0;
            case MAX -> -Float.MAX_VALUE;
            case MIN -> Float.MAX_VALUE;
        };
        for (int i = 0; i < n; i++) {
            float value = x[start + i];
            result = switch (aggregation) {
                case SUM -> value + result;
                case MAX -> value < result ? result : value;
                case MIN -> result < value ? result : value;
            };
        }
        return result;
    }
}
