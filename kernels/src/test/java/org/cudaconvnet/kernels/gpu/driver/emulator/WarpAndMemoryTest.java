package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shuffles, votes, atomics, accesses of every width, generic addresses and branch tables, with and without checker. */
class WarpAndMemoryTest {
    private static final int THREADS = 64;

    private static EmulatedDriver open(boolean checked) {
        return checked ? EmulatedDriver.openChecked(0) : EmulatedDriver.open(0, 1);
    }

    private static void launch(EmulatedDriver device, String kernel, int threads, DevicePointer... arguments) {
        device.launch(device.load("warp_and_memory.ptx", TestPtx.read("warp_and_memory.ptx")).function(kernel), LaunchGeometry.of(1, 1, threads, 1),
                device.defaultStream(), (Object[]) arguments);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shufflesStayWithinTheirWarpAndSegment(boolean checked) {
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(20 * THREADS);
            launch(device, "shuffles", THREADS, out);
            int[] expected = new int[5 * THREADS];
            for (int i = 0; i < THREADS; i++) {
                int lane = i % 32;
                expected[5 * i] = 10 * (lane >= 3 ? i - 3 : i);
                expected[5 * i + 1] = 10 * (lane + 5 < 32 ? i + 5 : i);
                expected[5 * i + 2] = Float.floatToRawIntBits(10 * (i ^ 9));
                expected[5 * i + 3] = 10 * (i / 8 * 8 + 2);
                expected[5 * i + 4] = lane >= 3 ? 1 : 0;
            }
            assertThat(TestPtx.ints(device, out, 5 * THREADS)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void votesCountTheThreadsThatTakePart(boolean checked) {
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(20 * THREADS);
            launch(device, "votes", THREADS, out);
            int[] expected = new int[5 * THREADS];
            for (int i = 0; i < THREADS; i++) {
                int thirds = 0;
                for (int lane = 0; lane < 32; lane++) {
                    thirds |= (i / 32 * 32 + lane) % 3 == 0 ? 1 << lane : 0;
                }
                expected[5 * i] = thirds & 0xffff;
                expected[5 * i + 1] = i < 32 ? 1 + 2 + 4 : 2;
                expected[5 * i + 2] = i % 3 == 0 ? 77 : ~thirds;
                expected[5 * i + 3] = -1;
                expected[5 * i + 4] = (1 << i % 32) - 1;
            }
            assertThat(TestPtx.ints(device, out, 5 * THREADS)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void atomicsOfAllThreadsAreCounted(boolean checked) {
        int[] before = {5, 100, 3, -1, 0, 0, 4, 2, -1, 31, 0, 0, 7, 0};
        int[] expected = before.clone();
        for (int i = 0; i < 32; i++) {
            expected[0] += i;
            expected[5] ^= i;
            expected[6] = expected[6] >= 9 ? 0 : expected[6] + 1;
            expected[7] = expected[7] == 0 || expected[7] > 6 ? 6 : expected[7] - 1;
        }
        expected[1] = -20;
        expected[2] = 31;
        expected[3] = 0;
        expected[4] = -1;
        expected[8] = 31;
        expected[9] = 11;
        expected[10] = Float.floatToRawIntBits(496);
        long sum = 7 + (496L << 30);
        expected[12] = (int) sum;
        expected[13] = (int) (sum >>> 32);
        try (EmulatedDriver device = open(checked)) {
            DevicePointer words = TestPtx.upload(device, before);
            launch(device, "atomics", 32, words);
            assertThat(TestPtx.ints(device, words, before.length)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void accessesOfEveryWidthMoveTheRightBytes(boolean checked) {
        int[] in = new Random(3).ints(4 * THREADS).toArray();
        ByteBuffer source = ByteBuffer.allocate(16 * THREADS).order(ByteOrder.LITTLE_ENDIAN);
        source.asIntBuffer().put(in);
        ByteBuffer expected = ByteBuffer.allocate(64 * THREADS).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < THREADS; i++) {
            int from = 16 * i;
            int to = 64 * i;
            expected.put(to, source.get(from + 3)).put(to + 1, (byte) 17).putShort(to + 2, (short) (source.get(from + 1) & 0xff));
            expected.putShort(to + 4, source.getShort(from + 6)).putShort(to + 6, source.getShort(from + 4));
            expected.putLong(to + 8, source.getShort(from + 6)).putInt(to + 16, Integer.reverseBytes(source.getInt(from + 8)));
            expected.putInt(to + 20, Integer.rotateLeft(source.getInt(from), 16)).putLong(to + 24, source.getLong(from));
            expected.putLong(to + 32, source.getLong(from + 8)).putLong(to + 40, source.getLong(from));
            expected.putLong(to + 48, Long.rotateLeft(source.getLong(from), 32)).putInt(to + 56, source.getInt(from));
            expected.putInt(to + 60, source.getInt(from + 4) >> 31);
        }
        int[] words = new int[16 * THREADS];
        expected.asIntBuffer().get(words);
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(64 * THREADS);
            launch(device, "widths", THREADS, TestPtx.upload(device, in), out);
            assertThat(TestPtx.ints(device, out, words.length)).isEqualTo(words);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void genericAddressesReachEverySpaceAndBranchTablesEveryLabel(boolean checked) {
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(4 * THREADS);
            launch(device, "generic", THREADS, out);
            int[] expected = new int[THREADS];
            Arrays.setAll(expected, i -> (i % 2 == 1 ? i : i * i) + 1001 + 10000 * (i % 3));
            assertThat(TestPtx.ints(device, out, THREADS)).isEqualTo(expected);
        }
    }
}
