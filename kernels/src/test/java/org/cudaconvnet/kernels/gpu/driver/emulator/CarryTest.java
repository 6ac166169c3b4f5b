package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Differences of 128 bits, and products of one word with two plus an addend, through the carry of the PTX ISA. */
class CarryTest {
    private static final int THREADS = 256;

    /** Each thread has three pairs of words: a, b and what comes out. */
    private static String kernel(int bits, String body) {
        return """
                .version 6.0
                .target sm_50
                .address_size 64
                .visible .entry run(.param .u64 data)
                {
                .reg .bB %a<2>, %b<2>, %c<2>; .reg .b32 %r; .reg .b64 %rd;
                ld.param.u64 %rd, [data];
                mov.u32 %r, %tid.x;
                mad.wide.u32 %rd, %r, SIZE, %rd;
                ld.global.v2.bB {%a0, %a1}, [%rd];
                ld.global.v2.bB {%b0, %b1}, [%rd+PAIR];
                BODY
                st.global.v2.bB [%rd+2*PAIR], {%c0, %c1};
                ret;
                }
                """.replace("BODY", body).replace("2*PAIR", "" + bits / 2).replace("SIZE", "" + 3 * bits / 4).replace("PAIR", "" + bits / 4)
                .replace("bB", "b" + bits).replace("uB", "u" + bits);
    }

    @ParameterizedTest
    @CsvSource({"32, sub.cc.uB %c0; %a0; %b0;| subc.uB %c1; %a1; %b1;, true", "64, sub.cc.uB %c0; %a0; %b0;| subc.uB %c1; %a1; %b1;, true",
        "32, mad.lo.cc.uB %c0; %a0; %b0; %b1;| madc.hi.uB %c1; %a0; %b0; %a1;, false",
        "64, mad.lo.cc.uB %c0; %a0; %b0; %b1;| madc.hi.uB %c1; %a0; %b0; %a1;, false"})
    void bothWordsAreThoseOfTheLongNumber(int bits, String body, boolean difference) {
        String text = body.replace(";", ",").replace(",|", ";\n").replaceAll(",$", ";");
        BigInteger[][] operands = new BigInteger[THREADS][4];
        Random random = new Random(bits);
        int perWord = bits / 32;
        int[] data = new int[6 * THREADS * perWord];
        for (int thread = 0; thread < THREADS; thread++) {
            for (int i = 0; i < 4; i++) {
                operands[thread][i] = random.nextInt(3) == 0 ? BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE) : new BigInteger(bits, random);
                for (int part = 0; part < perWord; part++) {
                    data[(6 * thread + i) * perWord + part] = operands[thread][i].shiftRight(32 * part).intValue();
                }
            }
        }
        try (EmulatedDriver device = EmulatedDriver.open(0, 1)) {
            DevicePointer pointer = TestPtx.upload(device, data);
            device.launch(device.load("carry.ptx", kernel(bits, text)).function("run"), LaunchGeometry.of(1, 1, THREADS, 1), device.defaultStream(), pointer);
            int[] found = TestPtx.ints(device, pointer, data.length);
            for (int thread = 0; thread < THREADS; thread++) {
                BigInteger[] o = operands[thread];
                BigInteger expected = difference ? o[1].shiftLeft(bits).add(o[0]).subtract(o[3].shiftLeft(bits).add(o[2]))
                        : o[0].multiply(o[2]).add(o[3]).add(o[1].shiftLeft(bits));
                for (int part = 0; part < 2 * perWord; part++) {
                    assertThat(found[(6 * thread + 4) * perWord + part]).as("thread %d, word %d", thread, part)
                            .isEqualTo(expected.shiftRight(32 * part).intValue());
                }
            }
        }
    }
}
