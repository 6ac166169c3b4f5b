package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Elements of 8 to 64 bits in memory made of 32-bit words, at the places that {@link MemoryAccess} found. */
final class Words {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(int[].class);

    private Words() {
    }

    /** The bits of an element, zero-extended. */
    static long load(Block block, Segment segment, int lane, int element, int bits) {
        int position = block.bit[lane] * (bits < 32 ? 1 : 0) + element * bits;
        int word = block.index[lane] + (position >>> 5) * segment.wordScale;
        long low = segment.words[word] & 0xffffffffL;
        if (bits == 64) {
            return low | (long) segment.words[word + segment.wordScale] << 32;
        }
        return bits == 32 ? low : low >>> (position & 31) & (1L << bits) - 1;
    }

    static void store(Block block, Segment segment, int lane, int element, int bits, long value) {
        int position = block.bit[lane] * (bits < 32 ? 1 : 0) + element * bits;
        int word = block.index[lane] + (position >>> 5) * segment.wordScale;
        if (bits >= 32) {
            segment.words[word] = (int) value;
            if (bits == 64) {
                segment.words[word + segment.wordScale] = (int) (value >>> 32);
            }
            return;
        }
        int field = (1 << bits) - 1 << (position & 31);
        int placed = (int) value << (position & 31) & field;
        // Another block may be writing the word's other bytes at the same time.
        int old;
        do {
            old = (int) WORD.getVolatile(segment.words, word);
        } while (!WORD.compareAndSet(segment.words, word, old, old & ~field | placed));
    }

    /** The bits of one lane of a register. */
    static long bits(Object register, int lane) {
        if (register instanceof int[] ints) {
            return ints[lane];
        }
        if (register instanceof float[] floats) {
            return Float.floatToRawIntBits(floats[lane]);
        }
        return register instanceof long[] longs ? longs[lane] : Double.doubleToRawLongBits(((double[]) register)[lane]);
    }

    /** Sets one lane of a register from its bits. */
    static void set(Object register, int lane, long bits) {
        if (register instanceof int[] ints) {
            ints[lane] = (int) bits;
        } else if (register instanceof float[] floats) {
            floats[lane] = Float.intBitsToFloat((int) bits);
        } else if (register instanceof long[] longs) {
            longs[lane] = bits;
        } else {
            ((double[]) register)[lane] = Double.longBitsToDouble(bits);
        }
    }
}
