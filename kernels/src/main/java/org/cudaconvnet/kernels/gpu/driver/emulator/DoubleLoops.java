package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.DOUBLE;

/** Binary64 arithmetic, correctly rounded. */
final class DoubleLoops {
    private DoubleLoops() {
    }

    static void define(Operations table) {
        table.ternary("{fma,mad}.rn.f64", DOUBLE, DOUBLE, DOUBLE, DOUBLE, DoubleLoops::fma);
        table.binary("{add,add.rn}.f64", DOUBLE, DOUBLE, DOUBLE, Each.doubles((double a, double b) -> a + b));
        table.binary("{sub,sub.rn}.f64", DOUBLE, DOUBLE, DOUBLE, Each.doubles((double a, double b) -> a - b));
        table.binary("{mul,mul.rn}.f64", DOUBLE, DOUBLE, DOUBLE, Each.doubles((double a, double b) -> a * b));
        table.binary("div.rn.f64", DOUBLE, DOUBLE, DOUBLE, Each.doubles((double a, double b) -> a / b));
        table.unary("rcp.rn.f64", DOUBLE, DOUBLE, Each.doubles((double a) -> 1 / a));
        table.unary("sqrt.rn.f64", DOUBLE, DOUBLE, Each.doubles((double a) -> Math.sqrt(a)));
        table.unary("neg.f64", DOUBLE, DOUBLE, Each.doubles((double a) -> -a));
        table.unary("abs.f64", DOUBLE, DOUBLE, Each.doubles((double a) -> Math.abs(a)));
        table.binary("min.f64", DOUBLE, DOUBLE, DOUBLE, Each.doubles((double a, double b) -> a != a ? b : b != b ? a : Math.min(a, b)));
        table.binary("max.f64", DOUBLE, DOUBLE, DOUBLE, Each.doubles((double a, double b) -> a != a ? b : b != b ? a : Math.max(a, b)));
        table.binary("copysign.f64", DOUBLE, DOUBLE, DOUBLE,
                Each.doubles((double a, double b) -> Math.copySign(b, Double.doubleToRawLongBits(a) < 0 ? -1 : 1)));
    }

    private static void fma(double[] d, double[] a, double[] b, double[] c, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Math.fma(a[i], b[i], c[i]);
        }
    }
}
