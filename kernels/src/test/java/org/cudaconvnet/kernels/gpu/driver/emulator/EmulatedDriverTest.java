package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cudaconvnet.kernels.HostMemory;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuEvent;
import org.cudaconvnet.kernels.gpu.driver.GpuException;
import org.cudaconvnet.kernels.gpu.driver.GpuFunction;
import org.cudaconvnet.kernels.gpu.driver.GpuStream;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.junit.jupiter.api.Test;

class EmulatedDriverTest {
    private static final String MODULE = """
            .version 6.0
            .target sm_50
            .address_size 64
            .global .align 4 .f32 table[3] = {0f3F800000, 0f40000000, 3.5};
            .extern .shared .align 16 .b8 dynamic[];
            .visible .entry lookup(.param .u64 out, .param .u32 scale, .param .f64 wide)
            {
                .reg .b32 %r<3>; .reg .f32 %f<4>; .reg .f64 %d<2>; .reg .b64 %rd<5>;
                ld.param.u64 %rd1, [out];
                ld.param.u32 %r2, [scale];
                ld.param.f64 %d1, [wide];
                mov.u32 %r1, %ctaid.x;
                mul.wide.u32 %rd2, %r1, 4;
                mov.u64 %rd3, table;
                add.s64 %rd3, %rd3, %rd2;
                ld.global.f32 %f1, [%rd3];
                cvt.rn.f32.s32 %f2, %r2;
                cvt.rn.f32.f64 %f3, %d1;
                fma.rn.f32 %f1, %f1, %f2, %f3;
                st.shared.f32 [dynamic+8], %f1;
                ld.shared.f32 %f2, [dynamic+8];
                add.s64 %rd4, %rd1, %rd2;
                st.global.f32 [%rd4], %f2;
                ret;
            }
            """;

    @Test
    void argumentsModuleVariablesAndDynamicSharedMemoryReachTheKernel() {
        try (EmulatedDriver device = EmulatedDriver.openChecked(0)) {
            DevicePointer out = device.allocate(12);
            GpuFunction lookup = device.load("lookup", MODULE).function("lookup");
            device.launch(lookup, new LaunchGeometry(3, 1, 1, 1, 1, 1, 12), device.defaultStream(), out, 10, 0.25);
            assertThat(TestPtx.floats(device, out, 3)).containsExactly(10.25f, 20.25f, 35.25f);
        }
    }

    @Test
    void sharedMemoryBeyondTheLimitIsRefused() {
        try (EmulatedDriver device = EmulatedDriver.open(0, 1)) {
            GpuFunction lookup = device.load("lookup", MODULE).function("lookup");
            assertThatThrownBy(() -> device.launch(lookup, new LaunchGeometry(3, 1, 1, 1, 1, 1, 49153), device.defaultStream(),
                    device.allocate(12), 10, 0.25)).isInstanceOf(GpuException.class).hasMessageContaining("kernel lookup")
                    .hasMessageContaining("49153 bytes of shared memory");
        }
    }

    @Test
    void copiesBetweenDevicesAreTheOnlyWayBetweenTheirMemories() {
        try (EmulatedDriver first = EmulatedDriver.open(0, 1); EmulatedDriver second = EmulatedDriver.open(7, 1)) {
            DevicePointer source = TestPtx.upload(first, 1f, 2, 3, 4);
            DevicePointer target = TestPtx.upload(second, 5f, 6, 7, 8);
            second.copyFromPeer(first, source.plusFloats(1), target, 8, second.defaultStream());
            assertThat(TestPtx.floats(second, target, 4)).containsExactly(2, 3, 7, 8);
            assertThat(first.canAccessPeer(second)).isTrue();
            assertThatThrownBy(() -> first.copy(source, target, 8, first.defaultStream())).isInstanceOf(GpuException.class)
                    .hasMessageContaining("emulated:0").hasMessageContaining("no memory of this device");
        }
    }

    @Test
    void hostMemoryOfOneDeviceCarriesElementsToAnother() {
        try (EmulatedDriver first = EmulatedDriver.open(0, 1); EmulatedDriver second = EmulatedDriver.open(1, 1);
                HostMemory host = first.allocateHost(3)) {
            DevicePointer target = TestPtx.upload(second, 5f, 6, 7, 8);
            first.download(TestPtx.upload(first, 1f, 2, 3), host, 3, first.defaultStream());
            second.upload(host, target.plusFloats(1), 2, second.defaultStream());
            assertThat(TestPtx.floats(second, target, 4)).containsExactly(5, 1, 2, 8);
            assertThatThrownBy(() -> second.upload(host, target, 4, second.defaultStream())).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> second.download(target, host, 4, second.defaultStream())).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void fillAndCopyStayWithinTheirAllocation() {
        try (EmulatedDriver device = EmulatedDriver.open(0, 1)) {
            DevicePointer data = device.allocate(32);
            device.fill(data, 7, 8, device.defaultStream());
            device.copy(TestPtx.upload(device, 1, 2), data.plusBytes(4), 8, device.createStream());
            assertThat(TestPtx.ints(device, data, 8)).containsExactly(7, 1, 2, 7, 7, 7, 7, 7);
            assertThatThrownBy(() -> device.fill(data.plusBytes(4), 0, 8, device.defaultStream())).isInstanceOf(GpuException.class)
                    .hasMessageContaining("the allocation has 28 bytes from there");
        }
    }

    @Test
    void memoryIsCountedAndLimited() {
        try (EmulatedDriver device = EmulatedDriver.open(0, 1)) {
            long free = device.memoryInfo().freeBytes();
            DevicePointer data = device.allocate(1000);
            assertThat(device.memoryInfo().freeBytes()).isEqualTo(free - 1000);
            device.free(data);
            assertThat(device.memoryInfo().freeBytes()).isEqualTo(free);
            assertThatThrownBy(() -> device.free(data)).isInstanceOf(GpuException.class);
            assertThatThrownBy(() -> device.allocate(free + 1)).isInstanceOf(GpuException.class).hasMessageContaining("out of memory");
        }
    }

    @Test
    void eventsHaveTimesOnceRecorded() {
        try (EmulatedDriver device = EmulatedDriver.open(0, 1); GpuStream stream = device.createStream();
                GpuEvent start = device.createEvent(); GpuEvent end = device.createEvent()) {
            start.record(stream);
            assertThatThrownBy(() -> end.millisecondsSince(start)).isInstanceOf(GpuException.class);
            stream.waitFor(start);
            end.record(stream);
            assertThat(end.millisecondsSince(start)).isNotNegative();
        }
    }

    @Test
    void unknownInstructionsAreNamedWithTheirLine() {
        try (EmulatedDriver device = EmulatedDriver.open(0, 1)) {
            assertThatThrownBy(() -> device.load("lookup", MODULE.replace("fma.rn", "frobnicate.rn")).function("lookup"))
                    .isInstanceOf(GpuException.class).hasMessageContaining("lookup line 19: unknown instruction frobnicate.rn.f32");
        }
    }

    @Test
    void malformedModulesAreRefused() {
        try (EmulatedDriver device = EmulatedDriver.open(0, 1)) {
            assertThatThrownBy(() -> device.load("broken", MODULE.substring(0, 700))).isInstanceOf(GpuException.class)
                    .hasMessageContaining("broken line");
            assertThatThrownBy(() -> device.load("text", "no module")).isInstanceOf(GpuException.class).hasMessageContaining("text line 1");
        }
    }
}
