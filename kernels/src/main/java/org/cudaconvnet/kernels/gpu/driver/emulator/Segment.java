package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;

/**
 * A piece of memory with bounds: one allocation, or the shared memory of a block, or the local memory of its threads.
 * Local memory is interleaved: word {@code w} of thread {@code t} lies at {@code w * wordScale + t * laneScale}.
 */
final class Segment {
    /** What memory holds before anybody wrote to it: a NaN, so that a forgotten initialisation shows. */
    static final int UNWRITTEN = 0x7fdeadde;

    private static final byte WHOLE_WORD = 0xf;

    final String name;
    final long base;
    final long bytes;
    final int[] words;
    final int wordScale;
    final int laneScale;
    /** Checker mode: per word one bit for each byte that was written; null otherwise. */
    final byte[] written;

    private Segment(String name, long base, long bytes, int copies, boolean checked) {
        this.name = name;
        this.base = base;
        this.bytes = bytes;
        this.words = new int[Math.multiplyExact(Math.toIntExact(bytes + 3 >> 2), copies)];
        this.wordScale = copies;
        this.laneScale = copies == 1 ? 0 : 1;
        this.written = checked ? new byte[words.length] : null;
        forget();
    }

    static Segment of(String name, long base, long bytes, boolean checked) {
        return new Segment(name, base, bytes, 1, checked);
    }

    static Segment perThread(String name, long base, long bytes, int lanes, boolean checked) {
        return new Segment(name, base, bytes, lanes, checked);
    }

    /** Makes the contents uninitialised. */
    void forget() {
        Arrays.fill(words, UNWRITTEN);
        if (written != null) {
            Arrays.fill(written, (byte) 0);
        }
    }

    /** Tells the checker that somebody other than a kernel wrote there. */
    void markWritten(int firstWord, int count) {
        if (written != null) {
            Arrays.fill(written, firstWord, firstWord + count, WHOLE_WORD);
        }
    }

    boolean contains(long address, int size) {
        long offset = address - base;
        return offset >= 0 && offset <= bytes - size;
    }
}
