package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType.F16;
import static org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType.F16X2;
import static org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType.F32;
import static org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType.F64;
import static org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType.PRED;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Directed rounding and half precision against exact decimals and the neighbours of the true value. */
class RoundingSemanticsTest {
    private static final MathContext DIGITS = new MathContext(400);
    private static final MathContext DIGITS_OF_ROOTS = new MathContext(200);
    private final List<DynamicTest> tests = new ArrayList<>();

    /** A format that is rounded to: its value from bits and back, rounded to nearest, and the next smaller number. */
    private record Format(PtxType type, Function<Long, Double> value, Function<BigDecimal, Double> nearest, Function<Double, Double> nextDown,
                          Function<Double, Long> bits) {
        double towards(String mode, BigDecimal exact) {
            boolean floor = mode.equals("rm") || mode.equals("rz") && exact.signum() > 0;
            return floor ? floor(exact) : -floor(exact.negate());
        }

        private double floor(BigDecimal exact) {
            double number = nearest.apply(exact);
            while (number == Double.POSITIVE_INFINITY || Double.isFinite(number) && new BigDecimal(number).compareTo(exact) > 0) {
                number = nextDown.apply(number);
            }
            return number;
        }
    }

    private static final Format SINGLE = new Format(F32, bits -> (double) Float.intBitsToFloat(bits.intValue()), exact -> (double) exact.floatValue(),
            number -> (double) Math.nextDown(number.floatValue()), number -> (long) Float.floatToRawIntBits(number.floatValue()));
    private static final Format DOUBLE = new Format(F64, Double::longBitsToDouble, BigDecimal::doubleValue, Math::nextDown, Double::doubleToRawLongBits);

    @TestFactory
    List<DynamicTest> directedRounding() {
        for (String mode : List.of("rz", "rm", "rp")) {
            for (Format format : List.of(SINGLE, DOUBLE)) {
                String end = "." + mode + "." + format.type.ptxName();
                arithmetic("add" + end, mode, format, 2, o -> o[0] + o[1], o -> exact(o[0]).add(exact(o[1])));
                arithmetic("sub" + end, mode, format, 2, o -> o[0] - o[1], o -> exact(o[0]).subtract(exact(o[1])));
                arithmetic("mul" + end, mode, format, 2, o -> o[0] * o[1], o -> exact(o[0]).multiply(exact(o[1])));
                arithmetic("fma" + end, mode, format, 3, o -> o[0] * o[1] + o[2], o -> exact(o[0]).multiply(exact(o[1])).add(exact(o[2])));
                arithmetic("div" + end, mode, format, 2, o -> o[0] / o[1], o -> o[1] == 0 ? null : exact(o[0]).divide(exact(o[1]), DIGITS));
                arithmetic("rcp" + end, mode, format, 1, o -> 1 / o[0], o -> o[0] == 0 ? null : BigDecimal.ONE.divide(exact(o[0]), DIGITS));
                arithmetic("sqrt" + end, mode, format, 1, o -> Math.sqrt(o[0]), o -> o[0] <= 0 ? null : exact(o[0]).sqrt(DIGITS_OF_ROOTS));
                for (PtxType type : List.of(PtxType.S8, PtxType.U16, PtxType.S32, PtxType.U32, PtxType.S64, PtxType.U64)) {
                    test("cvt" + end + "." + type.ptxName(), format.type, List.of(type), o -> format.bits.apply(
                            format.towards(mode, new BigDecimal(type == PtxType.U64 ? Long.toUnsignedString(o[0]) : Long.toString(o[0]))) + 0.0));
                }
            }
            test("cvt." + mode + ".f32.f64", F32, List.of(F64), o -> {
                double a = Double.longBitsToDouble(o[0]);
                return SINGLE.bits.apply(a == 0 || !Double.isFinite(a) ? a : SINGLE.towards(mode, exact(a)));
            });
        }
        return tests;
    }

    private interface Formula<T> {
        T of(double[] operands);
    }

    /** @param exact null where the result is that of {@code special}, as it is for operands that are not finite and for zeros */
    private void arithmetic(String opcode, String mode, Format format, int operands, Formula<Double> special, Formula<BigDecimal> exact) {
        test(opcode, format.type, Collections.nCopies(operands, format.type), bits -> {
            double[] values = Arrays.stream(bits).mapToDouble(format.value::apply).toArray();
            BigDecimal result = Arrays.stream(values).allMatch(Double::isFinite) ? exact.of(values) : null;
            if (result != null && result.signum() != 0) {
                return format.bits.apply(format.towards(mode, result));
            }
            double zero = special.of(values);
            boolean sum = opcode.startsWith("add") || opcode.startsWith("sub") || opcode.startsWith("fma");
            double first = opcode.startsWith("fma") ? values[0] * values[1] : values[0];
            double last = opcode.startsWith("sub") ? -values[1] : values[values.length - 1];
            boolean plus = Double.doubleToRawLongBits(first) == 0 && Double.doubleToRawLongBits(last) == 0;
            return format.bits.apply(result != null && sum && mode.equals("rm") && !plus ? -0.0 : zero);
        });
    }

    @TestFactory
    List<DynamicTest> halfPrecision() {
        halves("add", 2, h -> exact(h[0]).add(exact(h[1])), h -> h[0] + h[1]);
        halves("sub", 2, h -> exact(h[0]).subtract(exact(h[1])), h -> h[0] - h[1]);
        halves("mul.rn", 2, h -> exact(h[0]).multiply(exact(h[1])), h -> h[0] * h[1]);
        halves("fma.rn", 3, h -> exact(h[0]).multiply(exact(h[1])).add(exact(h[2])), h -> h[0] * h[1] + h[2]);
        halves("neg", 1, h -> null, h -> -h[0]);
        halves("abs", 1, h -> null, h -> Math.abs(h[0]));
        halves("min", 2, h -> null, h -> Double.isNaN(h[0]) ? h[1] : Double.isNaN(h[1]) ? h[0] : Math.min(h[0], h[1]));
        halves("max", 2, h -> null, h -> Double.isNaN(h[0]) ? h[1] : Double.isNaN(h[1]) ? h[0] : Math.max(h[0], h[1]));
        List<PtxType> two = List.of(F16, F16);
        test("setp.lt.f16", PRED, two, o -> Halves.value((int) o[0]) < Halves.value((int) o[1]) ? 1 : 0);
        test("setp.neu.f16", PRED, two, o -> Halves.value((int) o[0]) != Halves.value((int) o[1]) ? 1 : 0);
        test("setp.num.f16", PRED, two, o -> Float.isNaN(Halves.value((int) o[0]) + 0 * Halves.value((int) o[1])) ? 0 : 1);
        test("set.lt.f16.f16", F16, two, o -> Halves.value((int) o[0]) < Halves.value((int) o[1]) ? Halves.nearest(1) : 0);
        List<PtxType> pairs = List.of(F16X2, F16X2);
        test("set.lt.u32.f16x2", PtxType.U32, pairs, o -> (isLess(o, 0) ? 0xffffL : 0) | (isLess(o, 16) ? 0xffff0000L : 0));
        test("set.lt.f16x2.f16x2", F16X2, pairs, o -> (isLess(o, 0) ? Halves.nearest(1) : 0) | (isLess(o, 16) ? (long) Halves.nearest(1) << 16 : 0));
        test("cvt.f32.f16", F32, List.of(F16), o -> Float.floatToRawIntBits((float) half(o[0])));
        test("cvt.f64.f16", F64, List.of(F16), o -> Double.doubleToRawLongBits(half(o[0])));
        test("cvt.rn.f16.f32", F16, List.of(F32), o -> nearestHalf(SINGLE.value.apply(o[0])));
        test("cvt.rn.f16.f64", F16, List.of(F64), o -> nearestHalf(DOUBLE.value.apply(o[0])));
        test("cvt.rzi.s32.f16", PtxType.S32, List.of(F16), o -> Double.isNaN(half(o[0])) ? 0 : (int) half(o[0]));
        test("cvt.rn.f16.s32", F16, List.of(PtxType.S32), o -> nearestHalf(o[0]));
        return tests;
    }

    private static boolean isLess(long[] operands, int shift) {
        return Halves.value((int) (operands[0] >>> shift)) < Halves.value((int) (operands[1] >>> shift));
    }

    /** One number and two in a register. */
    private void halves(String name, int operands, Formula<BigDecimal> exact, Formula<Double> special) {
        SingleInstruction.Oracle one = bits -> {
            double[] values = Arrays.stream(bits).mapToDouble(RoundingSemanticsTest::half).toArray();
            BigDecimal result = Arrays.stream(values).allMatch(Double::isFinite) ? exact.of(values) : null;
            return result == null || result.signum() == 0 ? nearestHalf(special.of(values)) : nearestHalf(result);
        };
        test(name + ".f16", F16, Collections.nCopies(operands, F16), one);
        test(name + ".f16x2", F16X2, Collections.nCopies(operands, F16X2), bits -> one.apply(Arrays.stream(bits).map(b -> b & 0xffff).toArray())
                & 0xffff | one.apply(Arrays.stream(bits).map(b -> b >>> 16 & 0xffff).toArray()) << 16);
    }

    /** From the definition of the format. */
    private static double half(long bits) {
        long exponent = bits >>> 10 & 31;
        long fraction = bits & 1023;
        double magnitude = exponent == 31 ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                : exponent == 0 ? fraction / 0x1p24 : (1024 + fraction) * Math.pow(2, exponent - 25);
        return (bits >>> 15 & 1) == 0 ? magnitude : -magnitude;
    }

    private static long nearestHalf(double value) {
        if (Double.isFinite(value) && value != 0) {
            return nearestHalf(exact(value));
        }
        return Double.isNaN(value) ? 0x7fff : (value == 0 ? 0 : 0x7c00) | (Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0);
    }

    /** By search among all numbers of the format: neighbours in magnitude have neighbouring bits. */
    private static long nearestHalf(BigDecimal exact) {
        long sign = exact.signum() < 0 ? 0x8000 : 0;
        BigDecimal magnitude = exact.abs();
        long below = 0;
        for (long step = 0x4000; step > 0; step /= 2) {
            if (below + step <= 0x7bff && exact(half(below + step)).compareTo(magnitude) <= 0) {
                below += step;
            }
        }
        BigDecimal above = below == 0x7bff ? new BigDecimal(65536) : exact(half(below + 1));
        int side = magnitude.multiply(BigDecimal.valueOf(2)).compareTo(exact(half(below)).add(above));
        return sign | (side > 0 || side == 0 && below % 2 == 1 ? below + 1 : below);
    }

    private static BigDecimal exact(double value) {
        return new BigDecimal(value);
    }

    private void test(String opcode, PtxType result, List<PtxType> sources, SingleInstruction.Oracle oracle) {
        tests.add(new SingleInstruction(opcode, result, sources).against(oracle));
    }
}
