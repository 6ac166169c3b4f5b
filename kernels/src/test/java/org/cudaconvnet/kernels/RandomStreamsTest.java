package org.cudaconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cudaconvnet.kernels.gpu.GpuBackend;
import org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The random streams of every backend")
class RandomStreamsTest {
    private static final long SEED = 20121001;
    private static final int COUNT = RandomStreams.COUNT;

    /** Opens a backend. */
    interface Device {
        Backend open();
    }

    static Stream<Named<Device>> devices() {
        return Stream.of(Named.of("cpu, 1 thread", () -> Devices.open("cpu:0", 1, Set.of())),
                Named.of("cpu, 3 threads", () -> Devices.open("cpu:0", 3, Set.of())),
                Named.of("emulated", () -> new GpuBackend(EmulatedDriver.openChecked(0), Set.of(), Arithmetic.PORTABLE)));
    }

    /** One call with its operands; the last matrix is the target. */
    private record Call(String operation, int rows, int cols, boolean transposed) {
        float[] on(Backend backend, RandomStreams streams) {
            Matrix a = operand(backend, 1);
            Matrix b = operand(backend, 2);
            Matrix target = operand(backend, 3);
            switch (operation) {
                case "uniform" -> streams.randomizeUniform(target);
                case "binary" -> streams.randomizeBinary(0.3f, target);
                case "binarize" -> streams.binarizeProbs(a, target);
                case "gaussian" -> streams.randomizeGaussian(2, 0.1f, target);
                case "noise" -> streams.addGaussianNoise(a, 0.1f, target);
                case "stdevs" -> streams.addGaussianNoise(a, b, false, target);
                case "variances" -> streams.addGaussianNoise(a, b, true, target);
                case "nrelu" -> streams.noisyRelu(a, target);
                default -> throw new IllegalArgumentException(operation);
            }
            float[] found = new float[rows * cols];
            backend.download(target, found);
            return found;
        }

        /** The same, element by element. */
        float[] on(List<OneStream> streams) {
            float[] result = new float[rows * cols];
            float[] a = values(1);
            float[] b = values(2);
            for (int i = 0; i < result.length; i++) {
                OneStream stream = streams.get(i % COUNT);
                result[i] = switch (operation) {
                    case "uniform" -> stream.uniform();
                    case "binary" -> stream.uniform() < 0.3f ? 1 : 0;
                    case "binarize" -> a[i] > stream.uniform() ? 1 : 0;
                    case "gaussian" -> Math.fma(0.1f, stream.normal(), 2);
                    case "noise" -> Math.fma(0.1f, stream.normal(), a[i]);
                    case "stdevs" -> Math.fma(b[i], stream.normal(), a[i]);
                    case "variances" -> Math.fma(b[i] * b[i], stream.normal(), a[i]);
                    case "nrelu" -> Math.max(0, Math.fma(Math.max(0, a[i]), stream.normal(), Math.max(0, a[i])));
                    default -> throw new IllegalArgumentException(operation);
                };
            }
            return result;
        }

        private Matrix operand(Backend backend, int seed) {
            Matrix matrix = backend.allocate(rows, cols, transposed);
            backend.upload(values(seed), matrix);
            return matrix;
        }

        private float[] values(int seed) {
            Random random = new Random(seed);
            float[] values = new float[rows * cols];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat() * 2 - 0.5f;
            }
            return values;
        }
    }

    /** The generator as its definition reads. */
    private static final class OneStream {
        private final int[] v = new int[XorwowJump.WORDS];
        private int counter;
        private Float kept;

        OneStream(int[] states, int stream) {
            Arrays.setAll(v, word -> states[word * COUNT + stream]);
            counter = states[XorwowStates.WEYL * COUNT + stream];
        }

        private float draw(float scale) {
            XorwowJump.step(v);
            counter += 362437;
            return Math.fma((float) Integer.toUnsignedLong(v[4] + counter), scale, scale / 2);
        }

        float uniform() {
            return draw(0x1p-32f);
        }

        float normal() {
            if (kept != null) {
                float normal = kept;
                kept = null;
                return normal;
            }
            float radius = (float) Math.sqrt(-2 * PortableMath.log(uniform()));
            float angle = draw((float) (2 * Math.PI) * 0x1p-32f);
            kept = radius * PortableMath.cos(angle);
            return radius * PortableMath.sin(angle);
        }
    }

    /** Odd sizes in between leave streams with and without a kept draw, at different draws. */
    private static List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (String operation : List.of("uniform", "gaussian", "binary", "noise", "binarize", "stdevs", "variances", "nrelu")) {
            calls.add(new Call(operation, 1, 1, false));
            calls.add(new Call(operation, 37, 29, true));
            calls.add(new Call(operation, 3, 10001, false));
            calls.add(new Call(operation, 96, 128, false));
        }
        return calls;
    }

    @ParameterizedTest
    @MethodSource("devices")
    void giveEveryElementTheDrawOfItsStream(Device device) {
        int[] initial = XorwowStates.initial(1 + 2 * SEED);
        List<OneStream> expected = IntStream.range(0, COUNT).mapToObj(stream -> new OneStream(initial, stream)).toList();
        try (Backend backend = device.open(); RandomStreams streams = backend.randomStreams(SEED)) {
            for (Call call : calls()) {
                assertSameBits(call.on(backend, streams), call.on(expected), call.toString());
            }
        }
    }

    /** curand_normal and curand_uniform of CUDA 13's device header, compiled for the host, in this order for seed 15, subsequence 3. */
    @ParameterizedTest
    @MethodSource("devices")
    void drawTheNumbersOfCurandUpToRounding(Device device) {
        float[] expected = {0.521964431f, 0.661394715f, -1.04310703f, 1.55626309f, 1.78415525f, -0.131310493f};
        try (Backend backend = device.open(); RandomStreams streams = backend.randomStreams(7)) {
            Matrix target = backend.allocate(1, 4, false);
            float[] found = new float[4];
            for (int draw = 0; draw < expected.length; draw++) {
                if (draw == 1) {
                    streams.randomizeUniform(target);
                } else {
                    streams.randomizeGaussian(0, 1, target);
                }
                backend.download(target, found);
                assertThat(found[3]).isCloseTo(expected[draw], within(4 * Math.ulp(expected[draw])));
            }
        }
    }

    private static void assertSameBits(float[] found, float[] expected, String name) {
        assertThat(Arrays.mismatch(found, expected)).as("%s: first element with other bits", name).isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void goOnFromExportedStates(Device device) {
        Call call = new Call("gaussian", 3, 5001, false);
        try (Backend backend = device.open(); RandomStreams streams = backend.randomStreams(SEED);
                Backend other = devices().findFirst().orElseThrow().getPayload().open(); RandomStreams resumed = other.randomStreams(0)) {
            call.on(backend, streams);
            int[] states = streams.states();
            float[] next = call.on(backend, streams);
            resumed.restore(states);
            assertSameBits(call.on(other, resumed), next, "on another backend");
            assertThat(Arrays.equals(resumed.states(), streams.states())).isTrue();
            streams.restore(states);
            assertSameBits(call.on(backend, streams), next, "again");
            streams.seed(SEED);
            assertThat(Arrays.equals(streams.states(), XorwowStates.initial(1 + 2 * SEED))).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void drawNothingForMatricesTheyCannotFill(Device device) {
        try (Backend backend = device.open(); RandomStreams streams = backend.randomStreams(SEED)) {
            Matrix matrix = backend.allocate(4, 6, false);
            int[] before = streams.states();
            assertThatThrownBy(() -> streams.randomizeUniform(matrix.columns(0, 5))).hasMessageContaining("expected a contiguous one");
            assertThatThrownBy(() -> streams.addGaussianNoise(backend.allocate(4, 6, true), 1, matrix)).hasMessageContaining("storage order");
            assertThatThrownBy(() -> streams.noisyRelu(backend.allocate(4, 5, false), matrix)).hasMessageContaining("expected the shape");
            assertThatThrownBy(() -> streams.restore(new int[1])).isInstanceOf(IllegalArgumentException.class);
            streams.randomizeUniform(backend.allocate(0, 3, false));
            assertThat(Arrays.equals(streams.states(), before)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void leaveNanAndNegativeZeroOutOfNrelu(Device device) {
        try (Backend backend = device.open(); RandomStreams streams = backend.randomStreams(SEED)) {
            Matrix inputs = backend.allocate(1, 3, false);
            backend.upload(new float[] {Float.NaN, -0f, -1}, inputs);
            streams.noisyRelu(inputs, inputs);
            float[] outputs = new float[3];
            backend.download(inputs, outputs);
            assertThat(outputs).containsExactly(0, 0, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void areNeededToActivateNreluButNotForItsGradient(Device device) {
        Neuron nrelu = new Neuron(Neuron.Type.NRELU, 0, 0);
        try (Backend backend = device.open()) {
            Matrix outputs = backend.allocate(1, 3, false);
            assertThatThrownBy(() -> backend.neurons().activate(nrelu, outputs, outputs)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("neuron nrelu draws noise: it is activated by RandomStreams.noisyRelu");
            Matrix gradient = backend.allocate(1, 3, false);
            backend.upload(new float[] {0, 2, 0.5f}, outputs);
            backend.upload(new float[] {5, 6, -7}, gradient);
            backend.neurons().inputGrad(nrelu, gradient, null, outputs, gradient, false);
            float[] found = new float[3];
            backend.download(gradient, found);
            assertThat(found).containsExactly(0, 6, -7);
        }
    }

    @Test
    void haveTheMomentsOfTheirDistributions() {
        try (Backend backend = Devices.open("cpu:0", 1, Set.of()); RandomStreams streams = backend.randomStreams(3)) {
            double[] uniform = moments(new Call("uniform", 1000, 1000, false).on(backend, streams));
            assertThat(uniform).containsExactly(new double[] {0.5, 1 / 12.0, 0, 1 / 80.0}, within(0.001));
            double[] normal = moments(new Call("gaussian", 1000, 1000, false).on(backend, streams));
            assertThat(normal).containsExactly(new double[] {2, 0.01, 0, 3e-4}, within(0.0005));
            double[] binary = moments(new Call("binary", 1000, 1000, false).on(backend, streams));
            assertThat(binary[0]).isCloseTo(0.3, within(0.002));
        }
    }

    /** Mean and the central moments 2 to 4. */
    private static double[] moments(float[] values) {
        double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
        return IntStream.rangeClosed(1, 4).mapToDouble(power -> power == 1 ? mean
                : IntStream.range(0, values.length).mapToDouble(i -> Math.pow(values[i] - mean, power)).average().orElseThrow()).toArray();
    }

    @Test
    void ofDifferentSeedsAreIndependent() {
        try (Backend backend = Devices.open("cpu:0", 1, Set.of()); RandomStreams one = backend.randomStreams(1);
                RandomStreams other = backend.randomStreams(1 + (1L << 32))) {
            Call call = new Call("binary", 500, 500, false);
            float[] a = call.on(backend, one);
            float[] b = call.on(backend, other);
            double both = IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).average().orElseThrow();
            assertThat(both).isCloseTo(0.3 * 0.3, within(0.003));
        }
    }

    @Test
    void ofAClosedGpuAreNotUsed() {
        try (Backend backend = Devices.open("emulated:0", 1, Set.of())) {
            RandomStreams streams = backend.randomStreams(1);
            streams.close();
            streams.close();
            assertThatThrownBy(streams::states).isInstanceOf(IllegalStateException.class).hasMessageContaining("emulated:0");
        }
    }
}
