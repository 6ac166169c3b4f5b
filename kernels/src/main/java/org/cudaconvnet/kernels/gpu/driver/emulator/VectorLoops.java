package org.cudaconvnet.kernels.gpu.driver.emulator;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The most frequent binary32 instructions in explicit vectors, same bits as {@link FloatLoops}; lanes come in multiples of a vector. */
final class VectorLoops {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    /** Lanes that a run of instructions is done for at a time. */
    static final int RUN_LANES = 128;

    private VectorLoops() {
    }

    static void fma(float[] d, float[] a, float[] b, float[] c, int lanes) {
        fma(d, a, b, c, 0, lanes);
    }

    /** Of some lanes only. */
    static void fma(float[] d, float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i += FLOATS.length()) {
            FloatVector.fromArray(FLOATS, a, i)
                    .fma(FloatVector.fromArray(FLOATS, b, i), FloatVector.fromArray(FLOATS, c, i)).intoArray(d, i);
        }
    }

    static void add(float[] d, float[] a, float[] b, int lanes) {
        for (int i = 0; i < lanes; i += FLOATS.length()) {
            FloatVector.fromArray(FLOATS, a, i).add(FloatVector.fromArray(FLOATS, b, i)).intoArray(d, i);
        }
    }

    static void mul(float[] d, float[] a, float[] b, int lanes) {
        for (int i = 0; i < lanes; i += FLOATS.length()) {
            FloatVector.fromArray(FLOATS, a, i).mul(FloatVector.fromArray(FLOATS, b, i)).intoArray(d, i);
        }
    }
}
