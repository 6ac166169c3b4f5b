package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Loops that call a function per lane: for instructions that are too rare to have a loop of their own. */
final class Each {
    /** A function of three integers. */
    interface IntTernaryOperator {
        int apply(int a, int b, int c);
    }

    /** A function of one binary32 number. */
    interface FloatUnaryOperator {
        float apply(float a);
    }

    /** A function of two binary32 numbers. */
    interface FloatBinaryOperator {
        float apply(float a, float b);
    }

    private Each() {
    }

    static Loop.Unary<int[], int[]> ints(IntUnaryOperator f) {
        return (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.applyAsInt(a[i]);
            }
        };
    }

    static Loop.Binary<int[], int[], int[]> ints(IntBinaryOperator f) {
        return (d, a, b, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.applyAsInt(a[i], b[i]);
            }
        };
    }

    static Loop.Ternary<int[], int[], int[], int[]> ints(IntTernaryOperator f) {
        return (d, a, b, c, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.apply(a[i], b[i], c[i]);
            }
        };
    }

    static Loop.Unary<long[], long[]> longs(LongUnaryOperator f) {
        return (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.applyAsLong(a[i]);
            }
        };
    }

    static Loop.Binary<long[], long[], long[]> longs(LongBinaryOperator f) {
        return (d, a, b, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.applyAsLong(a[i], b[i]);
            }
        };
    }

    static Loop.Unary<float[], float[]> floats(FloatUnaryOperator f) {
        return (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.apply(a[i]);
            }
        };
    }

    static Loop.Binary<float[], float[], float[]> floats(FloatBinaryOperator f) {
        return (d, a, b, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.apply(a[i], b[i]);
            }
        };
    }

    static Loop.Unary<double[], double[]> doubles(DoubleUnaryOperator f) {
        return (d, a, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.applyAsDouble(a[i]);
            }
        };
    }

    static Loop.Binary<double[], double[], double[]> doubles(DoubleBinaryOperator f) {
        return (d, a, b, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.applyAsDouble(a[i], b[i]);
            }
        };
    }
}
