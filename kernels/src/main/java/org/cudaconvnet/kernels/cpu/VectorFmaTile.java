package org.cudaconvnet.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Two vectors by eight rows of accumulators in registers.
 *
 * <p>Straight-line code in one flat loop on purpose: the JIT compiler boxes accumulators that are kept in arrays or carried through
 * a nested loop.
 */
final class VectorFmaTile implements FmaTile {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public int columns() {
        return 2 * LANES;
    }

    @Override
    public void run(float[] scalars, int scalarStart, float[] vectors, int vectorStart, FmaSteps steps,
                    float[] out, int outStart, int outStride, boolean resume) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector a2 = FloatVector.zero(SPECIES);
        FloatVector b2 = FloatVector.zero(SPECIES);
        FloatVector a3 = FloatVector.zero(SPECIES);
        FloatVector b3 = FloatVector.zero(SPECIES);
        FloatVector a4 = FloatVector.zero(SPECIES);
        FloatVector b4 = FloatVector.zero(SPECIES);
        FloatVector a5 = FloatVector.zero(SPECIES);
        FloatVector b5 = FloatVector.zero(SPECIES);
        FloatVector a6 = FloatVector.zero(SPECIES);
        FloatVector b6 = FloatVector.zero(SPECIES);
        FloatVector a7 = FloatVector.zero(SPECIES);
        FloatVector b7 = FloatVector.zero(SPECIES);
        if (resume) {
            a0 = FloatVector.fromArray(SPECIES, out, outStart);
            b0 = FloatVector.fromArray(SPECIES, out, outStart + LANES);
            a1 = FloatVector.fromArray(SPECIES, out, outStart + outStride);
            b1 = FloatVector.fromArray(SPECIES, out, outStart + outStride + LANES);
            a2 = FloatVector.fromArray(SPECIES, out, outStart + 2 * outStride);
            b2 = FloatVector.fromArray(SPECIES, out, outStart + 2 * outStride + LANES);
            a3 = FloatVector.fromArray(SPECIES, out, outStart + 3 * outStride);
            b3 = FloatVector.fromArray(SPECIES, out, outStart + 3 * outStride + LANES);
            a4 = FloatVector.fromArray(SPECIES, out, outStart + 4 * outStride);
            b4 = FloatVector.fromArray(SPECIES, out, outStart + 4 * outStride + LANES);
            a5 = FloatVector.fromArray(SPECIES, out, outStart + 5 * outStride);
            b5 = FloatVector.fromArray(SPECIES, out, outStart + 5 * outStride + LANES);
            a6 = FloatVector.fromArray(SPECIES, out, outStart + 6 * outStride);
            b6 = FloatVector.fromArray(SPECIES, out, outStart + 6 * outStride + LANES);
            a7 = FloatVector.fromArray(SPECIES, out, outStart + 7 * outStride);
            b7 = FloatVector.fromArray(SPECIES, out, outStart + 7 * outStride + LANES);
        }
        int[] scalarOffsets = steps.scalarOffsets();
        int[] vectorOffsets = steps.vectorOffsets();
        int count = steps.count();
        for (int k = 0; k < count; k++) {
            int s = scalarStart + scalarOffsets[k];
            int v = vectorStart + vectorOffsets[k];
            FloatVector a = FloatVector.fromArray(SPECIES, vectors, v);
            FloatVector b = FloatVector.fromArray(SPECIES, vectors, v + LANES);
            FloatVector scalar0 = FloatVector.broadcast(SPECIES, scalars[s]);
            a0 = scalar0.fma(a, a0);
            b0 = scalar0.fma(b, b0);
            FloatVector scalar1 = FloatVector.broadcast(SPECIES, scalars[s + 1]);
            a1 = scalar1.fma(a, a1);
            b1 = scalar1.fma(b, b1);
            FloatVector scalar2 = FloatVector.broadcast(SPECIES, scalars[s + 2]);
            a2 = scalar2.fma(a, a2);
            b2 = scalar2.fma(b, b2);
            FloatVector scalar3 = FloatVector.broadcast(SPECIES, scalars[s + 3]);
            a3 = scalar3.fma(a, a3);
            b3 = scalar3.fma(b, b3);
            FloatVector scalar4 = FloatVector.broadcast(SPECIES, scalars[s + 4]);
            a4 = scalar4.fma(a, a4);
            b4 = scalar4.fma(b, b4);
            FloatVector scalar5 = FloatVector.broadcast(SPECIES, scalars[s + 5]);
            a5 = scalar5.fma(a, a5);
            b5 = scalar5.fma(b, b5);
            FloatVector scalar6 = FloatVector.broadcast(SPECIES, scalars[s + 6]);
            a6 = scalar6.fma(a, a6);
            b6 = scalar6.fma(b, b6);
            FloatVector scalar7 = FloatVector.broadcast(SPECIES, scalars[s + 7]);
            a7 = scalar7.fma(a, a7);
            b7 = scalar7.fma(b, b7);
        }
        a0.intoArray(out, outStart);
        b0.intoArray(out, outStart + LANES);
        a1.intoArray(out, outStart + outStride);
        b1.intoArray(out, outStart + outStride + LANES);
        a2.intoArray(out, outStart + 2 * outStride);
        b2.intoArray(out, outStart + 2 * outStride + LANES);
        a3.intoArray(out, outStart + 3 * outStride);
        b3.intoArray(out, outStart + 3 * outStride + LANES);
        a4.intoArray(out, outStart + 4 * outStride);
        b4.intoArray(out, outStart + 4 * outStride + LANES);
        a5.intoArray(out, outStart + 5 * outStride);
        b5.intoArray(out, outStart + 5 * outStride + LANES);
        a6.intoArray(out, outStart + 6 * outStride);
        b6.intoArray(out, outStart + 6 * outStride + LANES);
        a7.intoArray(out, outStart + 7 * outStride);
        b7.intoArray(out, outStart + 7 * outStride + LANES);
    }

    @Override
    public String toString() {
        return "vector instructions";
    }
}
