package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.INT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.LONG;

/**
 * Extended precision: sums and differences with a carry, keyed {@code carry.sum}, {@code carry.difference} and, for the carry that
 * they give, {@code carry.of.sum}, {@code carry.of.difference} (PTX ISA, "Extended-Precision Integer Arithmetic Instructions").
 * A carry is 0 or 1.
 */
final class CarryLoops {
    private interface LongCarryOperator {
        long apply(long a, long b, int carry);
    }

    private CarryLoops() {
    }

    static void define(Operations table) {
        table.ternary("carry.sum.32", INT, INT, INT, INT, Each.ints((a, b, c) -> a + b + c));
        table.ternary("carry.difference.32", INT, INT, INT, INT, Each.ints((a, b, c) -> a - b - c));
        table.ternary("carry.of.sum.32", INT, INT, INT, INT, Each.ints((a, b, c) -> (int) (unsigned(a) + unsigned(b) + c >>> 32)));
        table.ternary("carry.of.difference.32", INT, INT, INT, INT, Each.ints((a, b, c) -> (int) (unsigned(a) - unsigned(b) - c >>> 63)));
        table.ternary("carry.sum.64", LONG, LONG, LONG, INT, longs((a, b, c) -> a + b + c));
        table.ternary("carry.difference.64", LONG, LONG, LONG, INT, longs((a, b, c) -> a - b - c));
        table.ternary("carry.of.sum.64", LONG, LONG, LONG, INT, longs((a, b, c) -> (a & b | (a | b) & ~(a + b + c)) >>> 63));
        table.ternary("carry.of.difference.64", LONG, LONG, LONG, INT, longs((a, b, c) -> (~a & b | (~a | b) & a - b - c) >>> 63));
    }

    private static long unsigned(int a) {
        return a & 0xffffffffL;
    }

    private static Loop.Ternary<long[], long[], long[], int[]> longs(LongCarryOperator f) {
        return (d, a, b, c, lanes) -> {
            for (int i = 0; i < lanes; i++) {
                d[i] = f.apply(a[i], b[i], c[i]);
            }
        };
    }
}
