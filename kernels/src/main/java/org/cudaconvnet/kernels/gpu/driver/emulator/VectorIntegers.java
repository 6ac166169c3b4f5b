package org.cudaconvnet.kernels.gpu.driver.emulator;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The integer instructions of loops and addresses in explicit vectors, same results as the plain loops. Blocks have few threads, so
 * a loop that the JIT compiler vectorises itself spends most of its time before and after the part in vectors.
 */
final class VectorIntegers {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    /** As many ints as a vector has longs. */
    private static final VectorSpecies<Integer> HALF = VectorSpecies.of(int.class, VectorShape.forBitSize(LONGS.vectorBitSize() / 2));
    private static final IntVector NOBODY = IntVector.zero(INTS);

    private VectorIntegers() {
    }

    /** True if 64-bit products are one vector instruction: with the vectors of AVX-512. */
    static boolean hasProducts() {
        return LONGS.vectorBitSize() >= 512;
    }

    static void add(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i += INTS.length()) {
            IntVector.fromArray(INTS, a, i).add(IntVector.fromArray(INTS, b, i)).intoArray(d, i);
        }
    }

    static void add(long[] d, long[] a, long[] b, int lanes) {
        for (int i = 0; i < lanes; i += LONGS.length()) {
            LongVector.fromArray(LONGS, a, i).add(LongVector.fromArray(LONGS, b, i)).intoArray(d, i);
        }
    }

    static void mulWide(long[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i += LONGS.length()) {
            signed(a, i).mul(signed(b, i)).intoArray(d, i);
        }
    }

    static void mulWideUnsigned(long[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i += LONGS.length()) {
            unsigned(a, i).mul(unsigned(b, i)).intoArray(d, i);
        }
    }

    private static LongVector signed(int[] a, int i) {
        return (LongVector) IntVector.fromArray(HALF, a, i).convertShape(VectorOperators.I2L, LONGS, 0);
    }

    private static LongVector unsigned(int[] a, int i) {
        return signed(a, i).and(0xffffffffL);
    }

    static void signExtend(long[] d, int[] a, int lanes) {
        for (int i = 0; i < lanes; i += LONGS.length()) {
            signed(a, i).intoArray(d, i);
        }
    }

    static void zeroExtend(long[] d, int[] a, int lanes) {
        for (int i = 0; i < lanes; i += LONGS.length()) {
            unsigned(a, i).intoArray(d, i);
        }
    }

    static void and(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i += INTS.length()) {
            IntVector.fromArray(INTS, a, i).and(IntVector.fromArray(INTS, b, i)).intoArray(d, i);
        }
    }

    /** More than 31 places give 0. */
    static void shiftLeft(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i += INTS.length()) {
            IntVector places = IntVector.fromArray(INTS, b, i);
            IntVector.fromArray(INTS, a, i).lanewise(VectorOperators.LSHL, places)
                    .blend(0, places.lanewise(VectorOperators.LSHR, 5).compare(VectorOperators.NE, 0)).intoArray(d, i);
        }
    }

    /** More than 63 places give 0. */
    static void shiftLeft(long[] d, long[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i += LONGS.length()) {
            LongVector places = unsigned(b, i);
            LongVector.fromArray(LONGS, a, i).lanewise(VectorOperators.LSHL, places)
                    .blend(0, places.compare(VectorOperators.GT, 63)).intoArray(d, i);
        }
    }

    static void equal(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i += INTS.length()) {
            truth(IntVector.fromArray(INTS, a, i).compare(VectorOperators.EQ, IntVector.fromArray(INTS, b, i))).intoArray(d, i);
        }
    }

    static void different(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i += INTS.length()) {
            truth(IntVector.fromArray(INTS, a, i).compare(VectorOperators.NE, IntVector.fromArray(INTS, b, i))).intoArray(d, i);
        }
    }

    static void less(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i += INTS.length()) {
            truth(IntVector.fromArray(INTS, a, i).compare(VectorOperators.LT, IntVector.fromArray(INTS, b, i))).intoArray(d, i);
        }
    }

    static void notLess(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i += INTS.length()) {
            truth(IntVector.fromArray(INTS, a, i).compare(VectorOperators.GE, IntVector.fromArray(INTS, b, i))).intoArray(d, i);
        }
    }

    private static IntVector truth(VectorMask<Integer> mask) {
        return NOBODY.blend(-1, mask);
    }

    /** Those lanes of a mask for which a predicate, with its bits flipped or not, is true; returns their number. */
    static int guard(int[] guarded, int[] mask, int[] predicate, int flip, int lanes) {
        int count = 0;
        for (int i = 0; i < lanes; i += INTS.length()) {
            IntVector value = IntVector.fromArray(INTS, predicate, i).lanewise(VectorOperators.XOR, flip).and(IntVector.fromArray(INTS, mask, i));
            value.intoArray(guarded, i);
            count += value.compare(VectorOperators.NE, 0).trueCount();
        }
        return count;
    }
}
