package org.cudaconvnet.kernels.gpu.driver.emulator;

import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.StateSpace;

/**
 * Where things lie in generic addresses. Windows for shared, local and parameter memory; global memory below them:
 * number of the device plus 1 from bit 52, number of the allocation from bit 34, distance below.
 */
final class AddressSpace {
    static final long SHARED = 1L << 60;
    static final long LOCAL = 2L << 60;
    static final long PARAM = 3L << 60;

    private static final int DEVICE_SHIFT = 52;
    private static final int SLOT_SHIFT = 34;
    static final int SLOTS = 1 << DEVICE_SHIFT - SLOT_SHIFT;

    private AddressSpace() {
    }

    /** What to add to an address of that state space to make it generic. */
    static long window(StateSpace space) {
        return switch (space) {
            case SHARED -> SHARED;
            case LOCAL -> LOCAL;
            case PARAM -> PARAM;
            case GLOBAL, CONST, GENERIC -> 0;
        };
    }

    static long global(int device, int slot) {
        return (long) (device + 1) << DEVICE_SHIFT | (long) slot << SLOT_SHIFT;
    }

    static boolean isGlobal(long address) {
        return address >= 1L << DEVICE_SHIFT && address < SHARED;
    }

    static int device(long address) {
        return (int) (address >>> DEVICE_SHIFT) - 1;
    }

    static int slot(long address) {
        return (int) (address >>> SLOT_SHIFT) & SLOTS - 1;
    }
}
