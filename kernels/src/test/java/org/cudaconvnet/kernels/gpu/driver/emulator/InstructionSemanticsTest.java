package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType.PRED;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every arithmetic instruction against what the PTX ISA says, computed another way (exact integers and decimals where that helps). */
class InstructionSemanticsTest {
    private final List<DynamicTest> tests = new ArrayList<>();

    @TestFactory
    List<DynamicTest> integerArithmetic() {
        for (PtxType type : List.of(PtxType.S32, PtxType.U32, PtxType.S64, PtxType.U64, PtxType.S16, PtxType.U16)) {
            String name = type.ptxName();
            int bits = type.bits();
            integers("add." + name, type, type, (a, b) -> a.add(b));
            integers("sub." + name, type, type, (a, b) -> a.subtract(b));
            integers("mul.lo." + name, type, type, (a, b) -> a.multiply(b));
            integers("mul.hi." + name, type, type, (a, b) -> a.multiply(b).shiftRight(bits));
            integers("min." + name, type, type, (a, b) -> a.min(b));
            integers("max." + name, type, type, (a, b) -> a.max(b));
            integers("div." + name, type, type, (a, b) -> b.signum() == 0 ? BigInteger.ONE.negate() : a.divide(b));
            integers("rem." + name, type, type, (a, b) -> b.signum() == 0 ? a : a.remainder(b));
            test("mad.lo." + name, type, List.of(type, type, type), o -> big(o[0], type).multiply(big(o[1], type)).add(big(o[2], type)).longValue());
            if (bits < 64) {
                PtxType wide = PtxType.named(name.charAt(0) + "" + 2 * bits);
                integers("mul.wide." + name, wide, type, (a, b) -> a.multiply(b));
                test("mad.wide." + name, wide, List.of(type, type, wide),
                        o -> big(o[0], type).multiply(big(o[1], type)).add(big(o[2], wide)).longValue());
            }
            if (type.isSigned()) {
                test("neg." + name, type, List.of(type), o -> -o[0]);
                test("abs." + name, type, List.of(type), o -> big(o[0], type).abs().longValue());
            }
        }
        integers("add.sat.s32", PtxType.S32, PtxType.S32, (a, b) -> clamp(a.add(b), PtxType.S32));
        integers("sub.sat.s32", PtxType.S32, PtxType.S32, (a, b) -> clamp(a.subtract(b), PtxType.S32));
        return tests;
    }

    @TestFactory
    List<DynamicTest> comparisons() {
        for (PtxType type : List.of(PtxType.S32, PtxType.U32, PtxType.S64, PtxType.U64, PtxType.S16, PtxType.U16)) {
            compare("lt", type, sign -> sign < 0);
            compare("le", type, sign -> sign <= 0);
            compare("gt", type, sign -> sign > 0);
            compare("ge", type, sign -> sign >= 0);
            compare("eq", type, sign -> sign == 0);
            compare("ne", type, sign -> sign != 0);
        }
        for (PtxType type : List.of(PtxType.F32, PtxType.F64)) {
            compareFloats("lt", type, false, sign -> sign < 0);
            compareFloats("le", type, false, sign -> sign <= 0);
            compareFloats("gt", type, false, sign -> sign > 0);
            compareFloats("ge", type, false, sign -> sign >= 0);
            compareFloats("eq", type, false, sign -> sign == 0);
            compareFloats("ne", type, false, sign -> sign != 0);
            compareFloats("num", type, false, sign -> true);
            compareFloats("ltu", type, true, sign -> sign < 0);
            compareFloats("leu", type, true, sign -> sign <= 0);
            compareFloats("gtu", type, true, sign -> sign > 0);
            compareFloats("geu", type, true, sign -> sign >= 0);
            compareFloats("equ", type, true, sign -> sign == 0);
            compareFloats("neu", type, true, sign -> sign != 0);
            compareFloats("nan", type, true, sign -> false);
        }
        List<PtxType> three = List.of(PtxType.S32, PtxType.S32, PRED);
        test("setp.lt.and.s32", PRED, three, o -> o[0] < o[1] && o[2] == 1 ? 1 : 0);
        test("setp.eq.or.s32", PRED, three, o -> o[0] == o[1] || o[2] == 1 ? 1 : 0);
        test("setp.ge.xor.s32", PRED, three, o -> o[0] >= o[1] != (o[2] == 1) ? 1 : 0);
        test("set.gt.u32.s32", PtxType.U32, List.of(PtxType.S32, PtxType.S32), o -> o[0] > o[1] ? 0xffffffffL : 0);
        test("set.gt.f32.s32", PtxType.F32, List.of(PtxType.S32, PtxType.S32), o -> o[0] > o[1] ? 0x3f800000 : 0);
        test("selp.b32", PtxType.B32, List.of(PtxType.B32, PtxType.B32, PRED), o -> o[2] == 1 ? o[0] : o[1]);
        test("selp.f32", PtxType.F32, List.of(PtxType.F32, PtxType.F32, PRED), o -> o[2] == 1 ? o[0] : o[1]);
        test("selp.b64", PtxType.B64, List.of(PtxType.B64, PtxType.B64, PRED), o -> o[2] == 1 ? o[0] : o[1]);
        test("selp.f64", PtxType.F64, List.of(PtxType.F64, PtxType.F64, PRED), o -> o[2] == 1 ? o[0] : o[1]);
        return tests;
    }

    @TestFactory
    List<DynamicTest> logicAndBits() {
        for (PtxType type : List.of(PtxType.B16, PtxType.B32, PtxType.B64)) {
            String name = type.ptxName();
            test("and." + name, type, List.of(type, type), o -> o[0] & o[1]);
            test("or." + name, type, List.of(type, type), o -> o[0] | o[1]);
            test("xor." + name, type, List.of(type, type), o -> o[0] ^ o[1]);
            test("not." + name, type, List.of(type), o -> ~o[0]);
            test("shl." + name, type, List.of(type, PtxType.U32), o -> unsigned(o[0], type).shiftLeft((int) Math.min(o[1], 64)).longValue());
        }
        for (PtxType type : List.of(PtxType.U16, PtxType.S16, PtxType.U32, PtxType.S32, PtxType.U64, PtxType.S64)) {
            test("shr." + type.ptxName(), type, List.of(type, PtxType.U32), o -> big(o[0], type).shiftRight((int) Math.min(o[1], 64)).longValue());
        }
        PtxType b32 = PtxType.B32;
        PtxType u32 = PtxType.U32;
        test("popc.b32", u32, List.of(b32), o -> unsigned(o[0], b32).bitCount());
        test("popc.b64", u32, List.of(PtxType.B64), o -> unsigned(o[0], PtxType.B64).bitCount());
        test("clz.b32", u32, List.of(b32), o -> 32 - unsigned(o[0], b32).bitLength());
        test("clz.b64", u32, List.of(PtxType.B64), o -> 64 - unsigned(o[0], PtxType.B64).bitLength());
        test("brev.b32", b32, List.of(b32), o -> Long.reverse(o[0]) >>> 32);
        test("bfind.u32", u32, List.of(u32), o -> unsigned(o[0], u32).bitLength() - 1);
        test("bfind.s32", u32, List.of(PtxType.S32), o -> big(o[0], PtxType.S32).bitLength() - 1);
        test("bfe.u32", u32, List.of(u32, u32, u32), o -> field(o, false));
        test("bfe.s32", PtxType.S32, List.of(PtxType.S32, u32, u32), o -> field(o, true));
        test("bfi.b32", b32, List.of(b32, b32, u32, u32), InstructionSemanticsTest::insertedField);
        test("prmt.b32", b32, List.of(b32, b32, b32), InstructionSemanticsTest::permutedBytes);
        test("shf.l.wrap.b32", b32, List.of(b32, b32, u32), o -> (o[1] << 32 | o[0]) << (o[2] & 31) >>> 32);
        test("shf.r.wrap.b32", b32, List.of(b32, b32, u32), o -> (o[1] << 32 | o[0]) >>> (o[2] & 31));
        test("shf.r.clamp.b32", b32, List.of(b32, b32, u32), o -> (o[1] << 32 | o[0]) >>> Math.min(o[2], 32));
        return tests;
    }

    @TestFactory
    List<DynamicTest> floatingPoint() {
        PtxType f32 = PtxType.F32;
        List<PtxType> two = List.of(f32, f32);
        test("fma.rn.f32", f32, List.of(f32, f32, f32), o -> bits(exactFma(f(o[0]), f(o[1]), f(o[2]))));
        test("add.f32", f32, two, o -> bits((float) ((double) f(o[0]) + f(o[1]))));
        test("sub.rn.f32", f32, two, o -> bits((float) ((double) f(o[0]) - f(o[1]))));
        test("mul.rn.f32", f32, two, o -> bits((float) ((double) f(o[0]) * f(o[1]))));
        for (String division : List.of("div.rn.f32", "div.approx.f32", "div.full.f32")) {
            test(division, f32, two, o -> bits((float) ((double) f(o[0]) / f(o[1]))));
        }
        test("rcp.rn.f32", f32, List.of(f32), o -> bits((float) (1.0 / f(o[0]))));
        test("sqrt.rn.f32", f32, List.of(f32), o -> bits((float) Math.sqrt(f(o[0]))));
        test("rsqrt.approx.f32", f32, List.of(f32), o -> bits((float) Math.pow(f(o[0]) == 0 ? f(o[0]) : Math.sqrt(f(o[0])), -1)));
        test("ex2.approx.f32", f32, List.of(f32), o -> bits((float) Math.pow(2, f(o[0]))));
        test("lg2.approx.f32", f32, List.of(f32), o -> bits((float) (Math.log(f(o[0])) / Math.log(2))));
        test("neg.f32", f32, List.of(f32), o -> bits(-f(o[0])));
        test("abs.f32", f32, List.of(f32), o -> o[0] & 0x7fffffff);
        test("min.f32", f32, two, o -> bits(extreme(f(o[0]), f(o[1]), -1)));
        test("max.f32", f32, two, o -> bits(extreme(f(o[0]), f(o[1]), 1)));
        test("add.sat.f32", f32, two, o -> bits(clampToUnit(f(o[0]) + f(o[1]))));
        test("mul.ftz.f32", f32, two, o -> bits(flush(flush(f(o[0])) * flush(f(o[1])))));
        test("setp.gt.ftz.f32", PRED, two, o -> flush(f(o[0])) > flush(f(o[1])) ? 1 : 0);
        PtxType f64 = PtxType.F64;
        test("fma.rn.f64", f64, List.of(f64, f64, f64), o -> bits(Math.fma(d(o[0]), d(o[1]), d(o[2]))));
        test("add.f64", f64, List.of(f64, f64), o -> bits(d(o[0]) + d(o[1])));
        test("mul.f64", f64, List.of(f64, f64), o -> bits(d(o[0]) * d(o[1])));
        test("div.rn.f64", f64, List.of(f64, f64), o -> bits(d(o[0]) / d(o[1])));
        test("sqrt.rn.f64", f64, List.of(f64), o -> bits(Math.sqrt(d(o[0]))));
        return tests;
    }

    @TestFactory
    List<DynamicTest> conversions() {
        List<PtxType> integers = List.of(PtxType.U8, PtxType.S8, PtxType.U16, PtxType.S16, PtxType.U32, PtxType.S32, PtxType.U64, PtxType.S64);
        for (PtxType to : integers) {
            for (PtxType from : integers) {
                test("cvt." + to.ptxName() + "." + from.ptxName(), to, List.of(from), o -> o[0]);
                test("cvt.sat." + to.ptxName() + "." + from.ptxName(), to, List.of(from), o -> clamp(big(o[0], from), to).longValue());
            }
            for (PtxType number : List.of(PtxType.F32, PtxType.F64)) {
                test("cvt.rzi." + to.ptxName() + "." + number.ptxName(), to, List.of(number), o -> truncated(o[0], number, to));
                test("cvt.rn." + number.ptxName() + "." + to.ptxName(), number, List.of(to), o -> number == PtxType.F32
                        ? bits(new BigDecimal(big(o[0], to)).floatValue()) : bits(new BigDecimal(big(o[0], to)).doubleValue()));
            }
        }
        test("cvt.rni.s32.f32", PtxType.S32, List.of(PtxType.F32), o -> (int) Math.rint(f(o[0])));
        test("cvt.rmi.s32.f32", PtxType.S32, List.of(PtxType.F32), o -> (int) Math.floor(f(o[0])));
        test("cvt.rpi.s32.f32", PtxType.S32, List.of(PtxType.F32), o -> (int) Math.ceil(f(o[0])));
        test("cvt.rmi.f32.f32", PtxType.F32, List.of(PtxType.F32), o -> bits((float) Math.floor(f(o[0]))));
        test("cvt.f64.f32", PtxType.F64, List.of(PtxType.F32), o -> bits((double) f(o[0])));
        test("cvt.rn.f32.f64", PtxType.F32, List.of(PtxType.F64), o -> bits((float) d(o[0])));
        return tests;
    }

    private void test(String opcode, PtxType result, List<PtxType> sources, SingleInstruction.Oracle oracle) {
        tests.add(new SingleInstruction(opcode, result, sources).against(oracle));
    }

    private interface BigFunction {
        BigInteger apply(BigInteger a, BigInteger b);
    }

    private void integers(String opcode, PtxType result, PtxType type, BigFunction function) {
        test(opcode, result, List.of(type, type), o -> function.apply(big(o[0], type), big(o[1], type)).longValue());
    }

    private interface SignTest {
        boolean test(int sign);
    }

    private void compare(String operator, PtxType type, SignTest test) {
        test("setp." + operator + "." + type.ptxName(), PRED, List.of(type, type),
                o -> test.test(big(o[0], type).compareTo(big(o[1], type))) ? 1 : 0);
    }

    private void compareFloats(String operator, PtxType type, boolean unordered, SignTest test) {
        test("setp." + operator + "." + type.ptxName(), PRED, List.of(type, type), o -> {
            double a = type == PtxType.F32 ? f(o[0]) : d(o[0]);
            double b = type == PtxType.F32 ? f(o[1]) : d(o[1]);
            boolean result = Double.isNaN(a) || Double.isNaN(b) ? unordered : test.test(Double.compare(a + 0.0, b + 0.0));
            return result ? 1 : 0;
        });
    }

    private static BigInteger unsigned(long bits, PtxType type) {
        return BigInteger.valueOf(bits).mod(BigInteger.ONE.shiftLeft(type.bits()));
    }

    private static BigInteger big(long bits, PtxType type) {
        BigInteger value = unsigned(bits, type);
        return type.isSigned() && value.testBit(type.bits() - 1) ? value.subtract(BigInteger.ONE.shiftLeft(type.bits())) : value;
    }

    private static BigInteger clamp(BigInteger value, PtxType type) {
        BigInteger span = BigInteger.ONE.shiftLeft(type.bits());
        BigInteger lowest = type.isSigned() ? span.shiftRight(1).negate() : BigInteger.ZERO;
        return value.max(lowest).min(lowest.add(span).subtract(BigInteger.ONE));
    }

    private static long truncated(long bits, PtxType number, PtxType to) {
        double value = number == PtxType.F32 ? f(bits) : d(bits);
        if (Double.isNaN(value)) {
            return number == PtxType.F64 || to.bits() == 64 ? 1L << to.bits() - 1 : 0;
        }
        if (Double.isInfinite(value)) {
            return clamp(BigInteger.ONE.shiftLeft(100).multiply(BigInteger.valueOf((long) Math.signum(value))), to).longValue();
        }
        return clamp(new BigDecimal(value).toBigInteger(), to).longValue();
    }

    private static long field(long[] o, boolean signed) {
        long start = o[1] & 0xff;
        long length = o[2] & 0xff;
        long top = Math.min(start + length - 1, 31);
        long sign = signed && length > 0 ? o[0] >>> top & 1 : 0;
        long result = 0;
        for (int i = 0; i < 32; i++) {
            result |= (i < length && i + start <= 31 ? o[0] >>> i + start & 1 : sign) << i;
        }
        return result;
    }

    private static long insertedField(long[] o) {
        long result = o[1];
        for (int i = 0; i < (o[3] & 0xff) && i + (o[2] & 0xff) < 32; i++) {
            long at = i + (o[2] & 0xff);
            long bit = i < 32 ? o[0] >>> i & 1 : 0;
            result = result & ~(1L << at) | bit << at;
        }
        return result;
    }

    private static long permutedBytes(long[] o) {
        long result = 0;
        for (int i = 0; i < 4; i++) {
            long selector = o[2] >>> 4 * i;
            long value = (o[1] << 32 | o[0]) >>> 8 * (selector & 7) & 0xff;
            result |= ((selector & 8) == 0 ? value : value > 127 ? 0xff : 0) << 8 * i;
        }
        return result;
    }

    private static float exactFma(float a, float b, float c) {
        if (!Float.isFinite(a) || !Float.isFinite(b) || !Float.isFinite(c)) {
            return a * b + c;
        }
        BigDecimal exact = new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c));
        return exact.signum() == 0 ? a * b + c : exact.floatValue();
    }

    private static float extreme(float a, float b, int direction) {
        if (Float.isNaN(a) || Float.isNaN(b)) {
            return Float.isNaN(a) ? b : a;
        }
        return Float.compare(a, b) * direction > 0 ? a : b;
    }

    private static float clampToUnit(float a) {
        return Float.isNaN(a) ? 0 : Math.max(0, Math.min(1, a));
    }

    private static float flush(float a) {
        return Math.abs(a) < Float.MIN_NORMAL ? Math.copySign(0, a) : a;
    }

    private static float f(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    private static double d(long bits) {
        return Double.longBitsToDouble(bits);
    }

    private static long bits(float value) {
        return Float.floatToRawIntBits(value);
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
