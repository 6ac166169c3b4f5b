package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.DOUBLE;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.FLOAT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.INT;
import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.LONG;

import java.util.List;

/** Copies of bits between registers: within a bank, from bank to bank, and between a register and the parts of a vector. */
final class Moves {
    private static final List<Operation> ALL = List.of(
            unary(INT, INT, (d, a, lanes) -> System.arraycopy(a, 0, d, 0, lanes)),
            unary(LONG, LONG, (d, a, lanes) -> System.arraycopy(a, 0, d, 0, lanes)),
            unary(FLOAT, FLOAT, (d, a, lanes) -> System.arraycopy(a, 0, d, 0, lanes)),
            unary(DOUBLE, DOUBLE, (d, a, lanes) -> System.arraycopy(a, 0, d, 0, lanes)),
            unary(FLOAT, INT, Moves::intsToFloats),
            unary(INT, FLOAT, Moves::floatsToInts),
            unary(DOUBLE, LONG, Moves::longsToDoubles),
            unary(LONG, DOUBLE, Moves::doublesToLongs),
            unary(LONG, INT, Moves::zeroExtend),
            unary(INT, LONG, Moves::lowWords));

    /** Two 32-bit halves to one 64-bit register, the low one first; and two 16-bit halves to 32 bits. */
    static final Operation JOIN_WORDS = binary(LONG, (d, low, high, lanes) -> {
        for (int i = 0; i < lanes; i++) {
            d[i] = low[i] & 0xffffffffL | (long) high[i] << 32;
        }
    });
    static final Operation JOIN_SHORTS = binary(INT, (d, low, high, lanes) -> {
        for (int i = 0; i < lanes; i++) {
            d[i] = low[i] & 0xffff | high[i] << 16;
        }
    });
    static final Operation HIGH_WORD = unary(INT, LONG, (d, a, lanes) -> {
        for (int i = 0; i < lanes; i++) {
            d[i] = (int) (a[i] >>> 32);
        }
    });
    static final Operation HIGH_SHORT = unary(INT, INT, (d, a, lanes) -> {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] >>> 16;
        }
    });

    private Moves() {
    }

    /** Null if there is no direct way. */
    static Operation between(Bank<?> from, Bank<?> to) {
        return ALL.stream().filter(move -> move.result() == to && move.sources().get(0) == from).findFirst().orElse(null);
    }

    private static <D, A> Operation unary(Bank<D> result, Bank<A> a, Loop.Unary<D, A> loop) {
        return new Operation(loop, result, List.of(a));
    }

    private static <D> Operation binary(Bank<D> result, Loop.Binary<D, int[], int[]> loop) {
        return new Operation(loop, result, List.of(INT, INT));
    }

    private static void intsToFloats(float[] d, int[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Float.intBitsToFloat(a[i]);
        }
    }

    private static void floatsToInts(int[] d, float[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Float.floatToRawIntBits(a[i]);
        }
    }

    private static void longsToDoubles(double[] d, long[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Double.longBitsToDouble(a[i]);
        }
    }

    private static void doublesToLongs(long[] d, double[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = Double.doubleToRawLongBits(a[i]);
        }
    }

    private static void zeroExtend(long[] d, int[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = a[i] & 0xffffffffL;
        }
    }

    private static void lowWords(int[] d, long[] a, int lanes) {
        for (int i = 0; i < lanes; i++) {
            d[i] = (int) a[i];
        }
    }
}
