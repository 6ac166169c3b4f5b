package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Map;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/** {@code atom} and {@code red}: the threads of a block in ascending order, blocks in any order. */
final class AtomicStep extends Step {
    /** New contents from the old ones and the operands; all as bits. */
    private interface Change {
        long apply(long old, long a, long b, PtxType type);
    }

    private static final Map<String, Change> CHANGES = Map.ofEntries(
            Map.entry("add", AtomicStep::add),
            Map.entry("exch", (old, a, b, type) -> a),
            Map.entry("cas", (old, a, b, type) -> old == a ? b : old),
            Map.entry("min", (old, a, b, type) -> less(a, old, type) ? a : old),
            Map.entry("max", (old, a, b, type) -> less(old, a, type) ? a : old),
            Map.entry("and", (old, a, b, type) -> old & a),
            Map.entry("or", (old, a, b, type) -> old | a),
            Map.entry("xor", (old, a, b, type) -> old ^ a),
            Map.entry("inc", (old, a, b, type) -> Long.compareUnsigned(old, a) >= 0 ? 0 : old + 1),
            Map.entry("dec", (old, a, b, type) -> old == 0 || Long.compareUnsigned(old, a) > 0 ? a : old - 1));

    private final MemoryAccess access;
    private final PtxType type;
    private final Change change;
    private final Register result;
    private final int[] operands;

    /** @param result null for {@code red} */
    AtomicStep(Site site, MemoryAccess access, PtxType type, String operation, Register result, int[] operands) {
        super(site);
        this.access = access;
        this.type = type;
        this.change = CHANGES.get(operation);
        this.result = result;
        this.operands = operands;
    }

    static boolean knows(String operation) {
        return CHANGES.containsKey(operation);
    }

    @Override
    void execute(Block block, int[] mask) {
        access.run(block, mask, Checker.Access.ATOMIC, (segment, lanes) -> {
            synchronized (segment) {
                for (int lane = 0; lane < block.threads; lane++) {
                    if (lanes == null || lanes[lane] != 0) {
                        update(block, segment, lane);
                    }
                }
            }
        });
    }

    private void update(Block block, Segment segment, int lane) {
        long old = Conversions.value(Words.load(block, segment, lane, 0, type.bits()), type);
        long a = operand(block, 0, lane);
        long b = operands.length > 1 ? operand(block, 1, lane) : 0;
        Words.store(block, segment, lane, 0, type.bits(), change.apply(old, a, b, type));
        if (result != null) {
            Words.set(block.registers[result.index()], lane, old);
        }
    }

    private long operand(Block block, int number, int lane) {
        return Conversions.value(Words.bits(block.registers[operands[number]], lane), type);
    }

    private static long add(long old, long a, long b, PtxType type) {
        return switch (type) {
            case F32 -> Float.floatToRawIntBits(Float.intBitsToFloat((int) old) + Float.intBitsToFloat((int) a));
            case F64 -> Double.doubleToRawLongBits(Double.longBitsToDouble(old) + Double.longBitsToDouble(a));
            default -> old + a;
        };
    }

    private static boolean less(long a, long b, PtxType type) {
        return type.isSigned() ? a < b : Long.compareUnsigned(a, b) < 0;
    }
}
