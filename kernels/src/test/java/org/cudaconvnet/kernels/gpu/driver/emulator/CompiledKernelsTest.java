package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuModule;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels compiled by clang give what the same algorithm in Java gives, with and without checker. */
class CompiledKernelsTest {
    private final Random random = new Random(1);

    private static EmulatedDriver open(boolean checked) {
        return checked ? EmulatedDriver.openChecked(0) : EmulatedDriver.open(0, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tiledMatrixProductIsOneFmaChainPerOutput(boolean checked) {
        int m = 70;
        int n = 65;
        int k = 37;
        float[] a = gaussians(k * m);
        float[] b = gaussians(k * n);
        try (EmulatedDriver device = open(checked)) {
            GpuModule module = device.load("tiled_product.ptx", TestPtx.read("tiled_product.ptx"));
            DevicePointer c = device.allocate(4L * m * n);
            device.launch(module.function("tiled_product"), LaunchGeometry.of(2, 2, 256, 1), device.defaultStream(),
                    TestPtx.upload(device, a), TestPtx.upload(device, b), c, m, n, k, 0.5f);
            float[] expected = new float[m * n];
            for (int row = 0; row < n; row++) {
                for (int column = 0; column < m; column++) {
                    float sum = 0;
                    for (int i = 0; i < k; i++) {
                        sum = Math.fma(a[i * m + column], b[i * n + row], sum);
                    }
                    expected[row * m + column] = sum * 0.5f;
                }
            }
            assertThat(TestPtx.floats(device, c, m * n)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void threadsOfACalledFunctionLoopDifferentlyOften(boolean checked) {
        int count = 100;
        int[] in = random.ints(count, 1, 1000).toArray();
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = TestPtx.upload(device, new int[192]);
            device.launch(device.load("control_flow.ptx", TestPtx.read("control_flow.ptx")).function("collatz"), LaunchGeometry.covering(192, 96),
                    device.defaultStream(), TestPtx.upload(device, in), out, count);
            int[] expected = Arrays.copyOf(Arrays.stream(in).map(CompiledKernelsTest::collatzSteps).toArray(), 192);
            assertThat(TestPtx.ints(device, out, 192)).isEqualTo(expected);
        }
    }

    private static int collatzSteps(int n) {
        int steps = 0;
        for (long i = n; i != 1; i = i % 2 == 1 ? 3 * i + 1 : i / 2) {
            steps++;
        }
        return steps;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void threadsTakeAllCasesOfASwitch(boolean checked) {
        int[] in = random.ints(96, 0, 8).toArray();
        int[] before = random.ints(96).toArray();
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = TestPtx.upload(device, before);
            device.launch(device.load("control_flow.ptx", TestPtx.read("control_flow.ptx")).function("switched"), LaunchGeometry.covering(96, 96),
                    device.defaultStream(), TestPtx.upload(device, in), out);
            int[] expected = new int[96];
            for (int i = 0; i < 96; i++) {
                expected[i] = switch (in[i]) {
                    case 0 -> i;
                    case 1 -> -6;
                    case 2 -> i * i;
                    case 3 -> before[i] + 1;
                    case 4 -> ~i;
                    case 5 -> in[(i + 1) % 96];
                    default -> -in[i];
                };
            }
            assertThat(TestPtx.ints(device, out, 96)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyThreadHasItsOwnLocalArray(boolean checked) {
        float[] in = gaussians(2 * 33 * 8);
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(4L * in.length);
            device.launch(device.load("control_flow.ptx", TestPtx.read("control_flow.ptx")).function("sorted_by_thread"),
                    LaunchGeometry.covering(66, 33), device.defaultStream(), TestPtx.upload(device, in), out);
            float[] expected = in.clone();
            for (int i = 0; i < in.length; i += 8) {
                Arrays.sort(expected, i, i + 8);
            }
            assertThat(TestPtx.floats(device, out, in.length)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void atomicsCountBytesInSharedAndGlobalMemory(boolean checked) {
        int[] words = random.ints(500).toArray();
        int[] expected = new int[16];
        for (int word : words) {
            for (int shift = 0; shift < 32; shift += 8) {
                expected[word >>> shift & 15]++;
            }
        }
        try (EmulatedDriver device = open(checked)) {
            DevicePointer bins = TestPtx.upload(device, new int[16]);
            device.launch(device.load("control_flow.ptx", TestPtx.read("control_flow.ptx")).function("histogram"), LaunchGeometry.of(5, 1, 96, 1),
                    device.defaultStream(), TestPtx.upload(device, words), bins, 2000);
            assertThat(TestPtx.ints(device, bins, 16)).isEqualTo(expected);
        }
    }

    private float[] gaussians(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
