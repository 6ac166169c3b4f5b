package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of two words a and b, put together from words of 32 or 64 bits through the carry of the PTX ISA. */
class CarryTest {
    private static final int THREADS = 256;
    /** Words of a thread: two of a, two of b, two of the result. */
    private static final int WORDS = 6;

    /** What the kernel computes from a = a1:a0 and b = b1:b0; TYPE is u32 or u64. */
    private enum Formula {
        DIFFERENCE("sub.cc.TYPE %c0, %a0, %b0; subc.TYPE %c1, %a1, %b1;") {
            @Override
            BigInteger of(BigInteger[] word, int bits) {
                return pair(word[0], word[1], bits).subtract(pair(word[2], word[3], bits));
            }
        },
        /** The product of the low words plus the number a1:b1. */
        PRODUCT_AND_SUMMAND("mad.lo.cc.TYPE %c0, %a0, %b0, %b1; madc.hi.TYPE %c1, %a0, %b0, %a1;") {
            @Override
            BigInteger of(BigInteger[] word, int bits) {
                return word[0].multiply(word[2]).add(pair(word[3], word[1], bits));
            }
        };

        private final String instructions;

        Formula(String instructions) {
            this.instructions = instructions;
        }

        /** @param word a0, a1, b0, b1 */
        abstract BigInteger of(BigInteger[] word, int bits);

        private static BigInteger pair(BigInteger low, BigInteger high, int bits) {
            return high.shiftLeft(bits).add(low);
        }

        String kernel(int bits) {
            int bytes = bits / 8;
            return """
                    .version 6.0
                    .target sm_50
                    .address_size 64
                    .visible .entry run(.param .u64 data)
                    {
                    .reg .BITS %%a<2>, %%b<2>, %%c<2>; .reg .b32 %%r; .reg .b64 %%rd;
                    ld.param.u64 %%rd, [data];
                    mov.u32 %%r, %%tid.x;
                    mad.wide.u32 %%rd, %%r, %d, %%rd;
                    ld.global.v2.BITS {%%a0, %%a1}, [%%rd];
                    ld.global.v2.BITS {%%b0, %%b1}, [%%rd+%d];
                    %s
                    st.global.v2.BITS [%%rd+%d], {%%c0, %%c1};
                    ret;
                    }
                    """.formatted(WORDS * bytes, 2 * bytes, instructions, 4 * bytes).replace("BITS", "b" + bits).replace("TYPE", "u" + bits);
        }
    }

    @ParameterizedTest
    @CsvSource({"32, DIFFERENCE", "64, DIFFERENCE", "32, PRODUCT_AND_SUMMAND", "64, PRODUCT_AND_SUMMAND"})
    void bothWordsAreThoseOfTheLongNumber(int bits, Formula formula) {
        Random random = new Random(bits);
        BigInteger[][] words = new BigInteger[THREADS][4];
        int[] data = new int[WORDS * THREADS * bits / 32];
        for (int thread = 0; thread < THREADS; thread++) {
            for (int i = 0; i < 4; i++) {
                words[thread][i] = random.nextInt(3) == 0 ? BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE) : new BigInteger(bits, random);
                for (int part = 0; part < bits / 32; part++) {
                    data[(WORDS * thread + i) * bits / 32 + part] = words[thread][i].shiftRight(32 * part).intValue();
                }
            }
        }
        try (EmulatedDriver device = EmulatedDriver.open(0, 1)) {
            DevicePointer pointer = TestPtx.upload(device, data);
            device.launch(device.load("carry.ptx", formula.kernel(bits)).function("run"), LaunchGeometry.of(1, 1, THREADS, 1),
                    device.defaultStream(), pointer);
            int[] found = TestPtx.ints(device, pointer, data.length);
            for (int thread = 0; thread < THREADS; thread++) {
                BigInteger expected = formula.of(words[thread], bits);
                for (int part = 0; part < 2 * bits / 32; part++) {
                    assertThat(found[(WORDS * thread + 4) * bits / 32 + part]).as("thread %d, word %d", thread, part)
                            .isEqualTo(expected.shiftRight(32 * part).intValue());
                }
            }
        }
    }
}
