package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ElementLoopsTest {
    private static final float[] CORNERS = {0, -0f, 1, -1, 4, 0.5f, -0.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, 88.7f, -88.7f, 89, -103.9f, -105, 1.25f};

    private final ElementLoops scalar = new ScalarElementLoops();
    private final ElementLoops vector = new VectorElementLoops();

    @ParameterizedTest
    @EnumSource(UnaryOperator.Kind.class)
    void unaryOperatorsHaveTheSameBitsInVectors(UnaryOperator.Kind kind) {
        UnaryOperator operator = new UnaryOperator(kind, -0.75f, 1.25f);
        assertSame((loops, a, b, target) -> loops.apply(operator, a, 1, target, 2, a.length - 2));
    }

    @ParameterizedTest
    @EnumSource(BinaryOperator.Kind.class)
    void binaryOperatorsHaveTheSameBitsInVectors(BinaryOperator.Kind kind) {
        for (float scaleA : new float[] {0, 1, 0.3f}) {
            BinaryOperator operator = new BinaryOperator(kind, scaleA, -0.7f);
            assertSame((loops, a, b, target) -> loops.apply(operator, a, 1, b, 0, target, 2, a.length - 2));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Neuron.Type.class, mode = EnumSource.Mode.EXCLUDE, names = "NRELU")
    void neuronsHaveTheSameBitsInVectors(Neuron.Type type) {
        Neuron neuron = new Neuron(type, 1.7159f, 0.6667f);
        assertSame((loops, a, b, target) -> loops.activate(neuron, a, 1, target, 2, a.length - 2));
    }

    @ParameterizedTest
    @EnumSource(Neuron.Type.class)
    void neuronGradientsHaveTheSameBitsInVectors(Neuron.Type type) {
        Neuron neuron = new Neuron(type, 1.7159f, 0.6667f);
        assertSame((loops, a, b, target) -> loops.inputGrad(neuron, a, 1, b, 0, target, 2, a.length - 2, false));
        assertSame((loops, a, b, target) -> loops.inputGrad(neuron, a, 1, b, 0, target, 2, a.length - 2, true));
    }

    private interface Run {
        void on(ElementLoops loops, float[] a, float[] b, float[] target);
    }

    private void assertSame(Run run) {
        float[] a = arguments(1);
        float[] b = arguments(2);
        float[] expected = arguments(3);
        float[] found = expected.clone();
        run.on(scalar, a, b, expected);
        run.on(vector, a, b, found);
        for (int i = 0; i < expected.length; i++) {
            // floatToIntBits: which NaN pattern an operation passes on is the processor's choice
            if (Float.floatToIntBits(found[i]) != Float.floatToIntBits(expected[i])) {
                assertThat(found[i]).as("element %d", i).isEqualTo(expected[i]);
            }
        }
    }

    private static float[] arguments(long seed) {
        Random random = new Random(seed);
        float[] arguments = new float[30_011];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = switch (random.nextInt(3)) {
                case 0 -> CORNERS[random.nextInt(CORNERS.length)];
                case 1 -> Float.intBitsToFloat(random.nextInt());
                default -> random.nextFloat() * 20 - 10;
            };
        }
        return arguments;
    }

    /** The table of neurons.md. */
    @ParameterizedTest
    @CsvSource({
        "LOGISTIC, 0, 0, 0, 0.5, 0.25", "LOGISTIC, 0, 0, 2, 0.880797078, 0.104993585", "TANH, 1.7159, 0.6667, 0, 0, 1.14399",
        "SOFTRELU, 0, 0, 0, 0.693147181, 0.5", "SOFTRELU, 0, 0, 5, 5, 1", "DRELU, 2, 0, 1, 0.075765686, 0.213552267",
        "BRELU, 6, 0, 7, 6, 0", "SQUARE, 0, 0, -3, 9, -6", "ABS, 0, 0, 0, 0, -1"})
    void neuronsHaveTheValuesAndDerivativesOfTheSpec(Neuron.Type type, float a, float b, float x, float y, float derivative) {
        Neuron neuron = new Neuron(type, a, b);
        float[] output = new float[1];
        scalar.activate(neuron, new float[] {x}, 0, output, 0, 1);
        assertThat(output[0]).isCloseTo(y, within(1e-6f));
        float[] acts = type.usesInputs() ? new float[] {x} : output;
        float[] gradient = {3};
        scalar.inputGrad(neuron, new float[] {1}, 0, acts, 0, gradient, 0, 1, false);
        assertThat(gradient[0]).isCloseTo(derivative, within(1e-5f));
        scalar.inputGrad(neuron, new float[] {1}, 0, acts, 0, gradient, 0, 1, true);
        assertThat(gradient[0]).isCloseTo(2 * derivative, within(2e-5f));
    }

    @Test
    void reluPassesNanAndNegativeZero() {
        float[] outputs = {7, 7, 7};
        scalar.activate(new Neuron(Neuron.Type.RELU, 0, 0), new float[] {Float.NaN, -0f, -1}, 0, outputs, 0, 3);
        assertThat(outputs).containsExactly(Float.NaN, -0f, 0);
    }

    @Test
    void anAddedGradientFusesItsLastProduct() {
        float g = 1.1f;
        float y = 0.3f;
        float[] target = {-(g * y * (1 - y))};
        scalar.inputGrad(new Neuron(Neuron.Type.LOGISTIC, 0, 0), new float[] {g}, 0, new float[] {y}, 0, target, 0, 1, true);
        assertThat(target[0]).isEqualTo(Math.fma(g * y, 1 - y, -(g * y * (1 - y)))).isNotZero();
    }
}
