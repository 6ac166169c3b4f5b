package org.cudaconvnet.kernels.gpu.driver.emulator;

/**
 * The address of a load, store or atomic, and what it finds there.
 *
 * @param address    register with the address
 * @param delta      what to add to make it generic: window of the state space and offset
 * @param bytes      of one thread's whole access; the address has to be a multiple of it
 * @param slot       where the words of all active threads may be found already
 * @param line       of the PTX
 */
record MemoryAccess(Register address, long delta, int bytes, LocationSlots.Slot slot, int line) {
    /** What to do in the threads of {@code mask}, which all access {@code segment}. */
    interface Body {
        void run(Segment segment, int[] mask);
    }

    /** The words of the threads of {@code mask} if the fast way is open to them, else null: then {@link #run}. */
    Location location(Block block, int[] mask) {
        if (slot.number() < 0 || block.checker != null || !block.isRange(mask)) {
            return null;
        }
        Location location = block.location(slot.number());
        if (!slot.known()) {
            int first = block.from(mask);
            location.find(block.registers[address.index()], delta, block.segment(at(block, first) + delta, bytes, line, first), first, block.to(mask));
        }
        return location.covers(delta, bytes) ? location : null;
    }

    /** Finds the words of all threads and runs the body: once if all threads access one segment, else thread by thread. */
    void run(Block block, int[] mask, Checker.Access access, Body body) {
        Segment segment = locate(block, mask);
        if (segment != null) {
            if (block.checker != null) {
                block.checker.check(access, segment, bytes, mask, line);
            }
            body.run(segment, mask);
            return;
        }
        int[] single = new int[block.lanes];
        for (int lane = 0; lane < block.threads; lane++) {
            if (mask == null || mask[lane] != 0) {
                single[lane] = -1;
                run(block, single, access, body);
                single[lane] = 0;
            }
        }
    }

    /** Fills {@link Block#index} and {@link Block#bit}; null if the threads access several segments or one of them none. */
    private Segment locate(Block block, int[] mask) {
        int first = 0;
        while (mask != null && mask[first] == 0) {
            first++;
        }
        long start = at(block, first) + delta;
        Segment segment = block.segment(start, bytes, line, first);
        long distance = delta - segment.base;
        return locate(block, mask, segment, distance) ? segment : null;
    }

    private boolean locate(Block block, int[] mask, Segment segment, long distance) {
        long last = segment.bytes - bytes;
        long wrong = 0;
        for (int lane = 0; lane < block.threads; lane++) {
            if (mask == null || mask[lane] != 0) {
                long offset = at(block, lane) + distance;
                wrong |= offset | last - offset | -(offset & bytes - 1);
                block.index[lane] = (int) (offset >>> 2) * segment.wordScale + lane * segment.laneScale;
                block.bit[lane] = (int) (offset & 3) * 8;
            }
        }
        return wrong >= 0;
    }

    private long at(Block block, int lane) {
        Object addresses = block.registers[address.index()];
        return addresses instanceof long[] longs ? longs[lane] : ((int[]) addresses)[lane] & 0xffffffffL;
    }
}
