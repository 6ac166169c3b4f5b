package org.cudaconvnet.kernels.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.cudaconvnet.kernels.PortableMath;

/**
 * Measures {@link PortableMath} against binary64 references over every binary32 argument.
 *
 * <p>An error is the distance from the real value (the binary64 reference, itself within 2^-28 ulp of it) in units in the last place of
 * binary32 at that value, 2^-149 in the subnormal range; an infinite result counts as 2^128.
 */
public final class MathAccuracy {
    /** Pieces of the run that {@code progress} counts, for one function. */
    public static final int PIECES = 1 << 12;

    /** One function with its reference. */
    public enum Function {
        EXP, LOG, TANH,
        /** Of angles up to 2^15; larger ones are not counted as errors. */ SIN, COS;

        float portable(float x) {
            return switch (this) {
                case EXP -> PortableMath.exp(x);
                case LOG -> PortableMath.log(x);
                case TANH -> PortableMath.tanh(x);
                case SIN -> PortableMath.sin(x);
                case COS -> PortableMath.cos(x);
            };
        }

        double reference(double x) {
            return switch (this) {
                case EXP -> StrictMath.exp(x);
                case LOG -> StrictMath.log(x);
                case TANH -> StrictMath.tanh(x);
                case SIN -> isAngle(x) ? StrictMath.sin(x) : Double.NaN;
                case COS -> isAngle(x) ? StrictMath.cos(x) : Double.NaN;
            };
        }
    }

    /** Angles for which sine and cosine are defined. */
    private static boolean isAngle(double x) {
        return Math.abs(x) <= PortableMath.LARGEST_ANGLE;
    }

    /** The largest error of a function, the argument that gives it, and how many arguments were tried. */
    public record Worst(Function function, double ulp, float argument, long arguments) {
    }

    private MathAccuracy() {
    }

    /** All functions over all arguments, in parallel. {@code progress} receives the pieces done so far of {@link #PIECES} per function. */
    public static List<Worst> exhaustive(IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        return IntStream.range(0, Function.values().length).mapToObj(i -> {
            Function function = Function.values()[i];
            return IntStream.range(0, PIECES).parallel().mapToObj(piece -> {
                Worst worst = measure(function, (int) ((long) piece * (1L << 32) / PIECES), 1, (int) ((1L << 32) / PIECES));
                progress.accept(done.incrementAndGet());
                return worst;
            }).reduce(new Worst(function, 0, 0, 0), MathAccuracy::worse);
        }).toList();
    }

    /** {@code count} arguments whose bit patterns start at {@code firstBits} and advance by {@code step}. */
    public static Worst measure(Function function, int firstBits, int step, int count) {
        double largest = 0;
        float argument = 0;
        for (int i = 0; i < count; i++) {
            float x = Float.intBitsToFloat(firstBits + i * step);
            double ulp = ulpError(function.portable(x), function.reference(x));
            if (ulp > largest) {
                largest = ulp;
                argument = x;
            }
        }
        return new Worst(function, largest, argument, count);
    }

    /** Distance of {@code value} from {@code reference} in ulp of the reference; 0 for two NaN, infinite if only one is NaN. */
    public static double ulpError(float value, double reference) {
        if (Float.isNaN(value) || Double.isNaN(reference)) {
            return Float.isNaN(value) && Double.isNaN(reference) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Double.isInfinite(reference) || reference == 0) {
            return value == reference ? 0 : Double.POSITIVE_INFINITY;
        }
        double magnitude = Math.min(Math.abs(reference), 0x1p128);
        double unit = Math.scalb(1.0, Math.max(Math.min(Math.getExponent(magnitude), 127) - 23, -149));
        double found = Float.isInfinite(value) ? Math.copySign(0x1p128, value) : value;
        return Math.abs(found - Math.copySign(magnitude, reference)) / unit;
    }

    private static Worst worse(Worst a, Worst b) {
        Worst larger = a.ulp >= b.ulp ? a : b;
        return new Worst(larger.function, larger.ulp, larger.argument, a.arguments + b.arguments);
    }
}
