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
        Location location = access.location(block, mask);
        if (location != null) {
            for (int element = 0; element < sources.length; element++) {
                location.store(access.delta(), element, block.registers[sources[element]]);
            }
            return;
        }
        access.run(block, mask, Checker.Access.WRITE, (segment, lanes) -> {
            for (int element = 0; element < sources.length; element++) {
                store(block, lanes, segment, element, block.registers[sources[element]]);
            }
        });
    }

    private void store(Block block, int[] mask, Segment segment, int element, Object source) {
        for (int lane = 0; lane < block.threads; lane++) {
            if (mask == null || mask[lane] != 0) {
                Words.store(block, segment, lane, element, type.bits(), Words.bits(source, lane));
            }
        }
    }
}
