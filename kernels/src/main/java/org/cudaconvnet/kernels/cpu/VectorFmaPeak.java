package org.cudaconvnet.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sixteen independent fma chains in registers, no memory: how fast one core can possibly go. */
final class VectorFmaPeak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int FLOPS_PER_STEP = 2 * 16 * SPECIES.length();

    private VectorFmaPeak() {
    }

    /** The result keeps the compiler from dropping the work. */
    static float run(int steps, float factor, float addend) {
        FloatVector m = FloatVector.broadcast(SPECIES, factor);
        FloatVector z = FloatVector.broadcast(SPECIES, addend);
        FloatVector a0 = FloatVector.broadcast(SPECIES, 0f);
        FloatVector a1 = FloatVector.broadcast(SPECIES, 1f);
        FloatVector a2 = FloatVector.broadcast(SPECIES, 2f);
        FloatVector a3 = FloatVector.broadcast(SPECIES, 3f);
        FloatVector a4 = FloatVector.broadcast(SPECIES, 4f);
        FloatVector a5 = FloatVector.broadcast(SPECIES, 5f);
        FloatVector a6 = FloatVector.broadcast(SPECIES, 6f);
        FloatVector a7 = FloatVector.broadcast(SPECIES, 7f);
        FloatVector a8 = FloatVector.broadcast(SPECIES, 8f);
        FloatVector a9 = FloatVector.broadcast(SPECIES, 9f);
        FloatVector a10 = FloatVector.broadcast(SPECIES, 10f);
        FloatVector a11 = FloatVector.broadcast(SPECIES, 11f);
        FloatVector a12 = FloatVector.broadcast(SPECIES, 12f);
        FloatVector a13 = FloatVector.broadcast(SPECIES, 13f);
        FloatVector a14 = FloatVector.broadcast(SPECIES, 14f);
        FloatVector a15 = FloatVector.broadcast(SPECIES, 15f);
        for (int k = 0; k < steps; k++) {
            a0 = a0.fma(m, z);
            a1 = a1.fma(m, z);
            a2 = a2.fma(m, z);
            a3 = a3.fma(m, z);
            a4 = a4.fma(m, z);
            a5 = a5.fma(m, z);
            a6 = a6.fma(m, z);
            a7 = a7.fma(m, z);
            a8 = a8.fma(m, z);
            a9 = a9.fma(m, z);
            a10 = a10.fma(m, z);
            a11 = a11.fma(m, z);
            a12 = a12.fma(m, z);
            a13 = a13.fma(m, z);
            a14 = a14.fma(m, z);
            a15 = a15.fma(m, z);
        }
        FloatVector sum = a0.add(a1).add(a2).add(a3)
                .add(a4).add(a5).add(a6).add(a7)
                .add(a8).add(a9).add(a10).add(a11)
                .add(a12).add(a13).add(a14).add(a15);
        return sum.lane(0);
    }
}
