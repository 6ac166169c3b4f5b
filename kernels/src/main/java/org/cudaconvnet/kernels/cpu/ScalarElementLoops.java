package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.UnaryOperator;

/** The definition of every element-wise function, one element at a time (spec: kernels-layer-and-matrix.md section 2, neurons.md). */
final class ScalarElementLoops implements ElementLoops {
    private final ElementFunctions functions;

    ScalarElementLoops() {
        this(ElementFunctions.PORTABLE);
    }

    ScalarElementLoops(ElementFunctions functions) {
        this.functions = functions;
    }

    @Override
    public void apply(UnaryOperator operator, float[] a, int aStart, float[] target, int targetStart, int length) {
        for (int i = 0; i < length; i++) {
            target[targetStart + i] = value(operator.kind(), operator.p(), operator.q(), a[aStart + i]);
        }
    }

    @Override
    public void apply(BinaryOperator operator, float[] a, int aStart, float[] b, int bStart, float[] target, int targetStart, int length) {
        for (int i = 0; i < length; i++) {
            target[targetStart + i] = value(operator, a[aStart + i], b[bStart + i]);
        }
    }

    @Override
    public void activate(Neuron neuron, float[] inputs, int inputsStart, float[] outputs, int outputsStart, int length) {
        for (int i = 0; i < length; i++) {
            outputs[outputsStart + i] = output(neuron, inputs[inputsStart + i]);
        }
    }

    @Override
    public void inputGrad(Neuron neuron, float[] actsGrad, int actsGradStart, float[] acts, int actsStart,
                          float[] target, int targetStart, int length, boolean add) {
        for (int i = 0; i < length; i++) {
            float g = actsGrad[actsGradStart + i];
            float z = acts[actsStart + i];
            float left = leftFactor(neuron, g, z);
            float right = rightFactor(neuron, z);
            target[targetStart + i] = add ? Math.fma(left, right, target[targetStart + i]) : left * right;
        }
    }

    private float value(UnaryOperator.Kind kind, float p, float q, float x) {
        return switch (kind) {
            case IDENTITY -> x;
            case EXP -> functions.exp(x);
            case LOG -> functions.log(x);
            case LOGISTIC -> 1 / (1 + functions.exp(-x));
            case SQUARE -> x * x;
            case SQRT -> (float) Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case ABS -> x > 0 ? x : -x;
            case SIGN -> oneIf(x > 0) - oneIf(x < 0);
            case POW -> functions.pow(x, p);
            case SCALE -> x * p;
            case LINEAR -> Math.fma(p, x, q);
            case SMALLER_THAN -> oneIf(x < p);
            case BIGGER_THAN -> oneIf(x > p);
            case IN_RANGE_INC -> oneIf(x >= p && x <= q);
            case IN_RANGE_EXC -> oneIf(x > p && x < q);
            case MIN_WITH -> x > p ? p : x;
            case MAX_WITH -> x > p ? x : p;
        };
    }

    private static float value(BinaryOperator operator, float a, float b) {
        return switch (operator.kind()) {
            case WEIGHTED_ADD -> weightedAdd(operator.scaleA(), a, operator.scaleB(), b);
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case SQUARED_DIFF -> (a - b) * (a - b);
            case EQUALS -> oneIf(a == b);
            case BIGGER_THAN -> oneIf(a > b);
            case MAX -> a > b ? a : b;
        };
    }

    /** With a zero scale a is not read, so that a NaN in it is harmless; with both scales 1 the fma is the plain sum. */
    private static float weightedAdd(float scaleA, float a, float scaleB, float b) {
        return scaleA == 0 ? scaleB * b : Math.fma(scaleA, a, scaleB * b);
    }

    private float output(Neuron neuron, float x) {
        return switch (neuron.type()) {
            case IDENT -> x;
            case LOGISTIC -> 1 / (1 + functions.exp(-x));
            case ABS -> x > 0 ? x : -x;
            case RELU -> x < 0 ? 0 : x;
            case SOFTRELU -> x > 4 ? x : functions.log(1 + functions.exp(x));
            case SQUARE -> x * x;
            case SQRT -> (float) Math.sqrt(x);
            case TANH -> neuron.a() * tanh(x * (-2 * neuron.b()));
            case BRELU -> x < 0 ? 0 : x > neuron.a() ? neuron.a() : x;
            case LINEAR -> Math.fma(neuron.a(), x, neuron.b());
            case DRELU -> Math.fma(-neuron.a(), tanh(x * (-2 / neuron.a())), x);
            case NRELU -> throw new IllegalStateException("nrelu draws noise");
        };
    }

    private float leftFactor(Neuron neuron, float g, float z) {
        return switch (neuron.type()) {
            case LOGISTIC -> g * z;
            case SQUARE -> g * 2;
            case SQRT -> g / (2 * z);
            case TANH -> g * (-4 * neuron.a() * neuron.b());
            case BRELU -> g * oneIf(z > 0);
            // A conditional result: its product is rounded before it is added, as in the stored data (golden-2012, neuron_softrelu_add).
            case SOFTRELU -> z > 4 ? g : g * quotientWithOneMore(functions.exp(z));
            case IDENT, ABS, RELU, NRELU, LINEAR, DRELU -> g;
        };
    }

    private float rightFactor(Neuron neuron, float z) {
        return switch (neuron.type()) {
            case IDENT, SQRT, SOFTRELU -> 1;
            case LOGISTIC -> 1 - z;
            case ABS -> z > 0 ? 1 : -1;
            case RELU, NRELU -> oneIf(z > 0);
            case SQUARE -> z;
            case TANH -> {
                float t = (1 - z / neuron.a()) * 0.5f;
                yield t * (t - 1);
            }
            case BRELU -> oneIf(z < neuron.a());
            case LINEAR -> neuron.a();
            case DRELU -> {
                float t = tanh(z * (-2 / neuron.a()));
                yield t * t;
            }
        };
    }

    /** tanh(-x / 2) in the steps of the original. */
    private float tanh(float x) {
        return 2 / (1 + functions.exp(x)) - 1;
    }

    private static float quotientWithOneMore(float f) {
        return f / (1 + f);
    }

    private static float oneIf(boolean condition) {
        return condition ? 1 : 0;
    }
}
