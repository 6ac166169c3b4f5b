package org.cudaconvnet.kernels.gpu.driver.emulator;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Loads of all threads at once, in explicit vectors. */
final class VectorMemory {
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    /** As many ints as a vector has longs. */
    private static final VectorSpecies<Integer> HALF = VectorSpecies.of(int.class, VectorShape.forBitSize(LONGS.vectorBitSize() / 2));
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final IntVector COUNT = IntVector.zero(INTS).addIndex(1);

    // How the words of one vector of lanes lie; a number from 0 on is the first lane of an earlier vector with the same words.
    private static final int ONE_WORD = -1;
    private static final int ADJACENT = -2;
    private static final int TWO_WORDS = -3;
    private static final int SCATTERED = -4;
    private static final int MIDDLE = INTS.length() / 2;
    private static final VectorMask<Integer> UPPER = COUNT.compare(VectorOperators.GE, MIDDLE);
    /** So many earlier vectors are compared: tiles repeat their addresses after one, two or four vectors. */
    private static final int LOOK_BACK = 4;

    private VectorMemory() {
    }

    /** Word indices of the addresses; false if an offset is negative or above 2 GiB. */
    static boolean locate(long[] addresses, long distance, int from, int to, int[] index, Location.Extent extent) {
        LongVector all = LongVector.zero(LONGS);
        IntVector lowest = IntVector.broadcast(HALF, Integer.MAX_VALUE);
        IntVector highest = IntVector.zero(HALF);
        for (int i = from; i < to; i += LONGS.length()) {
            LongVector offset = LongVector.fromArray(LONGS, addresses, i).add(distance);
            IntVector low = (IntVector) offset.convertShape(VectorOperators.L2I, HALF, 0);
            all = all.or(offset);
            lowest = lowest.min(low);
            highest = highest.max(low);
            low.lanewise(VectorOperators.LSHR, 2).intoArray(index, i);
        }
        long bits = all.reduceLanes(VectorOperators.OR);
        extent.lowest = lowest.reduceLanes(VectorOperators.MIN);
        extent.highest = highest.reduceLanes(VectorOperators.MAX);
        extent.bits = (int) bits;
        return bits >>> 31 == 0;
    }

    /** The same with 32-bit addresses (of a segment below 2 GiB). */
    static boolean locate(int[] addresses, long distance, int from, int to, int[] index, Location.Extent extent) {
        if (distance != (int) distance) {
            return false;
        }
        IntVector all = IntVector.zero(INTS);
        IntVector lowest = IntVector.broadcast(INTS, Integer.MAX_VALUE);
        IntVector highest = IntVector.zero(INTS);
        for (int i = from; i < to; i += INTS.length()) {
            IntVector offset = IntVector.fromArray(INTS, addresses, i).add((int) distance);
            all = all.or(offset);
            lowest = lowest.min(offset);
            highest = highest.max(offset);
            offset.lanewise(VectorOperators.LSHR, 2).intoArray(index, i);
        }
        extent.bits = all.reduceLanes(VectorOperators.OR);
        extent.lowest = lowest.reduceLanes(VectorOperators.MIN);
        extent.highest = highest.reduceLanes(VectorOperators.MAX);
        return extent.bits >= 0;
    }

    /** Sees for every vector of lanes how its words lie, since few loads need a gather. */
    static void findPatterns(int[] index, int from, int to, int[] patterns) {
        for (int i = from; i < to; i += INTS.length()) {
            IntVector words = IntVector.fromArray(INTS, index, i);
            int pattern = SCATTERED;
            if (words.compare(VectorOperators.EQ, index[i]).allTrue()) {
                pattern = ONE_WORD;
            } else if (words.sub(COUNT).compare(VectorOperators.EQ, index[i]).allTrue()) {
                pattern = ADJACENT;
            } else if (words.compare(VectorOperators.EQ, IntVector.broadcast(INTS, index[i]).blend(index[i + MIDDLE], UPPER)).allTrue()) {
                pattern = TWO_WORDS;
            } else {
                int last = Math.max(from, i - LOOK_BACK * INTS.length());
                for (int j = i - INTS.length(); j >= last && pattern == SCATTERED; j -= INTS.length()) {
                    if (words.compare(VectorOperators.EQ, IntVector.fromArray(INTS, index, j)).allTrue()) {
                        int earlier = patterns[j / INTS.length()];
                        pattern = earlier >= 0 ? earlier : j;
                    }
                }
            }
            patterns[i / INTS.length()] = pattern;
        }
    }

    static void load(int[] words, int offset, int[] index, int[] patterns, int from, int to, int[] result) {
        for (int i = from; i < to; i += INTS.length()) {
            int pattern = patterns[i / INTS.length()];
            if (pattern >= 0) {
                IntVector.fromArray(INTS, result, pattern).intoArray(result, i);
            } else if (pattern == ONE_WORD) {
                IntVector.broadcast(INTS, words[index[i] + offset]).intoArray(result, i);
            } else if (pattern == ADJACENT) {
                IntVector.fromArray(INTS, words, index[i] + offset).intoArray(result, i);
            } else if (pattern == TWO_WORDS) {
                IntVector.broadcast(INTS, words[index[i] + offset]).blend(words[index[i + MIDDLE] + offset], UPPER).intoArray(result, i);
            } else {
                IntVector.fromArray(INTS, words, offset, index, i).intoArray(result, i);
            }
        }
    }

    static void load(int[] words, int offset, int[] index, int[] patterns, int from, int to, float[] result) {
        for (int i = from; i < to; i += INTS.length()) {
            int pattern = patterns[i / INTS.length()];
            if (pattern >= 0) {
                FloatVector.fromArray(FLOATS, result, pattern).intoArray(result, i);
            } else if (pattern == ONE_WORD) {
                IntVector.broadcast(INTS, words[index[i] + offset]).reinterpretAsFloats().intoArray(result, i);
            } else if (pattern == ADJACENT) {
                IntVector.fromArray(INTS, words, index[i] + offset).reinterpretAsFloats().intoArray(result, i);
            } else if (pattern == TWO_WORDS) {
                IntVector.broadcast(INTS, words[index[i] + offset]).blend(words[index[i + MIDDLE] + offset], UPPER).reinterpretAsFloats().intoArray(result, i);
            } else {
                IntVector.fromArray(INTS, words, offset, index, i).reinterpretAsFloats().intoArray(result, i);
            }
        }
    }
}
