package org.cudaconvnet.kernels.gpu.driver.emulator;

import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/** {@code ld} of one or several elements. A result wider than the type is extended (PTX ISA, "Operand Size Exceeding Instruction-Type Size"). */
final class LoadStep extends Step {
    private final MemoryAccess access;
    private final PtxType type;
    private final Register[] results;

    LoadStep(Site site, MemoryAccess access, PtxType type, Register[] results) {
        super(site);
        this.access = access;
        this.type = type;
        this.results = results;
    }

    @Override
    void execute(Block block, int[] mask) {
        Location location = access.location(block, mask);
        if (location != null) {
            for (int element = 0; element < results.length; element++) {
                location.load(access.delta(), element, block.registers[results[element].index()]);
            }
            return;
        }
        access.run(block, mask, Checker.Access.READ, (segment, lanes) -> {
            for (int element = 0; element < results.length; element++) {
                load(block, lanes, segment, element);
            }
        });
    }

    private void load(Block block, int[] mask, Segment segment, int element) {
        Object result = block.registers[results[element].index()];
        if (type.bits() == 32 && result instanceof float[] floats) {
            for (int lane = 0; lane < block.threads; lane++) {
                if (mask == null || mask[lane] != 0) {
                    floats[lane] = Float.intBitsToFloat(segment.words[block.index[lane] + element * segment.wordScale]);
                }
            }
            return;
        }
        for (int lane = 0; lane < block.threads; lane++) {
            if (mask == null || mask[lane] != 0) {
                Words.set(result, lane, Conversions.value(Words.load(block, segment, lane, element, type.bits()), type));
            }
        }
    }
}
