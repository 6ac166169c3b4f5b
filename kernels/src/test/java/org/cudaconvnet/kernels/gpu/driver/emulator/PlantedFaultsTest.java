package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuException;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every fault planted in faults.ptx is found, with its kind, line and thread. */
class PlantedFaultsTest {
    private static final String PTX = TestPtx.read("faults.ptx");

    /** Runs a kernel on 64 threads with memory for 64 floats that nobody has written. */
    private static void run(EmulatedDriver device, String kernel) {
        DevicePointer data = device.allocate(256);
        device.launch(device.load("faults.ptx", PTX).function(kernel), LaunchGeometry.of(1, 1, 64, 1), device.defaultStream(), data);
    }

    private static int markedLine(String kernel) {
        List<String> lines = PTX.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("FAULT " + kernel)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException(kernel);
    }

    private static void assertFault(EmulatedDriver device, String kernel, KernelFault.Kind kind, int thread) {
        GpuException failure = catchThrowableOfType(GpuException.class, () -> run(device, kernel));
        assertThat(failure).isNotNull().hasCauseInstanceOf(KernelFault.class);
        KernelFault fault = (KernelFault) failure.getCause();
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.line()).isEqualTo(markedLine(kernel));
        assertThat(failure).hasMessageContaining("kernel " + kernel).hasMessageContaining("faults.ptx line " + fault.line())
                .hasMessageContaining("block (0,0,0), thread (" + thread + ",0,0)");
    }

    @ParameterizedTest
    @CsvSource({
        "stores_behind_an_allocation, OUT_OF_BOUNDS, 63",
        "loads_before_an_allocation, OUT_OF_BOUNDS, 0",
        "loads_behind_shared_memory, OUT_OF_BOUNDS, 32",
        "stores_behind_local_memory, OUT_OF_BOUNDS, 0",
        "follows_a_null_pointer, OUT_OF_BOUNDS, 0",
        "misaligns_a_vector, MISALIGNED, 0",
        "misaligns_a_word, MISALIGNED, 0",
        "deadlocks, DEADLOCK, 0",
        "traps, TRAP, 40"})
    void faultsOfEveryRunAreFound(String kernel, KernelFault.Kind kind, int thread) {
        try (EmulatedDriver device = EmulatedDriver.open(0, 2)) {
            assertFault(device, kernel, kind, thread);
        }
        try (EmulatedDriver device = EmulatedDriver.openChecked(0)) {
            assertFault(device, kernel, kind, thread);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reads_unwritten_global_memory, UNINITIALISED_READ, 0",
        "reads_unwritten_shared_memory, UNINITIALISED_READ, 63",
        "reads_unwritten_local_memory, UNINITIALISED_READ, 0",
        "reads_what_a_neighbour_wrote, SHARED_RACE, 0",
        "overwrites_what_a_neighbour_read, SHARED_RACE, 0",
        "all_write_one_word, SHARED_RACE, 1",
        "relies_on_a_warp_barrier_across_warps, SHARED_RACE, 0",
        "leaves_before_a_barrier, BARRIER_DIVERGENCE, 0",
        "waits_at_two_barriers, BARRIER_DIVERGENCE, 0",
        "shuffles_from_a_thread_that_left, INACTIVE_LANE, 2"})
    void faultsThatTheCheckerFinds(String kernel, KernelFault.Kind kind, int thread) {
        try (EmulatedDriver device = EmulatedDriver.openChecked(0)) {
            assertFault(device, kernel, kind, thread);
        }
        try (EmulatedDriver device = EmulatedDriver.open(0, 1)) {
            run(device, kernel);
        }
    }

    @Test
    void theCheckerAcceptsBarriersInTheRightPlaces() {
        try (EmulatedDriver device = EmulatedDriver.openChecked(0)) {
            run(device, "has_no_fault");
        }
    }

    @Test
    void anEndlessLoopIsFoundIfTheInstructionsOfABlockAreLimited() {
        try (EmulatedDriver device = EmulatedDriver.open(0, 2)) {
            device.limitInstructionsPerBlock(100_000);
            assertFault(device, "never_ends", KernelFault.Kind.ENDLESS, 0);
        }
        try (EmulatedDriver device = EmulatedDriver.open(0, 2)) {
            device.limitInstructionsPerBlock(100_000);
            run(device, "has_no_fault");
        }
    }

    @Test
    void aDeviceIsNotUsableAfterAFault() {
        try (EmulatedDriver device = EmulatedDriver.open(0, 1)) {
            assertThatThrownBy(() -> run(device, "traps")).isInstanceOf(GpuException.class);
            assertThatThrownBy(() -> device.allocate(4)).isInstanceOf(GpuException.class).hasMessageContaining("failed before");
        }
    }

    @Test
    void memoryOfAnotherDeviceCannotBeRead() {
        try (EmulatedDriver device = EmulatedDriver.open(0, 1); EmulatedDriver other = EmulatedDriver.open(1, 1)) {
            DevicePointer foreign = other.allocate(256);
            assertThatThrownBy(() -> device.launch(device.load("faults.ptx", PTX).function("has_no_fault"), LaunchGeometry.of(1, 1, 64, 1),
                    device.defaultStream(), foreign)).isInstanceOf(GpuException.class).hasMessageContaining("memory of device 1, this is device 0");
        }
    }
}
