package org.cudaconvnet.kernels.gpu.driver.emulator;

import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** The state of the block that one host thread is running: registers, shared, local and parameter memory. Used for one block after another. */
final class Block {
    /** Lanes come in multiples of the longest vector, so that loops need no tail; lanes past the last thread compute nothing of use. */
    private static final int LANE_MULTIPLE = 16;
    static final int WARP = 32;

    final KernelCode code;
    final LaunchGeometry geometry;
    final int threads;
    final int lanes;
    final Object[] registers;
    /** One array per bank for results that only some threads take. */
    final Object[] scratch = new Object[Bank.COUNT];
    /** Of the access going on: index into the segment's words, and position of the lowest bit within that word. */
    final int[] index;
    final int[] bit;
    private final Location[] locations;
    private int[] rangeMask;
    private int rangeFrom;
    private int rangeTo;
    final Segment shared;
    final Segment local;
    final Segment parameters;
    final GlobalMemory global;
    /** Null except in checker mode. */
    final Checker checker;

    private int number;
    /** Instructions times threads that took part, over all blocks so far. */
    long laneInstructions;

    Block(KernelCode code, LaunchGeometry geometry, GlobalMemory global, Segment parameters) {
        this.code = code;
        this.geometry = geometry;
        this.global = global;
        this.parameters = parameters;
        threads = geometry.threadsPerBlock();
        lanes = (threads + LANE_MULTIPLE - 1) / LANE_MULTIPLE * LANE_MULTIPLE;
        index = new int[lanes];
        bit = new int[lanes];
        locations = new Location[code.locations()];
        boolean checked = global.checked();
        shared = Segment.of("shared memory", AddressSpace.SHARED, code.sharedBytes() + geometry.sharedBytes(), checked);
        local = Segment.perThread("local memory", AddressSpace.LOCAL, code.localBytes(), lanes, checked);
        checker = checked ? new Checker(this) : null;
        scratch[Bank.INT.number()] = Bank.INT.allocate(lanes);
        scratch[Bank.LONG.number()] = Bank.LONG.allocate(lanes);
        scratch[Bank.FLOAT.number()] = Bank.FLOAT.allocate(lanes);
        scratch[Bank.DOUBLE.number()] = Bank.DOUBLE.allocate(lanes);
        registers = code.allocateRegisters(lanes);
        for (SpecialRegister special : code.specials()) {
            special.fillThreads((int[]) registers[special.register()], geometry, threads);
        }
    }

    /** Makes this the block with that number (x fastest). */
    void start(int newNumber) {
        number = newNumber;
        for (SpecialRegister special : code.specials()) {
            special.fillBlock((int[]) registers[special.register()], x(), y(), z());
        }
        shared.forget();
        local.forget();
        if (checker != null) {
            checker.startBlock();
        }
    }

    /** From now on lanes [from, to) are those whose mask is not 0, and a whole number of vectors. */
    void setRange(int[] mask, int from, int to) {
        boolean vectors = (from | to) % LANE_MULTIPLE == 0;
        rangeMask = vectors ? mask : null;
        rangeFrom = from;
        rangeTo = to;
    }

    /** From now on no mask is a range. */
    void clearRange() {
        rangeMask = null;
    }

    /** True if the threads of {@code mask} are all of [{@link #from}, {@link #to}), whole vectors of lanes. */
    boolean isRange(int[] mask) {
        return mask == null ? threads == lanes : mask == rangeMask;
    }

    int from(int[] mask) {
        return mask == null ? 0 : rangeFrom;
    }

    int to(int[] mask) {
        return mask == null ? lanes : rangeTo;
    }

    /** Copies the lanes of {@code mask} from a scratch array to a register. */
    void merge(Object from, Object to, int[] mask) {
        if (mask == rangeMask) {
            System.arraycopy(from, rangeFrom, to, rangeFrom, rangeTo - rangeFrom);
        } else {
            Bank.merge(from, to, mask);
        }
    }

    Location location(int slot) {
        if (locations[slot] == null) {
            locations[slot] = new Location(lanes);
        }
        return locations[slot];
    }

    private int x() {
        return number % geometry.gridX();
    }

    private int y() {
        return number / geometry.gridX() % geometry.gridY();
    }

    private int z() {
        return number / geometry.gridX() / geometry.gridY();
    }

    /** The segment that {@code size} bytes at a generic address lie in. */
    Segment segment(long address, int size, int line, int lane) {
        Segment segment = find(address);
        if (segment == null) {
            throw fault(KernelFault.Kind.OUT_OF_BOUNDS, line, lane, "access to address 0x" + Long.toHexString(address) + ": " + stranger(address));
        }
        long offset = address - segment.base;
        if (!segment.contains(address, size)) {
            throw fault(KernelFault.Kind.OUT_OF_BOUNDS, line, lane, "access to " + size + " bytes at byte " + offset + " of "
                    + segment.name + ", which has " + segment.bytes + " bytes");
        }
        if ((offset & size - 1) != 0) {
            throw fault(KernelFault.Kind.MISALIGNED, line, lane, "access to " + size + " bytes at byte " + offset + " of " + segment.name
                    + ": the address has to be a multiple of " + size);
        }
        return segment;
    }

    private Segment find(long address) {
        return switch ((int) (address >>> 60)) {
            case 0 -> global.find(address);
            case 1 -> shared;
            case 2 -> local;
            case 3 -> parameters;
            default -> null;
        };
    }

    private String stranger(long address) {
        if (address >= 0 && AddressSpace.isGlobal(address) && AddressSpace.device(address) != global.device()) {
            return "memory of device " + AddressSpace.device(address) + ", this is device " + global.device();
        }
        return "no memory of this device";
    }

    KernelFault fault(KernelFault.Kind kind, int line, int lane, String problem) {
        int threadX = lane % geometry.blockX();
        int threadY = lane / geometry.blockX() % geometry.blockY();
        int threadZ = lane / geometry.blockX() / geometry.blockY();
        return new KernelFault(kind, line, "kernel " + code.name() + ", " + code.module() + " line " + line + ", block (" + x() + "," + y() + ","
                + z() + "), thread (" + threadX + "," + threadY + "," + threadZ + "): " + problem);
    }
}
