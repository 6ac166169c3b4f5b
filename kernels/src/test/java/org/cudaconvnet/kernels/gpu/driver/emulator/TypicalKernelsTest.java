package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kernels of the usual kinds as nvcc 13 compiles them (typical_kernels.cu for sm_75, warp_kernels_sm80.cu) give what the same
 * algorithm in Java gives, with and without checker.
 */
class TypicalKernelsTest {
    private final Random random = new Random(5);

    private static EmulatedDriver open(boolean checked) {
        return checked ? EmulatedDriver.openChecked(0) : EmulatedDriver.open(0, 1);
    }

    private static void launch(EmulatedDriver device, String kernel, int blocks, int threads, Object... arguments) {
        String file = kernel.equals("match_and_reduce") ? "warp_kernels_sm80.ptx" : "typical_kernels.ptx";
        device.launch(device.load(file, TestPtx.read(file)).function(kernel), LaunchGeometry.of(blocks, 1, threads, 1), device.defaultStream(), arguments);
    }

    private static int[] words(long... values) {
        int[] words = new int[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            words[2 * i] = (int) values[i];
            words[2 * i + 1] = (int) (values[i] >>> 32);
        }
        return words;
    }

    private static long[] longs(GpuDriver device, DevicePointer pointer, int count) {
        int[] words = TestPtx.ints(device, pointer, 2 * count);
        long[] values = new long[count];
        Arrays.setAll(values, i -> words[2 * i] & 0xffffffffL | (long) words[2 * i + 1] << 32);
        return values;
    }

    /** Halves in pairs as words. */
    private static int[] packed(int... halves) {
        int[] words = new int[(halves.length + 1) / 2];
        for (int i = 0; i < halves.length; i++) {
            words[i / 2] |= (halves[i] & 0xffff) << 16 * (i % 2);
        }
        return words;
    }

    private int[] randomHalves(int count) {
        return random.ints(count).map(bits -> Halves.nearest((bits >> 16) / 1024.0)).toArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shufflesSumANumberPerThread(boolean checked) {
        float[] in = new float[1000];
        float sum = 0;
        for (int i = 0; i < in.length; i++) {
            in[i] = random.nextInt(1000);
            sum += in[i];
        }
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = TestPtx.upload(device, 0f);
            launch(device, "sum_by_shuffles", 3, 96, TestPtx.upload(device, in), out, in.length);
            assertThat(TestPtx.floats(device, out, 1)).containsExactly(sum);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void atomicsCountBytes(boolean checked) {
        int[] in = random.ints(777).toArray();
        int[] expected = new int[256];
        for (int word : in) {
            for (int shift = 0; shift < 32; shift += 8) {
                expected[word >>> shift & 255]++;
            }
        }
        try (EmulatedDriver device = open(checked)) {
            DevicePointer counts = TestPtx.upload(device, new int[256]);
            launch(device, "byte_histogram", 3, 64, TestPtx.upload(device, in), counts, in.length);
            assertThat(TestPtx.ints(device, counts, 256)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void halvesAreMultipliedAndAddedInPairsAndAlone(boolean checked) {
        int n = 101;
        int[] x = randomHalves(n);
        int[] y = randomHalves(n);
        int[] expected = new int[n];
        double a = Halves.value(Halves.nearest(0.3f));
        for (int i = 0; i < n; i++) {
            double product = a * Halves.value(x[i]);
            expected[i] = Halves.nearest((i < n - 1 ? product : Halves.value(Halves.nearest(product))) + Halves.value(y[i]));
        }
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = TestPtx.upload(device, packed(y));
            launch(device, "half_axpy", 2, 32, 0.3f, TestPtx.upload(device, packed(x)), out, n);
            assertThat(TestPtx.ints(device, out, 51)).isEqualTo(packed(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void halvesAreComputedOneByOne(boolean checked) {
        int n = 64;
        int[] a = randomHalves(n);
        int[] b = randomHalves(n);
        int[] expected = new int[5 * n];
        int[] less = new int[n];
        for (int i = 0; i < n; i++) {
            float x = Halves.value(a[i]);
            float y = Halves.value(b[i]);
            expected[5 * i] = Halves.nearest(x + y);
            expected[5 * i + 1] = Halves.nearest(x - y);
            expected[5 * i + 2] = Halves.nearest(x * y);
            expected[5 * i + 3] = Halves.rounded(x / y, Rounding.RZ);
            expected[5 * i + 4] = Halves.nearest(-Math.abs(x));
            less[i] = x < y ? 1 : 0;
        }
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(10 * n);
            DevicePointer lessOut = device.allocate(4 * n);
            launch(device, "half_arithmetic", 1, n, TestPtx.upload(device, packed(a)), TestPtx.upload(device, packed(b)), out, lessOut);
            assertThat(TestPtx.ints(device, out, 5 * n / 2)).isEqualTo(packed(expected));
            assertThat(TestPtx.ints(device, lessOut, n)).isEqualTo(less);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void numbersOf64BitsAreHashed(boolean checked) {
        long[] in = random.longs(100).toArray();
        long[] expected = new long[200];
        for (int i = 0; i < in.length; i++) {
            long h = in[i];
            h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
            h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
            h ^= h >>> 33;
            BigInteger product = new BigInteger(Long.toUnsignedString(h)).multiply(new BigInteger(Long.toUnsignedString(in[i])));
            expected[2 * i] = h;
            expected[2 * i + 1] = product.shiftRight(64).longValue() + Long.bitCount(h) + Long.numberOfLeadingZeros(h)
                    + Long.remainderUnsigned(h, 1000003);
        }
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = TestPtx.upload(device, new int[400]);
            launch(device, "hash_64", 2, 64, TestPtx.upload(device, words(in)), out, in.length);
            assertThat(longs(device, out, 200)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doublesAreSummedInATreePerBlock(boolean checked) {
        double[] a = random.doubles(500).toArray();
        double[] b = random.doubles(500).toArray();
        double[] expected = new double[2];
        for (int block = 0; block < 2; block++) {
            double[] sums = new double[128];
            for (int thread = 0; thread < 128; thread++) {
                for (int i = 128 * block + thread; i < 500; i += 256) {
                    sums[thread] = Math.fma(a[i], b[i], sums[thread]);
                }
            }
            for (int half = 64; half > 0; half /= 2) {
                for (int thread = 0; thread < half; thread++) {
                    sums[thread] += sums[thread + half];
                }
            }
            expected[block] = sums[0];
        }
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(16);
            launch(device, "double_dot", 2, 128, TestPtx.upload(device, words(Arrays.stream(a).mapToLong(Double::doubleToRawLongBits).toArray())),
                    TestPtx.upload(device, words(Arrays.stream(b).mapToLong(Double::doubleToRawLongBits).toArray())), out, 500);
            assertThat(Arrays.stream(longs(device, out, 2)).mapToDouble(Double::longBitsToDouble)).containsExactly(expected[0], expected[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void votesCompactAnArray(boolean checked) {
        int[] in = random.ints(300, -50, 50).toArray();
        int[] expected = Arrays.stream(in).filter(value -> value > 0).toArray();
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = TestPtx.upload(device, new int[300]);
            DevicePointer count = TestPtx.upload(device, 0);
            launch(device, "compact_by_votes", 5, 64, TestPtx.upload(device, in), out, count, in.length);
            assertThat(TestPtx.ints(device, count, 1)).containsExactly(expected.length);
            assertThat(TestPtx.ints(device, out, expected.length)).containsExactlyInAnyOrder(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void carriesGoThroughFourWords(boolean checked) {
        int[] a = random.ints(4 * 32).map(word -> word % 3 == 0 ? -1 : word).toArray();
        int[] b = random.ints(4 * 32).map(word -> word % 3 == 0 ? 0 : word).toArray();
        int[] expected = new int[a.length];
        for (int i = 0; i < a.length; i += 4) {
            long carry = 0;
            for (int word = i; word < i + 4; word++) {
                carry += (a[word] & 0xffffffffL) + (b[word] & 0xffffffffL);
                expected[word] = (int) carry;
                carry >>>= 32;
            }
        }
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(4 * a.length);
            launch(device, "add_128", 1, 32, TestPtx.upload(device, a), TestPtx.upload(device, b), out);
            assertThat(TestPtx.ints(device, out, a.length)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void boundsEncloseTheTrueValue(boolean checked) {
        int n = 64;
        float[] a = new float[n];
        float[] b = new float[n];
        for (int i = 0; i < n; i++) {
            a[i] = (float) random.nextGaussian();
            b[i] = (float) random.nextGaussian();
        }
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(24 * n);
            launch(device, "interval", 1, n, TestPtx.upload(device, a), TestPtx.upload(device, b), out);
            float[] found = TestPtx.floats(device, out, 6 * n);
            for (int i = 0; i < n; i++) {
                double sum = (double) a[i] + b[i];
                double product = (double) a[i] * b[i];
                assertThat(sum).isBetween((double) found[6 * i], (double) found[6 * i + 1]);
                assertThat(product).isBetween((double) found[6 * i + 2], (double) found[6 * i + 3]);
                assertThat(found[6 * i + 1]).isIn(found[6 * i], Math.nextUp(found[6 * i]));
                assertThat(found[6 * i + 3]).isIn(found[6 * i + 2], Math.nextUp(found[6 * i + 2]));
                double quotient = Math.abs((double) a[i] / b[i]);
                assertThat(quotient).isBetween((double) Math.abs(found[6 * i + 4]), (double) Math.nextUp(Math.abs(found[6 * i + 4])));
                double root = found[6 * i + 5];
                assertThat((double) Math.abs(a[i])).isBetween(Math.pow(Math.nextDown((float) root), 2), root * root);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneHalfOfABlockArrivesAndTheOtherWaits(boolean checked) {
        int[] in = random.ints(32).toArray();
        int[] expected = new int[32];
        Arrays.setAll(expected, i -> 2 * in[31 - i]);
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(4 * 32);
            launch(device, "produce_and_consume", 1, 64, TestPtx.upload(device, in), out);
            assertThat(TestPtx.ints(device, out, 32)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void barriersCountPredicatesAndClocksGoOn(boolean checked) {
        int[] in = random.ints(70, -3, 9).toArray();
        int positive = (int) Arrays.stream(in).filter(value -> value > 0).count();
        assertThat(positive).isBetween(1, 69);
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(16 * 70);
            launch(device, "block_votes", 1, 70, TestPtx.upload(device, in), out);
            int[] expected = new int[4 * 70];
            Arrays.setAll(expected, i -> new int[] {positive, 0, 1, 1}[i % 4]);
            assertThat(TestPtx.ints(device, out, 4 * 70)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void warpsMatchAndReduceValues(boolean checked) {
        int[] in = random.ints(64, -3, 5).toArray();
        Arrays.fill(in, 32, 64, 4);
        int[] expected = new int[8 * 64];
        for (int i = 0; i < 64; i++) {
            int first = i / 32 * 32;
            int[] warp = Arrays.copyOfRange(in, first, first + 32);
            int same = 0;
            int and = -1;
            for (int lane = 0; lane < 32; lane++) {
                same |= warp[lane] == in[i] ? 1 << lane : 0;
                and &= warp[lane] == in[i] ? in[i] + first + lane : -1;
            }
            int[] own = {same, same == -1 ? -1 : 0, same == -1 ? 1 : 0, Arrays.stream(warp).sum(), Arrays.stream(warp).min().getAsInt(),
                Arrays.stream(warp).boxed().max(Integer::compareUnsigned).get(), Arrays.stream(warp).reduce(0, (a, b) -> a ^ b), and};
            System.arraycopy(own, 0, expected, 8 * i, 8);
        }
        try (EmulatedDriver device = open(checked)) {
            DevicePointer out = device.allocate(4 * expected.length);
            launch(device, "match_and_reduce", 1, 64, TestPtx.upload(device, in), out);
            assertThat(TestPtx.ints(device, out, expected.length)).isEqualTo(expected);
        }
    }
}
