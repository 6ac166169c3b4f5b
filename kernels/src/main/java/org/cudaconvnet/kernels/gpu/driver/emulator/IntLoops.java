package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.INT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.LONG;

import org.cudaconvnet.kernels.cpu.VectorSupport;

/** Integer arithmetic of 16 and 32 bits (PTX ISA, "Integer Arithmetic Instructions"). Division by zero gives all ones. */
final class IntLoops {
    private IntLoops() {
    }

    static void define(Operations table) {
        boolean vector = VectorSupport.available();
        boolean products = vector && VectorIntegers.hasProducts();
        table.binary("add.{s32,u32,s16,u16}", INT, INT, INT, vector ? VectorIntegers::add : IntLoops::add);
        table.binary("add.sat.s32", INT, INT, INT, Each.ints((int a, int b) -> saturated((long) a + b)));
        table.binary("sub.sat.s32", INT, INT, INT, Each.ints((int a, int b) -> saturated((long) a - b)));
        table.binary("sub.{s32,u32,s16,u16}", INT, INT, INT, IntLoops::sub);
        table.binary("mul.lo.{s32,u32,s16,u16}", INT, INT, INT, IntLoops::mul);
        table.binary("mul.hi.s32", INT, INT, INT, Each.ints((int a, int b) -> (int) ((long) a * b >> 32)));
        table.binary("mul.hi.u32", INT, INT, INT, Each.ints((int a, int b) -> (int) (unsigned(a) * unsigned(b) >>> 32)));
        table.binary("mul.hi.s16", INT, INT, INT, Each.ints((int a, int b) -> (short) a * (short) b >> 16));
        table.binary("mul.hi.u16", INT, INT, INT, Each.ints((int a, int b) -> (a & 0xffff) * (b & 0xffff) >>> 16));
        table.binary("mul.wide.s16", INT, INT, INT, Each.ints((int a, int b) -> (short) a * (short) b));
        table.binary("mul.wide.u16", INT, INT, INT, Each.ints((int a, int b) -> (a & 0xffff) * (b & 0xffff)));
        table.binary("mul.wide.s32", LONG, INT, INT, products ? VectorIntegers::mulWide : IntLoops::mulWide);
        table.binary("mul.wide.u32", LONG, INT, INT, products ? VectorIntegers::mulWideUnsigned : IntLoops::mulWideUnsigned);
        table.binary("mul24.lo.s32", INT, INT, INT, Each.ints((int a, int b) -> signed24(a) * signed24(b)));
        table.binary("mul24.lo.u32", INT, INT, INT, Each.ints((int a, int b) -> (a & 0xffffff) * (b & 0xffffff)));
        table.ternary("mad.lo.{s32,u32,s16,u16}", INT, INT, INT, INT, IntLoops::mad);
        table.ternary("mad.hi.s32", INT, INT, INT, INT, Each.ints((a, b, c) -> (int) ((long) a * b >> 32) + c));
        table.ternary("mad.hi.u32", INT, INT, INT, INT, Each.ints((a, b, c) -> (int) (unsigned(a) * unsigned(b) >>> 32) + c));
        table.ternary("mad.wide.s16", INT, INT, INT, INT, Each.ints((a, b, c) -> (short) a * (short) b + c));
        table.ternary("mad.wide.u16", INT, INT, INT, INT, Each.ints((a, b, c) -> (a & 0xffff) * (b & 0xffff) + c));
        table.ternary("mad.wide.s32", LONG, INT, INT, LONG, IntLoops::madWide);
        table.ternary("mad.wide.u32", LONG, INT, INT, LONG, IntLoops::madWideUnsigned);
        table.ternary("mad24.lo.s32", INT, INT, INT, INT, Each.ints((a, b, c) -> signed24(a) * signed24(b) + c));
        table.ternary("mad24.lo.u32", INT, INT, INT, INT, Each.ints((a, b, c) -> (a & 0xffffff) * (b & 0xffffff) + c));
        table.ternary("sad.s32", INT, INT, INT, INT, Each.ints((a, b, c) -> c + (int) Math.abs((long) a - b)));
        table.ternary("sad.u32", INT, INT, INT, INT, Each.ints((a, b, c) -> c + (int) Math.abs(unsigned(a) - unsigned(b))));
        table.binary("div.s32", INT, INT, INT, Each.ints((int a, int b) -> b == 0 ? -1 : a / b));
        table.binary("div.u32", INT, INT, INT, Each.ints((int a, int b) -> b == 0 ? -1 : Integer.divideUnsigned(a, b)));
        table.binary("div.s16", INT, INT, INT, Each.ints((int a, int b) -> (short) b == 0 ? -1 : (short) a / (short) b));
        table.binary("div.u16", INT, INT, INT, Each.ints((int a, int b) -> (b & 0xffff) == 0 ? -1 : (a & 0xffff) / (b & 0xffff)));
        table.binary("rem.s32", INT, INT, INT, Each.ints((int a, int b) -> b == 0 ? a : a % b));
        table.binary("rem.u32", INT, INT, INT, Each.ints((int a, int b) -> b == 0 ? a : Integer.remainderUnsigned(a, b)));
        table.binary("rem.s16", INT, INT, INT, Each.ints((int a, int b) -> (short) b == 0 ? a : (short) a % (short) b));
        table.binary("rem.u16", INT, INT, INT, Each.ints((int a, int b) -> (b & 0xffff) == 0 ? a : (a & 0xffff) % (b & 0xffff)));
        table.unary("neg.s32", INT, INT, IntLoops::neg);
        table.unary("neg.s16", INT, INT, IntLoops::neg);
        table.unary("abs.s32", INT, INT, IntLoops::abs);
        table.unary("abs.s16", INT, INT, Each.ints((int a) -> Math.abs((short) a)));
        table.binary("min.s32", INT, INT, INT, IntLoops::min);
        table.binary("max.s32", INT, INT, INT, IntLoops::max);
        table.binary("min.u32", INT, INT, INT, Each.ints((int a, int b) -> Integer.compareUnsigned(a, b) < 0 ? a : b));
        table.binary("max.u32", INT, INT, INT, Each.ints((int a, int b) -> Integer.compareUnsigned(a, b) > 0 ? a : b));
        table.binary("min.s16", INT, INT, INT, Each.ints((int a, int b) -> Math.min((short) a, (short) b)));
        table.binary("max.s16", INT, INT, INT, Each.ints((int a, int b) -> Math.max((short) a, (short) b)));
        table.binary("min.u16", INT, INT, INT, Each.ints((int a, int b) -> Math.min(a & 0xffff, b & 0xffff)));
        table.binary("max.u16", INT, INT, INT, Each.ints((int a, int b) -> Math.max(a & 0xffff, b & 0xffff)));
    }

    private static int saturated(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    private static long unsigned(int a) {
        return a & 0xffffffffL;
    }

    private static int signed24(int a) {
        return a << 8 >> 8;
    }

    private static void add(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] + b[i];
        }
    }

    private static void sub(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] - b[i];
        }
    }

    private static void mul(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] * b[i];
        }
    }

    private static void mad(int[] d, int[] a, int[] b, int[] c, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] * b[i] + c[i];
        }
    }

    private static void mulWide(long[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (long) a[i] * b[i];
        }
    }

    private static void mulWideUnsigned(long[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = unsigned(a[i]) * unsigned(b[i]);
        }
    }

    private static void madWide(long[] d, int[] a, int[] b, long[] c, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (long) a[i] * b[i] + c[i];
        }
    }

    private static void madWideUnsigned(long[] d, int[] a, int[] b, long[] c, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = unsigned(a[i]) * unsigned(b[i]) + c[i];
        }
    }

    private static void neg(int[] d, int[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = -a[i];
        }
    }

    private static void abs(int[] d, int[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Math.abs(a[i]);
        }
    }

    private static void min(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Math.min(a[i], b[i]);
        }
    }

    private static void max(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Math.max(a[i], b[i]);
        }
    }
}
