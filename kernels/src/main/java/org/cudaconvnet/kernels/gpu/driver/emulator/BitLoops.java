package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.INT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.LONG;

import java.util.function.LongToIntFunction;
import org.cudaconvnet.kernels.cpu.VectorSupport;

/** Logic, shifts and bit fields (PTX ISA, "Logic and Shift Instructions" and the bit instructions of integer arithmetic). */
final class BitLoops {
    private BitLoops() {
    }

    static void define(Operations table) {
        boolean vector = VectorSupport.available();
        table.binary("and.{b32,b16,pred}", INT, INT, INT, vector ? VectorIntegers::and : BitLoops::and);
        table.binary("or.{b32,b16,pred}", INT, INT, INT, BitLoops::or);
        table.binary("xor.{b32,b16,pred}", INT, INT, INT, BitLoops::xor);
        table.unary("not.{b32,b16,pred}", INT, INT, BitLoops::not);
        table.unary("cnot.b32", INT, INT, Each.ints((int a) -> a == 0 ? 1 : 0));
        table.binary("and.b64", LONG, LONG, LONG, BitLoops::and);
        table.binary("or.b64", LONG, LONG, LONG, BitLoops::or);
        table.binary("xor.b64", LONG, LONG, LONG, BitLoops::xor);
        table.unary("not.b64", LONG, LONG, Each.longs((long a) -> ~a));
        table.binary("shl.b32", INT, INT, INT, vector ? VectorIntegers::shiftLeft : BitLoops::shiftLeft);
        table.binary("shl.b16", INT, INT, INT, BitLoops::shiftLeft);
        table.binary("shr.{u32,b32}", INT, INT, INT, BitLoops::shiftRightUnsigned);
        table.binary("shr.s32", INT, INT, INT, BitLoops::shiftRight);
        table.binary("shr.{u16,b16}", INT, INT, INT, Each.ints((int a, int b) -> (a & 0xffff) >>> clamped(b, 31)));
        table.binary("shr.s16", INT, INT, INT, Each.ints((int a, int b) -> (short) a >> clamped(b, 31)));
        table.binary("shl.b64", LONG, LONG, INT, vector ? VectorIntegers::shiftLeft : BitLoops::shiftLeft);
        table.binary("shr.{u64,b64}", LONG, LONG, INT, BitLoops::shiftRightUnsigned);
        table.binary("shr.s64", LONG, LONG, INT, BitLoops::shiftRight);
        table.ternary("shf.l.wrap.b32", INT, INT, INT, INT, Each.ints((a, b, c) -> (int) (joined(a, b) << (c & 31) >>> 32)));
        table.ternary("shf.l.clamp.b32", INT, INT, INT, INT, Each.ints((a, b, c) -> (int) (joined(a, b) << clamped(c, 32) >>> 32)));
        table.ternary("shf.r.wrap.b32", INT, INT, INT, INT, Each.ints((a, b, c) -> (int) (joined(a, b) >>> (c & 31))));
        table.ternary("shf.r.clamp.b32", INT, INT, INT, INT, Each.ints((a, b, c) -> (int) (joined(a, b) >>> clamped(c, 32))));
        table.quaternary("lop3.b32", INT, INT, INT, INT, INT, BitLoops::lop3);
        table.unary("popc.b32", INT, INT, Each.ints(Integer::bitCount));
        table.unary("popc.b64", INT, LONG, narrow(Long::bitCount));
        table.unary("clz.b32", INT, INT, Each.ints(Integer::numberOfLeadingZeros));
        table.unary("clz.b64", INT, LONG, narrow(Long::numberOfLeadingZeros));
        table.unary("brev.b32", INT, INT, Each.ints(Integer::reverse));
        table.unary("brev.b64", LONG, LONG, Each.longs(Long::reverse));
        table.unary("bfind.u32", INT, INT, Each.ints((int a) -> 31 - Integer.numberOfLeadingZeros(a)));
        table.unary("bfind.s32", INT, INT, Each.ints((int a) -> 31 - Integer.numberOfLeadingZeros(a ^ a >> 31)));
        table.unary("bfind.shiftamt.u32", INT, INT, Each.ints((int a) -> a == 0 ? -1 : Integer.numberOfLeadingZeros(a)));
        table.ternary("bfe.u32", INT, INT, INT, INT, BitLoops::extract);
        table.ternary("bfe.s32", INT, INT, INT, INT, Each.ints(BitLoops::extractSigned));
        table.quaternary("bfi.b32", INT, INT, INT, INT, INT, BitLoops::insert);
        table.ternary("prmt.b32", INT, INT, INT, INT, Each.ints(BitLoops::permute));
    }

    private static int clamped(int shift, int limit) {
        return Integer.compareUnsigned(shift, limit) > 0 ? limit : shift;
    }

    private static long joined(int low, int high) {
        return (long) high << 32 | low & 0xffffffffL;
    }

    private static Loop.Unary<int[], long[]> narrow(LongToIntFunction f) {
        return (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.applyAsInt(a[i]);
            }
        };
    }

    private static int extract(int a, int position, int length) {
        int start = position & 0xff;
        int bits = length & 0xff;
        if (start > 31 || bits == 0) {
            return 0;
        }
        return bits > 31 ? a >>> start : a >>> start & (1 << bits) - 1;
    }

    private static void extract(int[] d, int[] a, int[] position, int[] length, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = extract(a[i], position[i], length[i]);
        }
    }

    private static int extractSigned(int a, int position, int length) {
        int start = position & 0xff;
        int bits = length & 0xff;
        if (bits == 0) {
            return 0;
        }
        int top = Math.min(start + bits - 1, 31);
        int sign = a << 31 - top >> 31;
        if (start > 31) {
            return sign;
        }
        int field = a >>> start;
        int width = top - start + 1;
        return width > 31 ? field : field & (1 << width) - 1 | sign << width;
    }

    private static void insert(int[] d, int[] a, int[] b, int[] position, int[] length, int lanes) {
        for (int i = 0; i < lanes; i++) {
            int start = position[i] & 0xff;
            int bits = Math.min(length[i] & 0xff, 32);
            int field = start > 31 ? 0 : (int) ((1L << bits) - 1) << start;
            d[i] = b[i] & ~field | a[i] << start & field;
        }
    }

    private static int permute(int a, int b, int selection) {
        long bytes = joined(a, b);
        int result = 0;
        for (int i = 0; i < 4; i++) {
            int selector = selection >>> 4 * i;
            int value = (byte) (bytes >>> 8 * (selector & 7));
            result |= ((selector & 8) != 0 ? value >> 7 : value) << 8 * i & 0xff << 8 * i;
        }
        return result;
    }

    private static void lop3(int[] d, int[] a, int[] b, int[] c, int[] table, int lanes) {
        for (int i = 0; i < lanes; i++) {
            int result = 0;
            for (int row = 0; row < 8; row++) {
                if ((table[i] >>> row & 1) != 0) {
                    result |= ((row & 4) != 0 ? a[i] : ~a[i]) & ((row & 2) != 0 ? b[i] : ~b[i]) & ((row & 1) != 0 ? c[i] : ~c[i]);
                }
            }
            d[i] = result;
        }
    }

    private static void and(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] & b[i];
        }
    }

    private static void or(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] | b[i];
        }
    }

    private static void xor(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] ^ b[i];
        }
    }

    private static void not(int[] d, int[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = ~a[i];
        }
    }

    private static void and(long[] d, long[] a, long[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] & b[i];
        }
    }

    private static void or(long[] d, long[] a, long[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] | b[i];
        }
    }

    private static void xor(long[] d, long[] a, long[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] ^ b[i];
        }
    }

    private static void shiftLeft(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (b[i] & ~31) == 0 ? a[i] << b[i] : 0;
        }
    }

    private static void shiftRightUnsigned(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (b[i] & ~31) == 0 ? a[i] >>> b[i] : 0;
        }
    }

    private static void shiftRight(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] >> ((b[i] & ~31) == 0 ? b[i] : 31);
        }
    }

    private static void shiftLeft(long[] d, long[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (b[i] & ~63) == 0 ? a[i] << b[i] : 0;
        }
    }

    private static void shiftRightUnsigned(long[] d, long[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (b[i] & ~63) == 0 ? a[i] >>> b[i] : 0;
        }
    }

    private static void shiftRight(long[] d, long[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] >> ((b[i] & ~63) == 0 ? b[i] : 63);
        }
    }
}
