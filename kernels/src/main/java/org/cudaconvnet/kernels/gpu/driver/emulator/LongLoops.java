package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.LONG;

import org.cudaconvnet.kernels.cpu.VectorSupport;

/** Integer arithmetic of 64 bits. Division by zero gives all ones. */
final class LongLoops {
    private LongLoops() {
    }

    static void define(Operations table) {
        table.binary("add.{s64,u64}", LONG, LONG, LONG, VectorSupport.available() ? VectorIntegers::add : LongLoops::add);
        table.binary("sub.{s64,u64}", LONG, LONG, LONG, LongLoops::sub);
        table.binary("mul.lo.{s64,u64}", LONG, LONG, LONG, LongLoops::mul);
        table.binary("mul.hi.s64", LONG, LONG, LONG, Each.longs(Math::multiplyHigh));
        table.binary("mul.hi.u64", LONG, LONG, LONG, Each.longs(LongLoops::multiplyHighUnsigned));
        table.ternary("mad.lo.{s64,u64}", LONG, LONG, LONG, LONG, LongLoops::mad);
        table.binary("div.s64", LONG, LONG, LONG, Each.longs((long a, long b) -> b == 0 ? -1 : a / b));
        table.binary("div.u64", LONG, LONG, LONG, Each.longs((long a, long b) -> b == 0 ? -1 : Long.divideUnsigned(a, b)));
        table.binary("rem.s64", LONG, LONG, LONG, Each.longs((long a, long b) -> b == 0 ? a : a % b));
        table.binary("rem.u64", LONG, LONG, LONG, Each.longs((long a, long b) -> b == 0 ? a : Long.remainderUnsigned(a, b)));
        table.unary("neg.s64", LONG, LONG, Each.longs((long a) -> -a));
        table.unary("abs.s64", LONG, LONG, Each.longs((long a) -> Math.abs(a)));
        table.binary("min.s64", LONG, LONG, LONG, Each.longs((long a, long b) -> Math.min(a, b)));
        table.binary("max.s64", LONG, LONG, LONG, Each.longs((long a, long b) -> Math.max(a, b)));
        table.binary("min.u64", LONG, LONG, LONG, Each.longs((long a, long b) -> Long.compareUnsigned(a, b) < 0 ? a : b));
        table.binary("max.u64", LONG, LONG, LONG, Each.longs((long a, long b) -> Long.compareUnsigned(a, b) > 0 ? a : b));
    }

    private static long multiplyHighUnsigned(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    private static void add(long[] d, long[] a, long[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] + b[i];
        }
    }

    private static void sub(long[] d, long[] a, long[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] - b[i];
        }
    }

    private static void mul(long[] d, long[] a, long[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] * b[i];
        }
    }

    private static void mad(long[] d, long[] a, long[] b, long[] c, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] * b[i] + c[i];
        }
    }
}
