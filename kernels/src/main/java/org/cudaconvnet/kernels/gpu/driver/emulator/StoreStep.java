package org.cudaconvnet.kernels.gpu.driver.emulator;

import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/** {@code st} of one or several elements; where threads store to the same place the highest thread's value stays. */
final class StoreStep extends Step {
    private final MemoryAccess access;
    private final PtxType type;
    private final int[] sources;

    StoreStep(Site site, MemoryAccess access, PtxType type, int[] sources) {
        super(site);
        this.access = access;
        this.type = type;
        this.sources = sources;
    }

    @Override
    void execute(Block block, int[] mask) {
        access.run(block, mask, Checker.Access.WRITE, (segment, lanes) -> {
            for (int element = 0; element < sources.length; element++) {
                store(block, lanes, segment, element, block.registers[sources[element]]);
            }
        });
    }

    private void store(Block block, int[] mask, Segment segment, int element, Object source) {
        if (type.bits() == 32 && mask == null && source instanceof float[] floats) {
            int[] words = segment.words;
            int[] index = block.index;
            int distance = element * segment.wordScale;
            for (int lane = 0; lane < block.threads; lane++) {
                words[index[lane] + distance] = Float.floatToRawIntBits(floats[lane]);
            }
            return;
        }
        for (int lane = 0; lane < block.threads; lane++) {
            if (mask == null || mask[lane] != 0) {
                Words.store(block, segment, lane, element, type.bits(), Words.bits(source, lane));
            }
        }
    }
}
