package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;

/** The global memory of one virtual device: allocations, each with its own bounds. Addresses are not given out a second time soon. */
final class GlobalMemory {
    private final int device;
    private final long capacity;
    private final boolean checked;
    private volatile Segment[] slots = new Segment[64];
    private int nextSlot = 1;
    private long used;

    GlobalMemory(int device, long capacity, boolean checked) {
        this.device = device;
        this.capacity = capacity;
        this.checked = checked;
    }

    int device() {
        return device;
    }

    boolean checked() {
        return checked;
    }

    synchronized long capacity() {
        return capacity;
    }

    synchronized long used() {
        return used;
    }

    /** Null if there is not enough memory. */
    synchronized Segment allocate(String name, long bytes) {
        if (bytes > capacity - used || bytes > 4L * (Integer.MAX_VALUE - 8)) {
            return null;
        }
        int slot = freeSlot();
        Segment segment = Segment.of(name, AddressSpace.global(device, slot), bytes, checked);
        slots[slot] = segment;
        slots = slots;
        used += bytes;
        return segment;
    }

    private int freeSlot() {
        for (int tries = 0; tries < AddressSpace.SLOTS; tries++) {
            int slot = nextSlot;
            nextSlot = slot + 1 == AddressSpace.SLOTS ? 1 : slot + 1;
            if (slot >= slots.length) {
                slots = Arrays.copyOf(slots, 2 * slots.length);
            }
            if (slots[slot] == null) {
                return slot;
            }
        }
        throw new IllegalStateException("more than " + AddressSpace.SLOTS + " allocations");
    }

    /** False if {@code address} is not the start of an allocation. */
    synchronized boolean free(long address) {
        Segment segment = find(address);
        if (segment == null || segment.base != address) {
            return false;
        }
        slots[AddressSpace.slot(address)] = null;
        used -= segment.bytes;
        return true;
    }

    synchronized void freeAll() {
        slots = new Segment[64];
        used = 0;
    }

    /** The allocation that an address belongs to, or null; its bounds are not checked. */
    Segment find(long address) {
        Segment[] current = slots;
        int slot = AddressSpace.slot(address);
        return AddressSpace.isGlobal(address) && AddressSpace.device(address) == device && slot < current.length ? current[slot] : null;
    }
}
