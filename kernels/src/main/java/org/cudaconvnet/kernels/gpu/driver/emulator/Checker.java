package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;

/**
 * Finds reads of memory that nobody wrote and accesses to shared memory that no barrier orders. One object per block.
 *
 * <p>Two accesses to a byte of shared memory race if different threads made them, at least one is a write, not both are atomic,
 * and neither a block barrier nor (within a warp) a warp barrier lies between them.
 */
final class Checker {
    /** What an instruction does to memory. */
    enum Access { READ, WRITE, ATOMIC }

    private static final int NOBODY = -1;
    /** Several threads of one warp: this minus the warp's number. */
    private static final int SEVERAL_IN_WARP = -1000;
    private static final int SEVERAL = -2;

    private final Block block;
    private final Trace writes;
    private final Trace reads;
    private final boolean[] atomic;
    private final int[] warpEpoch;
    private int epoch;

    /** Who touched each byte last, and when. */
    private static final class Trace {
        final int[] thread;
        final int[] epoch;
        final int[] warpEpoch;

        Trace(int bytes) {
            thread = new int[bytes];
            epoch = new int[bytes];
            warpEpoch = new int[bytes];
        }
    }

    Checker(Block block) {
        this.block = block;
        int bytes = (int) block.shared.bytes;
        writes = new Trace(bytes);
        reads = new Trace(bytes);
        atomic = new boolean[bytes];
        warpEpoch = new int[(block.threads + Block.WARP - 1) / Block.WARP];
    }

    void startBlock() {
        Arrays.fill(writes.thread, NOBODY);
        Arrays.fill(reads.thread, NOBODY);
        epoch++;
    }

    void blockBarrier() {
        epoch++;
    }

    void warpBarrier(int lane) {
        warpEpoch[lane / Block.WARP]++;
    }

    /** Checks an access of {@code size} bytes per thread at the places in {@link Block#index}. */
    void check(Access access, Segment segment, int size, int[] mask, int line) {
        for (int lane = 0; lane < block.threads; lane++) {
            if (mask == null || mask[lane] != 0) {
                for (int i = 0; i < size; i++) {
                    int position = (size < Integer.BYTES ? block.bit[lane] / 8 : 0) + i;
                    checkByte(access, segment, block.index[lane] + (position >>> 2) * segment.wordScale, position & 3, lane, line);
                }
            }
        }
    }

    private void checkByte(Access access, Segment segment, int word, int position, int lane, int line) {
        int bit = 1 << position;
        if (access != Access.WRITE && (segment.written[word] & bit) == 0) {
            long offset = 4L * (word / segment.wordScale) + position;
            throw block.fault(KernelFault.Kind.UNINITIALISED_READ, line, lane,
                    "reads byte " + offset + " of " + segment.name + ", which nobody has written");
        }
        segment.written[word] |= (byte) (access == Access.READ ? 0 : bit);
        if (segment == block.shared) {
            race(access, 4 * word + position, lane, line);
        }
    }

    private void race(Access access, int at, int lane, int line) {
        boolean bothAtomic = access == Access.ATOMIC && atomic[at];
        if (!bothAtomic && conflict(writes, at, lane)) {
            throw racing(access, "wrote", writes.thread[at], at, lane, line);
        }
        if (access != Access.READ) {
            if (conflict(reads, at, lane)) {
                throw racing(access, "read", reads.thread[at], at, lane, line);
            }
            note(writes, at, lane, lane);
            atomic[at] = access == Access.ATOMIC;
        } else {
            note(reads, at, lane, reader(at, lane));
        }
    }

    private int reader(int at, int lane) {
        int warp = lane / Block.WARP;
        int before = reads.thread[at];
        if (before == NOBODY || before == lane || reads.epoch[at] != epoch) {
            return lane;
        }
        int warpBefore = before <= SEVERAL_IN_WARP ? SEVERAL_IN_WARP - before : before >= 0 ? before / Block.WARP : -1;
        if (warpBefore != warp) {
            return SEVERAL;
        }
        return reads.warpEpoch[at] == warpEpoch[warp] ? SEVERAL_IN_WARP - warp : lane;
    }

    private void note(Trace trace, int at, int lane, int thread) {
        trace.thread[at] = thread;
        trace.epoch[at] = epoch;
        trace.warpEpoch[at] = warpEpoch[lane / Block.WARP];
    }

    private boolean conflict(Trace trace, int at, int lane) {
        int before = trace.thread[at];
        if (before == NOBODY || before == lane || trace.epoch[at] != epoch) {
            return false;
        }
        int warp = lane / Block.WARP;
        boolean sameWarp = before >= 0 ? before / Block.WARP == warp : before == SEVERAL_IN_WARP - warp;
        return !sameWarp || trace.warpEpoch[at] == warpEpoch[warp];
    }

    private KernelFault racing(Access access, String did, int other, int at, int lane, int line) {
        String who = other >= 0 ? "thread number " + other : "other threads";
        return block.fault(KernelFault.Kind.SHARED_RACE, line, lane, (access == Access.READ ? "reads" : "writes") + " byte " + at
                + " of shared memory, which " + who + " " + did + " with no barrier in between");
    }
}
