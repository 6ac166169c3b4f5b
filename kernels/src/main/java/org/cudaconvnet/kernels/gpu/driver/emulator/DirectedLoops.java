package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.DOUBLE;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.FLOAT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.INT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.LONG;

import java.math.BigDecimal;
import java.util.List;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/** Arithmetic and conversions that round in one direction ({@code .rz .rm .rp}), from exact decimals: they are rare. */
final class DirectedLoops {
    private static final List<PtxType> INTEGERS = List.of(PtxType.U8, PtxType.S8, PtxType.U16, PtxType.S16, PtxType.U32, PtxType.S32,
            PtxType.U64, PtxType.S64);

    private DirectedLoops() {
    }

    static void define(Operations table) {
        for (Rounding mode : Rounding.values()) {
            defineFloat(table, mode);
            defineDouble(table, mode);
            table.unary("cvt." + mode.ptxName() + ".f32.f64", FLOAT, DOUBLE, (d, a, lanes) -> {
                for (int i = 0; i < lanes; i++) {
                    d[i] = mode.of((float) a[i], Double.isFinite(a[i]) ? residue(new BigDecimal(a[i]), (float) a[i]) : 0);
                }
            });
            INTEGERS.forEach(type -> defineConversions(table, mode, type));
        }
    }

    private static void defineFloat(Operations table, Rounding mode) {
        String end = "." + mode.ptxName() + ".f32";
        table.binary("add" + end, FLOAT, FLOAT, FLOAT, Each.floats((float a, float b) -> sum(mode, a, b)));
        table.binary("sub" + end, FLOAT, FLOAT, FLOAT, Each.floats((float a, float b) -> sum(mode, a, -b)));
        table.binary("mul" + end, FLOAT, FLOAT, FLOAT, Each.floats((float a, float b) -> mode.of(a * b, productResidue(a, b, a * b))));
        table.binary("div" + end, FLOAT, FLOAT, FLOAT, Each.floats((float a, float b) -> mode.of(a / b, quotientResidue(a, b, a / b))));
        table.unary("rcp" + end, FLOAT, FLOAT, Each.floats((float a) -> mode.of(1 / a, quotientResidue(1, a, 1 / a))));
        table.unary("sqrt" + end, FLOAT, FLOAT, Each.floats((float a) -> {
            float root = (float) Math.sqrt(a);
            return mode.of(root, rootResidue(a, root));
        }));
        table.ternary("{fma,mad}" + end, FLOAT, FLOAT, FLOAT, FLOAT, (d, a, b, c, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                float nearest = Math.fma(a[i], b[i], c[i]);
                d[i] = nearest == 0 && isNegativeZero(mode, (double) a[i] * b[i], c[i]) ? -0.0f
                        : mode.of(nearest, fmaResidue(a[i], b[i], c[i], nearest));
            }
        });
    }

    private static void defineDouble(Operations table, Rounding mode) {
        String end = "." + mode.ptxName() + ".f64";
        table.binary("add" + end, DOUBLE, DOUBLE, DOUBLE, Each.doubles((double a, double b) -> sum(mode, a, b)));
        table.binary("sub" + end, DOUBLE, DOUBLE, DOUBLE, Each.doubles((double a, double b) -> sum(mode, a, -b)));
        table.binary("mul" + end, DOUBLE, DOUBLE, DOUBLE, Each.doubles((double a, double b) -> mode.of(a * b, productResidue(a, b, a * b))));
        table.binary("div" + end, DOUBLE, DOUBLE, DOUBLE, Each.doubles((double a, double b) -> mode.of(a / b, quotientResidue(a, b, a / b))));
        table.unary("rcp" + end, DOUBLE, DOUBLE, Each.doubles((double a) -> mode.of(1 / a, quotientResidue(1, a, 1 / a))));
        table.unary("sqrt" + end, DOUBLE, DOUBLE, Each.doubles((double a) -> mode.of(Math.sqrt(a), rootResidue(a, Math.sqrt(a)))));
        table.ternary("{fma,mad}" + end, DOUBLE, DOUBLE, DOUBLE, DOUBLE, (d, a, b, c, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                double nearest = Math.fma(a[i], b[i], c[i]);
                boolean tiny = a[i] * b[i] == 0 && a[i] != 0 && b[i] != 0;
                d[i] = nearest == 0 && !tiny && isNegativeZero(mode, a[i] * b[i], c[i]) ? -0.0
                        : mode.of(nearest, fmaResidue(a[i], b[i], c[i], nearest));
            }
        });
    }

    private static void defineConversions(Operations table, Rounding mode, PtxType from) {
        String end = "." + from.ptxName();
        String start = "cvt." + mode.ptxName();
        if (from.bits() == Long.SIZE) {
            table.unary(start + ".f32" + end, FLOAT, LONG, (d, a, lanes) -> {
                for (int i = 0; i < lanes; i++) {
                    d[i] = toFloat(mode, exact(a[i], from));
                }
            });
            table.unary(start + ".f64" + end, DOUBLE, LONG, (d, a, lanes) -> {
                for (int i = 0; i < lanes; i++) {
                    BigDecimal exact = exact(a[i], from);
                    d[i] = mode.of(exact.doubleValue(), residue(exact, exact.doubleValue()));
                }
            });
        } else {
            table.unary(start + ".f32" + end, FLOAT, INT, (d, a, lanes) -> {
                for (int i = 0; i < lanes; i++) {
                    d[i] = toFloat(mode, exact(a[i], from));
                }
            });
            table.unary(start + ".f64" + end, DOUBLE, INT, (d, a, lanes) -> {
                for (int i = 0; i < lanes; i++) {
                    d[i] = Conversions.value(a[i], from);
                }
            });
        }
    }

    private static BigDecimal exact(long bits, PtxType type) {
        long value = Conversions.value(bits, type);
        return type == PtxType.U64 ? new BigDecimal(Long.toUnsignedString(value)) : BigDecimal.valueOf(value);
    }

    private static float toFloat(Rounding mode, BigDecimal exact) {
        return mode.of(exact.floatValue(), residue(exact, exact.floatValue()));
    }

    private static float sum(Rounding mode, float a, float b) {
        return a + b == 0 && isNegativeZero(mode, a, b) ? -0.0f : mode.of(a + b, fmaResidue(a, 1, b, a + b));
    }

    private static double sum(Rounding mode, double a, double b) {
        return a + b == 0 && isNegativeZero(mode, a, b) ? -0.0 : mode.of(a + b, fmaResidue(a, 1, b, a + b));
    }

    /** A sum that is exactly zero: only in this mode it is negative unless both terms are positive zeros (IEEE 754, section 6.3). */
    private static boolean isNegativeZero(Rounding mode, double a, double b) {
        return mode == Rounding.RM && (Double.doubleToRawLongBits(a) != 0 || Double.doubleToRawLongBits(b) != 0) && a + b == 0;
    }

    private static int residue(BigDecimal exact, double nearest) {
        return Double.isInfinite(nearest) ? nearest > 0 ? -1 : 1 : exact.compareTo(new BigDecimal(nearest));
    }

    private static int productResidue(double a, double b, double nearest) {
        return Double.isFinite(a) && Double.isFinite(b) ? residue(new BigDecimal(a).multiply(new BigDecimal(b)), nearest) : 0;
    }

    private static int fmaResidue(double a, double b, double c, double nearest) {
        boolean finite = Double.isFinite(a) && Double.isFinite(b) && Double.isFinite(c);
        return finite ? residue(new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c)), nearest) : 0;
    }

    private static int quotientResidue(double a, double b, double nearest) {
        if (!Double.isFinite(a) || !Double.isFinite(b) || b == 0) {
            return 0;
        }
        if (Double.isInfinite(nearest)) {
            return nearest > 0 ? -1 : 1;
        }
        int remainder = new BigDecimal(a).compareTo(new BigDecimal(nearest).multiply(new BigDecimal(b)));
        return b > 0 ? remainder : -remainder;
    }

    private static int rootResidue(double a, double nearest) {
        return a > 0 && Double.isFinite(a) ? new BigDecimal(a).compareTo(new BigDecimal(nearest).pow(2)) : 0;
    }
}
