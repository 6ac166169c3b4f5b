package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;

/**
 * The words that the active threads of a block reach through one address register. They are found once for all accesses through
 * that register until it changes ({@link LocationSlots}). Only where vector instructions are available, and for threads whose
 * lanes are a {@linkplain Block#isRange range}.
 */
final class Location {
    /** Lowest and highest offset in the segment, and all bits that occur in offsets; in bytes. */
    static final class Extent {
        int lowest;
        int highest;
        int bits;
    }

    private final int[] index;
    private final int[] patterns;
    private int from;
    private int to;
    /** Null if the threads reach several segments, or one whose words are not side by side. */
    private Segment segment;
    /** The distance from an address to its place in the segment for which the words were found. */
    private long distance;
    /** True if all threads reach the same word. */
    private boolean together;
    private final Extent extent = new Extent();

    Location(int lanes) {
        index = new int[lanes];
        patterns = new int[lanes];
    }

    /** Finds the words of lanes {@code from} to {@code to} around a place {@code delta} from the addresses, which lies in {@code segment}. */
    void find(Object addresses, long delta, Segment around, int fromLane, int toLane) {
        from = fromLane;
        to = toLane;
        distance = delta - around.base;
        boolean found = around.laneScale == 0 && (addresses instanceof long[] longs
                ? VectorMemory.locate(longs, distance, from, to, index, extent)
                : VectorMemory.locate((int[]) addresses, distance, from, to, index, extent));
        segment = found ? around : null;
        together = extent.lowest >> 2 == extent.highest >> 2;
        if (found && !together) {
            VectorMemory.findPatterns(index, from, to, patterns);
        }
    }

    /** True if all accesses to {@code bytes} bytes at {@code delta} from the addresses are within bounds and aligned. */
    boolean covers(long delta, int bytes) {
        if (segment == null) {
            return false;
        }
        long shift = shift(delta);
        return extent.lowest + shift >= 0 && extent.highest + shift <= segment.bytes - bytes && ((extent.bits | shift) & bytes - 1) == 0;
    }

    private long shift(long delta) {
        return delta - segment.base - distance;
    }

    /** Loads the 32-bit element with that number at {@code delta} from the addresses. */
    void load(long delta, int element, Object result) {
        int offset = (int) (shift(delta) >> 2) + element;
        if (together) {
            loadTogether(segment.words[index[from] + offset], result);
        } else if (result instanceof float[] floats) {
            VectorMemory.load(segment.words, offset, index, patterns, from, to, floats);
        } else {
            VectorMemory.load(segment.words, offset, index, patterns, from, to, (int[]) result);
        }
    }

    private void loadTogether(int word, Object result) {
        if (result instanceof float[] floats) {
            Arrays.fill(floats, from, to, Float.intBitsToFloat(word));
        } else {
            Arrays.fill((int[]) result, from, to, word);
        }
    }

    /** Stores the 32-bit element with that number; where threads store to the same place the highest thread's value stays. */
    void store(long delta, int element, Object source) {
        int[] words = segment.words;
        int offset = (int) (shift(delta) >> 2) + element;
        if (source instanceof float[] floats) {
            for (int lane = from; lane < to; lane++) {
                words[index[lane] + offset] = Float.floatToRawIntBits(floats[lane]);
            }
        } else {
            int[] ints = (int[]) source;
            for (int lane = from; lane < to; lane++) {
                words[index[lane] + offset] = ints[lane];
            }
        }
    }
}
