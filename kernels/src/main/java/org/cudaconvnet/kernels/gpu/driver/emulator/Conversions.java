package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.DOUBLE;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.FLOAT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.INT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.LONG;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.cudaconvnet.kernels.cpu.VectorSupport;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/** {@code cvt} between all integer types, binary32 and binary64 (PTX ISA, "cvt"). */
final class Conversions {
    private static final PtxType[] INTEGERS = {PtxType.U8, PtxType.S8, PtxType.U16, PtxType.S16, PtxType.U32, PtxType.S32, PtxType.U64, PtxType.S64};

    private Conversions() {
    }

    static void define(Operations table) {
        for (PtxType to : INTEGERS) {
            for (PtxType from : INTEGERS) {
                integers(table, to, from);
            }
            floatToInteger(table, to);
            integerToFloat(table, to);
        }
        table.unary("cvt.f64.f32", DOUBLE, FLOAT, Conversions::widen);
        table.unary("cvt.rn.f32.f64", FLOAT, DOUBLE, Conversions::narrow);
        for (Integral rounding : Integral.values()) {
            String name = rounding.integral();
            table.unary("cvt." + name + ".f32.f32", FLOAT, FLOAT, Each.floats((float a) -> (float) rounding.apply(a)));
            table.unary("cvt." + name + ".f64.f64", DOUBLE, DOUBLE, Each.doubles((double a) -> rounding.apply(a)));
        }
        table.unary("cvt.f32.f32", FLOAT, FLOAT, Each.floats((float a) -> a));
    }

    /** Rounding to an integer in the number's own format. */
    private enum Integral {
        RNI(Math::rint), RZI(a -> a < 0 ? Math.ceil(a) : Math.floor(a)), RMI(Math::floor), RPI(Math::ceil);

        private final DoubleUnaryOperator function;

        Integral(DoubleUnaryOperator function) {
            this.function = function;
        }

        double apply(double a) {
            return function.applyAsDouble(a);
        }

        String integral() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static Bank<?> bank(PtxType type) {
        return type.bits() == 64 ? LONG : INT;
    }

    /** The value of that type whose bits lie in the lower part of {@code bits}. */
    static long value(long bits, PtxType type) {
        int unused = 64 - type.bits();
        return type.isSigned() ? bits << unused >> unused : bits << unused >>> unused;
    }

    private static void integers(Operations table, PtxType to, PtxType from) {
        String types = to.ptxName() + "." + from.ptxName();
        integers(table, "cvt." + types, to, from, a -> value(value(a, from), to));
        integers(table, "cvt.sat." + types, to, from, a -> saturated(value(a, from), from, to));
    }

    private static void integers(Operations table, String opcode, PtxType to, PtxType from, LongUnaryOperator f) {
        if (bank(to) == INT && bank(from) == INT) {
            table.unary(opcode, INT, INT, Each.ints((int a) -> (int) f.applyAsLong(a)));
        } else if (bank(to) == LONG && bank(from) == LONG) {
            table.unary(opcode, LONG, LONG, Each.longs(f));
        } else if (bank(to) == INT) {
            table.unary(opcode, INT, LONG, opcode.startsWith("cvt.u32") || opcode.startsWith("cvt.s32") ? Conversions::lowWord : low(f));
        } else if (opcode.equals("cvt.u64.u32") || opcode.equals("cvt.s64.u32")) {
            table.unary(opcode, LONG, INT, VectorSupport.available() ? VectorIntegers::zeroExtend : Conversions::zeroExtend);
        } else if (opcode.equals("cvt.s64.s32") || opcode.equals("cvt.u64.s32")) {
            table.unary(opcode, LONG, INT, VectorSupport.available() ? VectorIntegers::signExtend : Conversions::signExtend);
        } else {
            table.unary(opcode, LONG, INT, (d, a, lanes) -> {
                for (int i = 0; i < lanes; i++) {
                    d[i] = f.applyAsLong(a[i]);
                }
            });
        }
    }

    private static Loop.Unary<int[], long[]> low(LongUnaryOperator f) {
        return (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = (int) f.applyAsLong(a[i]);
            }
        };
    }

    private static long saturated(long value, PtxType from, PtxType to) {
        boolean huge = !from.isSigned() && value < 0;
        long largest = to.isSigned() ? -1L >>> 65 - to.bits() : to.bits() == 64 ? -1 : (1L << to.bits()) - 1;
        if (huge) {
            return to == PtxType.U64 ? value : largest;
        }
        if (!to.isSigned()) {
            return value < 0 ? 0 : to.bits() == 64 ? value : Math.min(value, largest);
        }
        return Math.max(-1L << to.bits() - 1, Math.min(value, largest));
    }

    /** Clamped to the range of the type; NaN becomes 0, or for 64 bits the lowest value (PTX ISA, "cvt", notes). */
    static long integer(double value, PtxType to, boolean fromDouble) {
        if (value != value) {
            return fromDouble || to.bits() == 64 ? Long.MIN_VALUE >> 64 - to.bits() : 0;
        }
        if (to.isSigned()) {
            return saturated((long) value, PtxType.S64, to);
        }
        if (value <= 0) {
            return 0;
        }
        if (value >= 0x1p64) {
            return saturated(-1, PtxType.U64, to);
        }
        long bits = value < 0x1p63 ? (long) value : (long) (value - 0x1p63) ^ Long.MIN_VALUE;
        return saturated(bits, PtxType.U64, to);
    }

    private static void floatToInteger(Operations table, PtxType to) {
        for (Integral rounding : Integral.values()) {
            String opcodes = "cvt." + rounding.integral() + "{,.sat}." + to.ptxName();
            if (bank(to) == INT) {
                table.unary(opcodes + ".f32", INT, FLOAT, (d, a, lanes) -> {
                    for (int i = 0; i < lanes; i++) {
                        d[i] = (int) integer(rounding.apply(a[i]), to, false);
                    }
                });
                table.unary(opcodes + ".f64", INT, DOUBLE, (d, a, lanes) -> {
                    for (int i = 0; i < lanes; i++) {
                        d[i] = (int) integer(rounding.apply(a[i]), to, true);
                    }
                });
            } else {
                table.unary(opcodes + ".f32", LONG, FLOAT, (d, a, lanes) -> {
                    for (int i = 0; i < lanes; i++) {
                        d[i] = integer(rounding.apply(a[i]), to, false);
                    }
                });
                table.unary(opcodes + ".f64", LONG, DOUBLE, (d, a, lanes) -> {
                    for (int i = 0; i < lanes; i++) {
                        d[i] = integer(rounding.apply(a[i]), to, true);
                    }
                });
            }
        }
    }

    private static void integerToFloat(Operations table, PtxType from) {
        String name = "." + from.ptxName();
        if (bank(from) == INT) {
            table.unary("cvt.rn.f32" + name, FLOAT, INT, (d, a, lanes) -> {
                for (int i = 0; i < lanes; i++) {
                    d[i] = value(a[i], from);
                }
            });
            table.unary("{cvt,cvt.rn}.f64" + name, DOUBLE, INT, (d, a, lanes) -> {
                for (int i = 0; i < lanes; i++) {
                    d[i] = value(a[i], from);
                }
            });
        } else {
            table.unary("cvt.rn.f32" + name, FLOAT, LONG, (d, a, lanes) -> {
                for (int i = 0; i < lanes; i++) {
                    d[i] = from.isSigned() || a[i] >= 0 ? a[i] : 2 * (float) halved(a[i]);
                }
            });
            table.unary("{cvt,cvt.rn}.f64" + name, DOUBLE, LONG, (d, a, lanes) -> {
                for (int i = 0; i < lanes; i++) {
                    d[i] = from.isSigned() || a[i] >= 0 ? a[i] : 2 * (double) halved(a[i]);
                }
            });
        }
    }

    /** Half of an unsigned number; its lowest bit keeps what rounding has to know of the bit that is lost. */
    private static long halved(long a) {
        return a >>> 1 | a & 1;
    }

    private static void widen(double[] d, float[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i];
        }
    }

    private static void narrow(float[] d, double[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (float) a[i];
        }
    }

    private static void lowWord(int[] d, long[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (int) a[i];
        }
    }

    private static void zeroExtend(long[] d, int[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] & 0xffffffffL;
        }
    }

    private static void signExtend(long[] d, int[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i];
        }
    }
}
