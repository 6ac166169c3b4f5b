package org.cudaconvnet.kernels.gpu.driver.emulator;

import org.cudaconvnet.kernels.cpu.VectorSupport;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/** {@code ld} of one or several elements. A result wider than the type is extended (PTX ISA, "Operand Size Exceeding Instruction-Type Size"). */
final class LoadStep extends Step {
    private static final boolean VECTOR = VectorSupport.available();

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
        access.run(block, mask, Checker.Access.READ, (segment, lanes) -> {
            for (int element = 0; element < results.length; element++) {
                load(block, lanes, segment, element);
            }
        });
    }

    private void load(Block block, int[] mask, Segment segment, int element) {
        Object result = block.registers[results[element].index()];
        if (type.bits() == 32 && segment.laneScale == 0 && mask == null && block.threads == block.lanes && VECTOR
                && !(result instanceof long[])) {
            if (result instanceof int[] ints) {
                VectorMemory.load(segment.words, element, block.index, ints);
            } else {
                VectorMemory.load(segment.words, element, block.index, (float[]) result);
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
