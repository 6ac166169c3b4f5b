package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.List;

/**
 * Several {@code fma.rn.f32} in a row, of all active threads: done for a few vectors of threads at a time, so that the registers
 * of a tile stay in the first-level cache. Threads do not see each other's registers, so the bits are those of one after another.
 */
final class FmaRunStep extends Step {
    private final int[] results;
    private final int[] a;
    private final int[] b;
    private final int[] c;

    /** @param fmas registers of each: result, factors, summand */
    FmaRunStep(Site site, List<int[]> fmas) {
        super(site, fmas.size());
        results = column(fmas, 0);
        a = column(fmas, 1);
        b = column(fmas, 2);
        c = column(fmas, 3);
    }

    private static int[] column(List<int[]> fmas, int number) {
        return fmas.stream().mapToInt(fma -> fma[number]).toArray();
    }

    @Override
    void execute(Block block, int[] mask) {
        Object[] registers = block.registers;
        if (mask == null || block.isRange(mask)) {
            int end = block.to(mask);
            for (int from = block.from(mask); from < end; from += VectorLoops.RUN_LANES) {
                int to = Math.min(from + VectorLoops.RUN_LANES, end);
                for (int i = 0; i < results.length; i++) {
                    VectorLoops.fma((float[]) registers[results[i]], (float[]) registers[a[i]], (float[]) registers[b[i]],
                            (float[]) registers[c[i]], from, to);
                }
            }
            return;
        }
        float[] scratch = (float[]) block.scratch[Bank.FLOAT.number()];
        for (int i = 0; i < results.length; i++) {
            VectorLoops.fma(scratch, (float[]) registers[a[i]], (float[]) registers[b[i]], (float[]) registers[c[i]], block.lanes);
            Bank.merge(scratch, registers[results[i]], mask);
        }
    }
}
