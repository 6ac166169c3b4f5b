package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;
import org.junit.jupiter.api.DynamicTest;

/** Runs one instruction on many operands: every thread loads its own, executes it once and stores the result's bits. */
record SingleInstruction(String opcode, PtxType result, List<PtxType> sources) {
    private static final int CASES = 1024;
    private static final long[] INTEGERS = {0, 1, -1, 2, 3, 5, 7, 8, 15, 16, 31, 32, 33, 63, 64, 255, 256, 0x7f, 0x80, 0x7fff, 0x8000, 0xffff,
        0x7fffffff, 0x80000000L, 0xffffffffL, 0x12345678, 0xfedcba98L, Long.MIN_VALUE, Long.MAX_VALUE, 0x123456789abcdefL, -1000};
    private static final double[] NUMBERS = {0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3, 1e-3, -7.75, 100.25, 1e9, -3e9, 5e9, 1e19, 2e20, 1e-40,
        -1e-41, Float.MIN_VALUE, Float.MAX_VALUE, Float.MIN_NORMAL, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 127.5, 300, -300};

    /** What the result's bits have to be. */
    interface Oracle {
        long apply(long[] operands);
    }

    /** Compares the results of all threads with an oracle; all NaNs are one. */
    DynamicTest against(Oracle oracle) {
        return DynamicTest.dynamicTest(opcode, () -> {
            long[][] operands = operands();
            long[] found = run(operands);
            for (int i = 0; i < found.length; i++) {
                assertThat(canonical(found[i])).as("%s of %s", opcode, Arrays.toString(operands[i])).isEqualTo(canonical(oracle.apply(operands[i])));
            }
        });
    }

    /** Bits of the result's width. */
    private long canonical(long bits) {
        return switch (result) {
            case F32 -> Float.floatToIntBits(Float.intBitsToFloat((int) bits)) & 0xffffffffL;
            case F64 -> Double.doubleToLongBits(Double.longBitsToDouble(bits));
            case F16 -> canonicalHalf(bits);
            case F16X2 -> canonicalHalf(bits) | canonicalHalf(bits >>> 16) << 16;
            case PRED -> bits;
            default -> result.bits() == 64 ? bits : bits & (1L << result.bits()) - 1;
        };
    }

    private static long canonicalHalf(long bits) {
        return Float.isNaN(Halves.value((int) bits)) ? Halves.NAN : bits & 0xffff;
    }

    /** Operands of all threads: bits, sign- or zero-extended as their type is. */
    long[][] operands() {
        Random random = new Random(opcode.hashCode());
        long[][] operands = new long[CASES][sources.size()];
        for (long[] row : operands) {
            for (int i = 0; i < row.length; i++) {
                row[i] = operand(sources.get(i), random);
            }
        }
        return operands;
    }

    private static long operand(PtxType type, Random random) {
        boolean special = random.nextInt(4) > 0;
        if (type.isFloat()) {
            double number = special ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextGaussian() * 20;
            return type == PtxType.F32 ? Float.floatToRawIntBits((float) number) & 0xffffffffL : Double.doubleToRawLongBits(number);
        }
        if (type == PtxType.PRED) {
            return random.nextInt(2);
        }
        return Conversions.value(special ? INTEGERS[random.nextInt(INTEGERS.length)] : random.nextLong(), type);
    }

    /** The results' bits, zero-extended; a predicate is 0 or 1. */
    long[] run(long[][] operands) {
        int[] words = new int[CASES * sources.size() * 2];
        for (int i = 0; i < words.length / 2; i++) {
            long bits = operands[i / sources.size()][i % sources.size()];
            words[2 * i] = (int) bits;
            words[2 * i + 1] = (int) (bits >>> 32);
        }
        try (EmulatedDriver device = EmulatedDriver.openChecked(0)) {
            DevicePointer out = device.allocate(8L * CASES);
            device.launch(device.load(opcode, ptx()).function("single"), LaunchGeometry.covering(CASES, 64), device.defaultStream(),
                    TestPtx.upload(device, words), out);
            int[] bits = TestPtx.ints(device, out, 2 * CASES);
            long[] results = new long[CASES];
            for (int i = 0; i < CASES; i++) {
                results[i] = bits[2 * i] & 0xffffffffL | (long) bits[2 * i + 1] << 32;
            }
            return results;
        }
    }

    private String ptx() {
        StringBuilder text = new StringBuilder("""
                .version 6.0
                .target sm_50
                .address_size 64
                .visible .entry single(.param .u64 in, .param .u64 out)
                {
                .reg .b32 %r<4>; .reg .b64 %rd<8>; .reg .pred %q<8>;
                ld.param.u64 %rd1, [in];
                ld.param.u64 %rd2, [out];
                mov.u32 %r1, %ctaid.x;
                mov.u32 %r2, %tid.x;
                mad.lo.s32 %r1, %r1, 64, %r2;
                """);
        text.append("mad.wide.u32 %rd3, %r1, ").append(8 * sources.size()).append(", %rd1;\nmad.wide.u32 %rd4, %r1, 8, %rd2;\n");
        StringBuilder list = new StringBuilder("%d");
        for (int i = 0; i < sources.size(); i++) {
            declare(text, sources.get(i), "%s" + i);
            if (sources.get(i) == PtxType.PRED) {
                text.append("ld.global.u32 %r3, [%rd3+").append(8 * i).append("];\nsetp.ne.u32 %s").append(i).append(", %r3, 0;\n");
            } else {
                text.append("ld.global.").append(inMemory(sources.get(i)).ptxName()).append(" %s").append(i).append(", [%rd3+").append(8 * i).append("];\n");
            }
            list.append(", %s").append(i);
        }
        declare(text, result, "%d");
        text.append(opcode).append(' ').append(list).append(";\nmov.u64 %rd5, 0;\nst.global.u64 [%rd4], %rd5;\n");
        if (result == PtxType.PRED) {
            text.append("selp.u32 %r3, 1, 0, %d;\nst.global.u32 [%rd4], %r3;\n");
        } else {
            text.append("st.global.").append(inMemory(result).ptxName()).append(" [%rd4], %d;\n");
        }
        return text.append("ret;\n}\n").toString();
    }

    /** Halves are loaded and stored as bits. */
    private static PtxType inMemory(PtxType type) {
        return type == PtxType.F16 ? PtxType.B16 : type == PtxType.F16X2 ? PtxType.B32 : type;
    }

    private static void declare(StringBuilder text, PtxType type, String name) {
        PtxType register = switch (type) {
            case B8, U8, S8, B16, U16, S16, F16 -> PtxType.B16;
            case B32, U32, S32, F16X2 -> PtxType.B32;
            case B64, U64, S64 -> PtxType.B64;
            default -> type;
        };
        text.append(".reg .").append(register.ptxName()).append(' ').append(name).append(";\n");
    }
}
