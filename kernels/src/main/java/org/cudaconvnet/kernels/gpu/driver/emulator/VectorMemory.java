package org.cudaconvnet.kernels.gpu.driver.emulator;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Loads and stores of all threads at once, in explicit vectors. */
final class VectorMemory {
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    /** As many ints as a vector has longs. */
    private static final VectorSpecies<Integer> HALF = VectorSpecies.of(int.class, VectorShape.forBitSize(LONGS.vectorBitSize() / 2));
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private VectorMemory() {
    }

    /** Word indices of the addresses; false if one lies outside [0, last] or is not aligned. */
    static boolean locate(long[] addresses, long distance, long last, int alignment, int[] index) {
        LongVector wrong = LongVector.zero(LONGS);
        LongVector all = LongVector.zero(LONGS);
        for (int i = 0; i < index.length; i += LONGS.length()) {
            LongVector offset = LongVector.fromArray(LONGS, addresses, i).add(distance);
            wrong = wrong.or(offset).or(LongVector.broadcast(LONGS, last).sub(offset));
            all = all.or(offset);
            ((IntVector) offset.lanewise(VectorOperators.LSHR, 2).convertShape(VectorOperators.L2I, HALF, 0)).intoArray(index, i);
        }
        return wrong.reduceLanes(VectorOperators.OR) >= 0 && (all.reduceLanes(VectorOperators.OR) & alignment) == 0;
    }

    /** The same with 32-bit addresses (of a segment below 2 GiB). */
    static boolean locate(int[] addresses, long distance, long last, int alignment, int[] index) {
        if (distance != (int) distance || last != (int) last) {
            return false;
        }
        IntVector wrong = IntVector.zero(INTS);
        IntVector all = IntVector.zero(INTS);
        for (int i = 0; i < index.length; i += INTS.length()) {
            IntVector offset = IntVector.fromArray(INTS, addresses, i).add((int) distance);
            wrong = wrong.or(offset).or(IntVector.broadcast(INTS, (int) last).sub(offset));
            all = all.or(offset);
            offset.lanewise(VectorOperators.LSHR, 2).intoArray(index, i);
        }
        return wrong.reduceLanes(VectorOperators.OR) >= 0 && (all.reduceLanes(VectorOperators.OR) & alignment) == 0;
    }

    static void load(int[] words, int element, int[] index, int[] result) {
        for (int i = 0; i < index.length; i += INTS.length()) {
            IntVector.fromArray(INTS, words, element, index, i).intoArray(result, i);
        }
    }

    static void load(int[] words, int element, int[] index, float[] result) {
        for (int i = 0; i < index.length; i += INTS.length()) {
            IntVector.fromArray(INTS, words, element, index, i).reinterpretAsFloats().intoArray(result, i);
        }
    }
}
