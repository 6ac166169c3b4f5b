package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.FLOAT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.INT;

import org.cudaconvnet.kernels.cpu.VectorSupport;

/** Binary32 arithmetic that is correctly rounded (PTX ISA, "Floating-Point Instructions"). */
final class FloatLoops {
    private FloatLoops() {
    }

    static void define(Operations table) {
        boolean vector = VectorSupport.available();
        table.ternary("{fma.rn,mad.rn,mad}.f32", FLOAT, FLOAT, FLOAT, FLOAT, vector ? VectorLoops::fma : FloatLoops::fma);
        table.binary("{add,add.rn}.f32", FLOAT, FLOAT, FLOAT, vector ? VectorLoops::add : FloatLoops::add);
        table.binary("{sub,sub.rn}.f32", FLOAT, FLOAT, FLOAT, FloatLoops::sub);
        table.binary("{mul,mul.rn}.f32", FLOAT, FLOAT, FLOAT, vector ? VectorLoops::mul : FloatLoops::mul);
        table.binary("div.rn.f32", FLOAT, FLOAT, FLOAT, FloatLoops::div);
        table.unary("rcp.rn.f32", FLOAT, FLOAT, Each.floats((float a) -> 1 / a));
        table.unary("sqrt.rn.f32", FLOAT, FLOAT, FloatLoops::sqrt);
        table.unary("neg.f32", FLOAT, FLOAT, FloatLoops::neg);
        table.unary("abs.f32", FLOAT, FLOAT, FloatLoops::abs);
        table.binary("min.f32", FLOAT, FLOAT, FLOAT, Each.floats((float a, float b) -> a != a ? b : b != b ? a : Math.min(a, b)));
        table.binary("max.f32", FLOAT, FLOAT, FLOAT, Each.floats((float a, float b) -> a != a ? b : b != b ? a : Math.max(a, b)));
        table.binary("min.NaN.f32", FLOAT, FLOAT, FLOAT, Each.floats((float a, float b) -> Math.min(a, b)));
        table.binary("max.NaN.f32", FLOAT, FLOAT, FLOAT, Each.floats((float a, float b) -> Math.max(a, b)));
        table.binary("copysign.f32", FLOAT, FLOAT, FLOAT, Each.floats((float a, float b) -> Math.copySign(b, signOf(a))));
        table.unary("testp.nan.f32", INT, FLOAT, test(Float::isNaN));
        table.unary("testp.finite.f32", INT, FLOAT, test(Float::isFinite));
        table.unary("testp.infinite.f32", INT, FLOAT, test(Float::isInfinite));
        table.unary("testp.number.f32", INT, FLOAT, test(a -> !Float.isNaN(a)));
        table.unary("testp.normal.f32", INT, FLOAT, test(a -> Float.isFinite(a) && Math.abs(a) >= Float.MIN_NORMAL));
        table.unary("testp.subnormal.f32", INT, FLOAT, test(a -> a != 0 && Math.abs(a) < Float.MIN_NORMAL));
    }

    /** What {@code .ftz} does to sources and result: subnormal numbers become zero with their sign. */
    static void flush(float[] d, float[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Math.abs(a[i]) < Float.MIN_NORMAL ? a[i] * 0 : a[i];
        }
    }

    /** What {@code .sat} does to the result: clamps to [0, 1], NaN becomes +0. */
    static void saturate(float[] d, float[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] > 0 ? Math.min(a[i], 1) : 0;
        }
    }

    /** Of a number with that sign bit, NaN too. */
    private static float signOf(float a) {
        return Float.floatToRawIntBits(a) < 0 ? -1 : 1;
    }

    private interface FloatPredicate {
        boolean test(float a);
    }

    private static Loop.Unary<int[], float[]> test(FloatPredicate predicate) {
        return (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = predicate.test(a[i]) ? -1 : 0;
            }
        };
    }

    private static void fma(float[] d, float[] a, float[] b, float[] c, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Math.fma(a[i], b[i], c[i]);
        }
    }

    private static void add(float[] d, float[] a, float[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] + b[i];
        }
    }

    private static void sub(float[] d, float[] a, float[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] - b[i];
        }
    }

    private static void mul(float[] d, float[] a, float[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] * b[i];
        }
    }

    static void div(float[] d, float[] a, float[] b, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] / b[i];
        }
    }

    static void sqrt(float[] d, float[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (float) Math.sqrt(a[i]);
        }
    }

    private static void neg(float[] d, float[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = -a[i];
        }
    }

    private static void abs(float[] d, float[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Math.abs(a[i]);
        }
    }
}
