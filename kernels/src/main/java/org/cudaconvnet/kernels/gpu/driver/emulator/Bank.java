package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Kind of array that holds a register: one element per thread of the block. Predicates and 16-bit values live in {@link #INT};
 * a predicate is 0 or -1, the upper half of a 16-bit value means nothing.
 *
 * @param <T> the array
 */
final class Bank<T> {
    static final Bank<int[]> INT = new Bank<>(0, int[]::new);
    static final Bank<long[]> LONG = new Bank<>(1, long[]::new);
    static final Bank<float[]> FLOAT = new Bank<>(2, float[]::new);
    static final Bank<double[]> DOUBLE = new Bank<>(3, double[]::new);
    static final int COUNT = 4;

    private final int number;
    private final IntFunction<T> allocation;

    private Bank(int number, IntFunction<T> allocation) {
        this.number = number;
        this.allocation = allocation;
    }

    int number() {
        return number;
    }

    T allocate(int lanes) {
        return allocation.apply(lanes);
    }

    boolean isWide() {
        return this == LONG || this == DOUBLE;
    }

    /** The bank of integers of the same width. */
    Bank<?> integers() {
        return isWide() ? LONG : INT;
    }

    /** Sets every lane of {@code array} to a value given by its bits. */
    static void fill(Object array, long bits) {
        if (array instanceof int[] ints) {
            Arrays.fill(ints, (int) bits);
        } else if (array instanceof long[] longs) {
            Arrays.fill(longs, bits);
        } else if (array instanceof float[] floats) {
            Arrays.fill(floats, Float.intBitsToFloat((int) bits));
        } else {
            Arrays.fill((double[]) array, Double.longBitsToDouble(bits));
        }
    }

    /** Copies the lanes whose mask is not 0. */
    static void merge(Object from, Object to, int[] mask) {
        if (from instanceof int[] ints) {
            mergeInts(ints, (int[]) to, mask);
        } else if (from instanceof float[] floats) {
            mergeFloats(floats, (float[]) to, mask);
        } else if (from instanceof long[] longs) {
            mergeLongs(longs, (long[]) to, mask);
        } else {
            mergeDoubles((double[]) from, (double[]) to, mask);
        }
    }

    private static void mergeInts(int[] from, int[] to, int[] mask) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] & mask[i] | to[i] & ~mask[i];
        }
    }

    private static void mergeFloats(float[] from, float[] to, int[] mask) {
        for (int i = 0; i < to.length; i++) {
            if (mask[i] != 0) {
                to[i] = from[i];
            }
        }
    }

    private static void mergeLongs(long[] from, long[] to, int[] mask) {
        for (int i = 0; i < to.length; i++) {
            if (mask[i] != 0) {
                to[i] = from[i];
            }
        }
    }

    private static void mergeDoubles(double[] from, double[] to, int[] mask) {
        for (int i = 0; i < to.length; i++) {
            if (mask[i] != 0) {
                to[i] = from[i];
            }
        }
    }
}
