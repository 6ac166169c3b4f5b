package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.DOUBLE;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.FLOAT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.INT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.LONG;

import org.cudaconvnet.kernels.cpu.VectorSupport;

/**
 * Comparisons as predicates, keyed {@code compare.OPERATOR.TYPE} (PTX ISA, "Comparison and Selection Instructions"), and selection.
 * Integer predicates come from the sign of a difference, so that the loops have no branches.
 */
final class Comparisons {
    private Comparisons() {
    }

    static void define(Operations table) {
        boolean vector = VectorSupport.available();
        Loop.Binary<int[], int[], int[]> less = vector ? VectorIntegers::less : Comparisons::less;
        Loop.Binary<int[], int[], int[]> notLess = vector ? VectorIntegers::notLess : Comparisons::notLess;
        table.binary("compare.eq.{s32,u32,b32}", INT, INT, INT, vector ? VectorIntegers::equal : Comparisons::equal);
        table.binary("compare.ne.{s32,u32,b32}", INT, INT, INT, vector ? VectorIntegers::different : Comparisons::different);
        table.binary("compare.lt.s32", INT, INT, INT, less);
        table.binary("compare.gt.s32", INT, INT, INT, (d, a, b, lanes) -> less.run(d, b, a, lanes));
        table.binary("compare.ge.s32", INT, INT, INT, notLess);
        table.binary("compare.le.s32", INT, INT, INT, (d, a, b, lanes) -> notLess.run(d, b, a, lanes));
        table.binary("compare.{lt,lo}.u32", INT, INT, INT, Comparisons::lower);
        table.binary("compare.{gt,hi}.u32", INT, INT, INT, (d, a, b, lanes) -> lower(d, b, a, lanes));
        table.binary("compare.{ge,hs}.u32", INT, INT, INT, Comparisons::notLower);
        table.binary("compare.{le,ls}.u32", INT, INT, INT, (d, a, b, lanes) -> notLower(d, b, a, lanes));
        defineShort(table);
        defineLong(table);
        defineFloat(table);
        defineDouble(table);
        table.ternary("selp.{b32,u32,s32,b16,u16,s16}", INT, INT, INT, INT, Comparisons::select);
        table.ternary("selp.{b64,u64,s64}", LONG, LONG, LONG, INT, Comparisons::select);
        table.ternary("selp.f32", FLOAT, FLOAT, FLOAT, INT, Comparisons::select);
        table.ternary("selp.f64", DOUBLE, DOUBLE, DOUBLE, INT, Comparisons::select);
        table.ternary("slct.{b32,u32,s32}.s32", INT, INT, INT, INT, Each.ints((a, b, c) -> c >= 0 ? a : b));
    }

    private static void defineShort(Operations table) {
        table.binary("compare.eq.{s16,u16,b16}", INT, INT, INT, Each.ints((int a, int b) -> mask((short) a == (short) b)));
        table.binary("compare.ne.{s16,u16,b16}", INT, INT, INT, Each.ints((int a, int b) -> mask((short) a != (short) b)));
        table.binary("compare.lt.s16", INT, INT, INT, Each.ints((int a, int b) -> mask((short) a < (short) b)));
        table.binary("compare.le.s16", INT, INT, INT, Each.ints((int a, int b) -> mask((short) a <= (short) b)));
        table.binary("compare.gt.s16", INT, INT, INT, Each.ints((int a, int b) -> mask((short) a > (short) b)));
        table.binary("compare.ge.s16", INT, INT, INT, Each.ints((int a, int b) -> mask((short) a >= (short) b)));
        table.binary("compare.{lt,lo}.u16", INT, INT, INT, Each.ints((int a, int b) -> mask((char) a < (char) b)));
        table.binary("compare.{le,ls}.u16", INT, INT, INT, Each.ints((int a, int b) -> mask((char) a <= (char) b)));
        table.binary("compare.{gt,hi}.u16", INT, INT, INT, Each.ints((int a, int b) -> mask((char) a > (char) b)));
        table.binary("compare.{ge,hs}.u16", INT, INT, INT, Each.ints((int a, int b) -> mask((char) a >= (char) b)));
    }

    private static void defineLong(Operations table) {
        table.binary("compare.eq.{s64,u64,b64}", INT, LONG, LONG, longs((a, b) -> a == b));
        table.binary("compare.ne.{s64,u64,b64}", INT, LONG, LONG, longs((a, b) -> a != b));
        table.binary("compare.lt.s64", INT, LONG, LONG, longs((a, b) -> a < b));
        table.binary("compare.le.s64", INT, LONG, LONG, longs((a, b) -> a <= b));
        table.binary("compare.gt.s64", INT, LONG, LONG, longs((a, b) -> a > b));
        table.binary("compare.ge.s64", INT, LONG, LONG, longs((a, b) -> a >= b));
        table.binary("compare.{lt,lo}.u64", INT, LONG, LONG, longs((a, b) -> Long.compareUnsigned(a, b) < 0));
        table.binary("compare.{le,ls}.u64", INT, LONG, LONG, longs((a, b) -> Long.compareUnsigned(a, b) <= 0));
        table.binary("compare.{gt,hi}.u64", INT, LONG, LONG, longs((a, b) -> Long.compareUnsigned(a, b) > 0));
        table.binary("compare.{ge,hs}.u64", INT, LONG, LONG, longs((a, b) -> Long.compareUnsigned(a, b) >= 0));
    }

    private static void defineFloat(Operations table) {
        table.binary("compare.eq.f32", INT, FLOAT, FLOAT, floats((a, b) -> a == b));
        table.binary("compare.ne.f32", INT, FLOAT, FLOAT, floats((a, b) -> a < b || a > b));
        table.binary("compare.lt.f32", INT, FLOAT, FLOAT, floats((a, b) -> a < b));
        table.binary("compare.le.f32", INT, FLOAT, FLOAT, floats((a, b) -> a <= b));
        table.binary("compare.gt.f32", INT, FLOAT, FLOAT, floats((a, b) -> a > b));
        table.binary("compare.ge.f32", INT, FLOAT, FLOAT, floats((a, b) -> a >= b));
        table.binary("compare.equ.f32", INT, FLOAT, FLOAT, floats((a, b) -> !(a < b || a > b)));
        table.binary("compare.neu.f32", INT, FLOAT, FLOAT, floats((a, b) -> a != b));
        table.binary("compare.ltu.f32", INT, FLOAT, FLOAT, floats((a, b) -> !(a >= b)));
        table.binary("compare.leu.f32", INT, FLOAT, FLOAT, floats((a, b) -> !(a > b)));
        table.binary("compare.gtu.f32", INT, FLOAT, FLOAT, floats((a, b) -> !(a <= b)));
        table.binary("compare.geu.f32", INT, FLOAT, FLOAT, floats((a, b) -> !(a < b)));
        table.binary("compare.num.f32", INT, FLOAT, FLOAT, floats((a, b) -> a == a && b == b));
        table.binary("compare.nan.f32", INT, FLOAT, FLOAT, floats((a, b) -> a != a || b != b));
    }

    private static void defineDouble(Operations table) {
        table.binary("compare.eq.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> a == b));
        table.binary("compare.ne.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> a < b || a > b));
        table.binary("compare.lt.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> a < b));
        table.binary("compare.le.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> a <= b));
        table.binary("compare.gt.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> a > b));
        table.binary("compare.ge.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> a >= b));
        table.binary("compare.equ.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> !(a < b || a > b)));
        table.binary("compare.neu.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> a != b));
        table.binary("compare.ltu.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> !(a >= b)));
        table.binary("compare.leu.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> !(a > b)));
        table.binary("compare.gtu.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> !(a <= b)));
        table.binary("compare.geu.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> !(a < b)));
        table.binary("compare.num.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> a == a && b == b));
        table.binary("compare.nan.f64", INT, DOUBLE, DOUBLE, doubles((a, b) -> a != a || b != b));
    }

    /** A comparison of numbers by the name of its operator. */
    static boolean compare(String operator, float a, float b) {
        boolean ordered = a == a && b == b;
        return switch (operator) {
            case "eq" -> a == b;
            case "ne" -> ordered && a != b;
            case "lt" -> a < b;
            case "le" -> a <= b;
            case "gt" -> a > b;
            case "ge" -> a >= b;
            case "num" -> ordered;
            case "nan" -> !ordered;
            default -> !ordered || compare(operator.substring(0, 2), a, b);
        };
    }

    private static int mask(boolean value) {
        return value ? -1 : 0;
    }

    private interface LongTest {
        boolean test(long a, long b);
    }

    private interface FloatTest {
        boolean test(float a, float b);
    }

    private interface DoubleTest {
        boolean test(double a, double b);
    }

    private static Loop.Binary<int[], long[], long[]> longs(LongTest test) {
        return (d, a, b, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = test.test(a[i], b[i]) ? -1 : 0;
            }
        };
    }

    private static Loop.Binary<int[], float[], float[]> floats(FloatTest test) {
        return (d, a, b, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = test.test(a[i], b[i]) ? -1 : 0;
            }
        };
    }

    private static Loop.Binary<int[], double[], double[]> doubles(DoubleTest test) {
        return (d, a, b, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = test.test(a[i], b[i]) ? -1 : 0;
            }
        };
    }

    private static void equal(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            int x = a[i] ^ b[i];
            d[i] = ~((x | -x) >> 31);
        }
    }

    private static void different(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            int x = a[i] ^ b[i];
            d[i] = (x | -x) >> 31;
        }
    }

    private static void less(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (a[i] & ~b[i] | ~(a[i] ^ b[i]) & a[i] - b[i]) >> 31;
        }
    }

    private static void notLess(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = ~(a[i] & ~b[i] | ~(a[i] ^ b[i]) & a[i] - b[i]) >> 31;
        }
    }

    private static void lower(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (~a[i] & b[i] | ~(a[i] ^ b[i]) & a[i] - b[i]) >> 31;
        }
    }

    private static void notLower(int[] d, int[] a, int[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = ~(~a[i] & b[i] | ~(a[i] ^ b[i]) & a[i] - b[i]) >> 31;
        }
    }

    private static void select(int[] d, int[] a, int[] b, int[] p, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] & p[i] | b[i] & ~p[i];
        }
    }

    private static void select(long[] d, long[] a, long[] b, int[] p, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = p[i] != 0 ? a[i] : b[i];
        }
    }

    private static void select(float[] d, float[] a, float[] b, int[] p, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = p[i] != 0 ? a[i] : b[i];
        }
    }

    private static void select(double[] d, double[] a, double[] b, int[] p, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = p[i] != 0 ? a[i] : b[i];
        }
    }
}
