package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.DOUBLE;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.FLOAT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.INT;

import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/**
 * Half precision, one number or two in a register: arithmetic, comparisons, conversions. Sums, products and fma are exact in
 * binary64 as far as the rounding to 11 bits can see, so they are rounded once.
 */
final class HalfLoops {
    private static final List<PtxType> INTEGERS = List.of(PtxType.U8, PtxType.S8, PtxType.U16, PtxType.S16, PtxType.U32, PtxType.S32);

    private HalfLoops() {
    }

    static void define(Operations table) {
        binary(table, "{add,add.rn}", (a, b) -> Halves.nearest((double) Halves.value(a) + Halves.value(b)));
        binary(table, "{sub,sub.rn}", (a, b) -> Halves.nearest((double) Halves.value(a) - Halves.value(b)));
        binary(table, "{mul,mul.rn}", (a, b) -> Halves.nearest((double) Halves.value(a) * Halves.value(b)));
        binary(table, "{add,add.rn}.sat", (a, b) -> saturated((double) Halves.value(a) + Halves.value(b)));
        binary(table, "{sub,sub.rn}.sat", (a, b) -> saturated((double) Halves.value(a) - Halves.value(b)));
        binary(table, "{mul,mul.rn}.sat", (a, b) -> saturated((double) Halves.value(a) * Halves.value(b)));
        binary(table, "min", (a, b) -> extreme(a, b, -1));
        binary(table, "max", (a, b) -> extreme(a, b, 1));
        unary(table, "neg", a -> a ^ 0x8000);
        unary(table, "abs", a -> a & 0x7fff);
        fma(table, "fma.rn", false);
        fma(table, "fma.rn.sat", true);
        unary(table, "ex2.approx", a -> Halves.nearest(StrictMath.pow(2, Halves.value(a))));
        unary(table, "tanh.approx", a -> Halves.nearest(StrictMath.tanh(Halves.value(a))));
        for (String operator : List.of("eq", "ne", "lt", "le", "gt", "ge", "equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan")) {
            table.binary("compare." + operator + ".f16", INT, INT, INT,
                    Each.ints((int a, int b) -> Comparisons.compare(operator, Halves.value(a), Halves.value(b)) ? -1 : 0));
        }
        table.ternary("selp.f16", INT, INT, INT, INT, Each.ints((a, b, p) -> p != 0 ? a : b));
        defineConversions(table);
    }

    private static int saturated(double value) {
        return Halves.nearest(value > 0 ? Math.min(value, 1) : 0);
    }

    private static int extreme(int a, int b, int direction) {
        float x = Halves.value(a);
        float y = Halves.value(b);
        if (x != x || y != y) {
            return x == x ? a : y == y ? b : Halves.NAN;
        }
        return Float.compare(x, y) * direction > 0 ? a : b;
    }

    private static void unary(Operations table, String name, IntUnaryOperator f) {
        table.unary(name + ".f16", INT, INT, Each.ints((int a) -> f.applyAsInt(a & 0xffff)));
        table.unary(name + ".f16x2", INT, INT, Each.ints((int a) -> joined(f.applyAsInt(a & 0xffff), f.applyAsInt(a >>> 16))));
    }

    private static void binary(Operations table, String names, IntBinaryOperator f) {
        table.binary(names + ".f16", INT, INT, INT, Each.ints((int a, int b) -> f.applyAsInt(a & 0xffff, b & 0xffff)));
        table.binary(names + ".f16x2", INT, INT, INT,
                Each.ints((int a, int b) -> joined(f.applyAsInt(a & 0xffff, b & 0xffff), f.applyAsInt(a >>> 16, b >>> 16))));
    }

    private static void fma(Operations table, String name, boolean saturate) {
        table.ternary(name + ".f16", INT, INT, INT, INT, Each.ints((a, b, c) -> fma(a, b, c, saturate)));
        table.ternary(name + ".f16x2", INT, INT, INT, INT,
                Each.ints((a, b, c) -> joined(fma(a, b, c, saturate), fma(a >>> 16, b >>> 16, c >>> 16, saturate))));
    }

    private static int fma(int a, int b, int c, boolean saturate) {
        double result = Math.fma((double) Halves.value(a), Halves.value(b), Halves.value(c));
        return saturate ? saturated(result) : Halves.nearest(result);
    }

    private static int joined(int low, int high) {
        return low & 0xffff | high << 16;
    }

    private static void defineConversions(Operations table) {
        table.unary("cvt.f32.f16", FLOAT, INT, (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = Halves.value(a[i]);
            }
        });
        table.unary("cvt.f64.f16", DOUBLE, INT, (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = Halves.value(a[i]);
            }
        });
        defineConversions(table, "rn", null);
        for (Rounding mode : Rounding.values()) {
            defineConversions(table, mode.ptxName(), mode);
        }
    }

    /** To halves with that rounding; and from halves to integers with the rounding of the same direction. */
    private static void defineConversions(Operations table, String name, Rounding mode) {
        table.unary("cvt." + name + ".f16.f32", INT, FLOAT, (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = Halves.rounded(a[i], mode);
            }
        });
        table.unary("cvt." + name + ".f16.f64", INT, DOUBLE, (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = Halves.rounded(a[i], mode);
            }
        });
        table.binary("cvt." + name + ".f16x2.f32", INT, FLOAT, FLOAT, (d, high, low, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = joined(Halves.rounded(low[i], mode), Halves.rounded(high[i], mode));
            }
        });
        for (PtxType type : INTEGERS) {
            table.unary("cvt." + name + ".f16." + type.ptxName(), INT, INT,
                    Each.ints((int a) -> Halves.rounded(Conversions.value(a, type), mode)));
            table.unary("cvt." + name + "i." + type.ptxName() + ".f16", INT, INT,
                    Each.ints((int a) -> (int) Conversions.integer(whole(Halves.value(a), mode), type, false)));
        }
        table.unary("cvt." + name + "i.f16.f16", INT, INT, Each.ints((int a) -> Halves.nearest(whole(Halves.value(a), mode))));
    }

    private static double whole(double value, Rounding mode) {
        if (mode == null) {
            return Math.rint(value);
        }
        boolean up = mode == Rounding.RP || mode == Rounding.RZ && value < 0;
        return up ? Math.ceil(value) : Math.floor(value);
    }
}
