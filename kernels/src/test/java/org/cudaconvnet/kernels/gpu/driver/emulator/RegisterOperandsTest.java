package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Barriers whose number and count lie in registers; comparisons with two predicates. */
class RegisterOperandsTest {
    /** The first half of the block hands its values to the second at barrier {@code first}, the second back at {@code first} + 1. */
    private static final String BARRIERS = """
            .version 6.0
            .target sm_50
            .address_size 64
            .visible .entry exchange(.param .u64 data, .param .u32 first)
            {
            .reg .pred %p<2>; .reg .b32 %r<8>; .reg .b64 %rd<5>;
            .shared .align 4 .b8 words[512];
            ld.param.u64 %rd1, [data];
            ld.param.u32 %r1, [first];
            add.u32 %r2, %r1, 1;
            mov.u32 %r3, %tid.x;
            mov.u32 %r4, %ntid.x;
            mul.wide.u32 %rd2, %r3, 4;
            add.u64 %rd1, %rd1, %rd2;
            ld.global.u32 %r5, [%rd1];
            mov.u64 %rd3, words;
            add.u64 %rd3, %rd3, %rd2;
            setp.ge.u32 %p1, %r3, 64;
            @%p1 bra SECOND;
            st.shared.u32 [%rd3], %r5;
            bar.arrive %r1, %r4;
            bar.sync %r2, %r4;
            ld.shared.u32 %r6, [%rd3+256];
            bra DONE;
            SECOND:
            st.shared.u32 [%rd3], %r5;
            bar.arrive %r2, %r4;
            bar.sync %r1, %r4;
            ld.shared.u32 %r6, [%rd3+-256];
            DONE:
            st.global.u32 [%rd1], %r6;
            ret;
            }
            """;

    private static final String PAIRS = """
            .version 6.0
            .target sm_53
            .address_size 64
            .visible .entry compare(.param .u64 data)
            {
            .reg .pred %p<4>; .reg .b32 %r<8>; .reg .b64 %rd<3>;
            ld.param.u64 %rd1, [data];
            ld.global.v2.u32 {%r1, %r2}, [%rd1];
            mov.pred %p3, 1;
            setp.lt.and.f16x2 %p1|%p2, %r1, %r2, %p3;
            selp.u32 %r3, 1, 0, %p1;
            selp.u32 %r4, 1, 0, %p2;
            st.global.v2.u32 [%rd1], {%r3, %r4};
            ret;
            }
            """;

    private static EmulatedDriver open(boolean checked) {
        return checked ? EmulatedDriver.openChecked(0) : EmulatedDriver.open(0, 1);
    }

    private static void launch(EmulatedDriver device, String ptx, String kernel, int threads, Object... arguments) {
        device.launch(device.load("registers.ptx", ptx).function(kernel), LaunchGeometry.of(1, 1, threads, 1), device.defaultStream(), arguments);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void barriersAreFoundByTheValueOfARegister(boolean checked) {
        int[] values = new int[128];
        Arrays.setAll(values, i -> 1000 + i);
        int[] expected = new int[128];
        Arrays.setAll(expected, i -> values[(i + 64) % 128]);
        try (EmulatedDriver device = open(checked)) {
            DevicePointer data = TestPtx.upload(device, values);
            launch(device, BARRIERS, "exchange", 128, data, 14);
            assertThat(TestPtx.ints(device, data, 128)).isEqualTo(expected);
            assertThatThrownBy(() -> launch(device, BARRIERS, "exchange", 128, data, 15)).hasMessageContaining("barrier 16, expected 0 to 15");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachHalfGetsAPredicate(boolean checked) {
        int one = Halves.nearest(1);
        int two = Halves.nearest(2);
        try (EmulatedDriver device = open(checked)) {
            DevicePointer data = TestPtx.upload(device, two << 16 | one, one << 16 | two);
            launch(device, PAIRS, "compare", 1, data);
            assertThat(TestPtx.ints(device, data, 2)).containsExactly(1, 0);
        }
    }
}
