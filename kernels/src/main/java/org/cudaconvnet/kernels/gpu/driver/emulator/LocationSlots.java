package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.HashMap;
import java.util.Map;

/**
 * Knows, while a kernel is decoded, which accesses to memory go through an address register that has not changed since an earlier
 * access. Their {@link Location} is found once. It lies in the slot that the first of them got; slots are used again behind every
 * point where other threads may join.
 */
final class LocationSlots {
    /** An access that has to find its words itself. */
    static final Slot NONE = new Slot(-1, false);

    /** @param known true if an earlier access has put the location there */
    record Slot(int number, boolean known) {
    }

    private record Key(int register, long window) {
    }

    private final Map<Key, Integer> numbers = new HashMap<>();
    private int next;
    private int count;

    /** The slot of an access of all active threads through a register with an address in that window. */
    Slot of(int register, long window) {
        Integer earlier = numbers.get(new Key(register, window));
        if (earlier != null) {
            return new Slot(earlier, true);
        }
        numbers.put(new Key(register, window), next);
        count = Math.max(count, next + 1);
        return new Slot(next++, false);
    }

    /** The register gets another value. */
    void change(int register) {
        numbers.keySet().removeIf(key -> key.register == register);
    }

    /** Other threads may be active from here on. */
    void clear() {
        numbers.clear();
        next = 0;
    }

    /** How many slots a block needs. */
    int count() {
        return count;
    }
}
