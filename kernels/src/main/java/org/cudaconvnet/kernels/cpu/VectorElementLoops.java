package org.cudaconvnet.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.UnaryOperator;
import org.cudaconvnet.kernels.VectorPortableMath;
import org.cudaconvnet.kernels.VectorPow;

/**
 * The functions of {@link ScalarElementLoops} that nets spend time in, in vector lanes. Every loop tells how many elements it did; the
 * scalar loops do the rest, and everything else.
 *
 * <p>One short method per loop: the JIT compiler boxes the vectors of a method that is too long to inline all of its calls. Plain loops over
 * the scratch block it turns into vector instructions itself.
 */
final class VectorElementLoops implements ElementLoops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int BLOCK = 1024;

    private final ScalarElementLoops scalar = new ScalarElementLoops();
    private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[BLOCK]);

    @Override
    public void apply(UnaryOperator operator, float[] a, int aStart, float[] target, int targetStart, int length) {
        int done = 0;
        switch (operator.kind()) {
            case IDENTITY -> {
                System.arraycopy(a, aStart, target, targetStart, length);
                done = length;
            }
            case EXP -> {
                VectorPortableMath.exp(a, aStart, target, targetStart, length);
                done = length;
            }
            case LOG -> {
                VectorPortableMath.log(a, aStart, target, targetStart, length);
                done = length;
            }
            case POW -> {
                VectorPow.pow(a, aStart, operator.p(), target, targetStart, length);
                done = length;
            }
            case LOGISTIC -> done = activateBlocks(new Neuron(Neuron.Type.LOGISTIC, 0, 0), a, aStart, target, targetStart, length);
            case SMALLER_THAN -> done = smallerThan(a, aStart, operator.p(), target, targetStart, length);
            case SCALE -> done = scale(a, aStart, operator.p(), target, targetStart, length);
            case LINEAR -> done = linear(a, aStart, operator.p(), operator.q(), target, targetStart, length);
            default -> { }
        }
        scalar.apply(operator, a, aStart + done, target, targetStart + done, length - done);
    }

    @Override
    public void apply(BinaryOperator operator, float[] a, int aStart, float[] b, int bStart, float[] target, int targetStart, int length) {
        int done = switch (operator.kind()) {
            case WEIGHTED_ADD -> operator.scaleA() == 0 ? scale(b, bStart, operator.scaleB(), target, targetStart, length)
                    : weightedAdd(operator, a, aStart, b, bStart, target, targetStart, length);
            case MULTIPLY -> multiply(a, aStart, b, bStart, target, targetStart, length);
            case BIGGER_THAN -> biggerThan(a, aStart, b, bStart, target, targetStart, length);
            case MAX -> max(a, aStart, b, bStart, target, targetStart, length);
            default -> 0;
        };
        scalar.apply(operator, a, aStart + done, b, bStart + done, target, targetStart + done, length - done);
    }

    @Override
    public void activate(Neuron neuron, float[] inputs, int inputsStart, float[] outputs, int outputsStart, int length) {
        int done = switch (neuron.type()) {
            case RELU -> relu(inputs, inputsStart, outputs, outputsStart, length);
            case LINEAR -> linear(inputs, inputsStart, neuron.a(), neuron.b(), outputs, outputsStart, length);
            case LOGISTIC, TANH, SOFTRELU, DRELU -> activateBlocks(neuron, inputs, inputsStart, outputs, outputsStart, length);
            default -> 0;
        };
        scalar.activate(neuron, inputs, inputsStart + done, outputs, outputsStart + done, length - done);
    }

    @Override
    public void inputGrad(Neuron neuron, float[] actsGrad, int actsGradStart, float[] acts, int actsStart,
                          float[] target, int targetStart, int length, boolean add) {
        int done = switch (neuron.type()) {
            case RELU, NRELU -> reluGrad(actsGrad, actsGradStart, acts, actsStart, target, targetStart, length, add);
            case LOGISTIC -> logisticGrad(actsGrad, actsGradStart, acts, actsStart, target, targetStart, length, add);
            case TANH -> tanhGrad(neuron, actsGrad, actsGradStart, acts, actsStart, target, targetStart, length, add);
            case SOFTRELU, DRELU -> inputGradBlocks(neuron, actsGrad, actsGradStart, acts, actsStart, target, targetStart, length, add);
            default -> 0;
        };
        scalar.inputGrad(neuron, actsGrad, actsGradStart + done, acts, actsStart + done, target, targetStart + done, length - done, add);
    }

    /** Neurons made of exp, in blocks through {@link #scratch}. */
    private int activateBlocks(Neuron neuron, float[] x, int xStart, float[] y, int yStart, int length) {
        float[] s = scratch.get();
        for (int from = 0; from < length; from += BLOCK) {
            int n = Math.min(BLOCK, length - from);
            expOfInput(neuron, x, xStart + from, s, n);
            if (neuron.type() == Neuron.Type.LOGISTIC) {
                for (int i = 0; i < n; i++) {
                    s[i] = 1 / (1 + s[i]);
                }
            } else if (neuron.type() == Neuron.Type.SOFTRELU) {
                for (int i = 0; i < n; i++) {
                    s[i] = 1 + s[i];
                }
                VectorPortableMath.log(s, 0, s, 0, n);
                for (int i = 0; i < n; i++) {
                    s[i] = x[xStart + from + i] > 4 ? x[xStart + from + i] : s[i];
                }
            } else {
                tanhOfExp(s, n);
                for (int i = 0; i < n; i++) {
                    s[i] = neuron.type() == Neuron.Type.TANH ? neuron.a() * s[i] : Math.fma(-neuron.a(), s[i], x[xStart + from + i]);
                }
            }
            System.arraycopy(s, 0, y, yStart + from, n);
        }
        return length;
    }

    private int inputGradBlocks(Neuron neuron, float[] g, int gStart, float[] z, int zStart, float[] target, int targetStart, int length,
                                boolean add) {
        float[] s = scratch.get();
        for (int from = 0; from < length; from += BLOCK) {
            int n = Math.min(BLOCK, length - from);
            expOfInput(neuron, z, zStart + from, s, n);
            if (neuron.type() == Neuron.Type.SOFTRELU) {
                for (int i = 0; i < n; i++) {
                    s[i] = s[i] / (1 + s[i]);
                }
                for (int i = 0; i < n; i++) {
                    float gradient = z[zStart + from + i] > 4 ? g[gStart + from + i] : g[gStart + from + i] * s[i];
                    int t = targetStart + from + i;
                    target[t] = add ? gradient + target[t] : gradient;
                }
            } else {
                tanhOfExp(s, n);
                for (int i = 0; i < n; i++) {
                    float square = s[i] * s[i];
                    int t = targetStart + from + i;
                    target[t] = add ? Math.fma(g[gStart + from + i], square, target[t]) : g[gStart + from + i] * square;
                }
            }
        }
        return length;
    }

    /** s = exp(x * factor), the factor being that of the neuron's formula. */
    private static void expOfInput(Neuron neuron, float[] x, int xStart, float[] s, int n) {
        float factor = switch (neuron.type()) {
            case LOGISTIC -> -1;
            case TANH -> -2 * neuron.b();
            case DRELU -> -2 / neuron.a();
            default -> 1;
        };
        for (int i = 0; i < n; i++) {
            s[i] = x[xStart + i] * factor;
        }
        VectorPortableMath.exp(s, 0, s, 0, n);
    }

    private static void tanhOfExp(float[] s, int n) {
        for (int i = 0; i < n; i++) {
            s[i] = 2 / (1 + s[i]) - 1;
        }
    }

    private static int scale(float[] a, int aStart, float p, float[] target, int targetStart, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, a, aStart + i).mul(p).intoArray(target, targetStart + i);
        }
        return i;
    }

    private static int linear(float[] a, int aStart, float p, float q, float[] target, int targetStart, int length) {
        FloatVector slope = FloatVector.broadcast(SPECIES, p);
        FloatVector constant = FloatVector.broadcast(SPECIES, q);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, a, aStart + i).fma(slope, constant).intoArray(target, targetStart + i);
        }
        return i;
    }

    private static int weightedAdd(BinaryOperator operator, float[] a, int aStart, float[] b, int bStart,
                                   float[] target, int targetStart, int length) {
        FloatVector scaleA = FloatVector.broadcast(SPECIES, operator.scaleA());
        FloatVector scaleB = FloatVector.broadcast(SPECIES, operator.scaleB());
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector scaled = FloatVector.fromArray(SPECIES, b, bStart + i).mul(scaleB);
            FloatVector.fromArray(SPECIES, a, aStart + i).fma(scaleA, scaled).intoArray(target, targetStart + i);
        }
        return i;
    }

    private static int multiply(float[] a, int aStart, float[] b, int bStart, float[] target, int targetStart, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, a, aStart + i).mul(FloatVector.fromArray(SPECIES, b, bStart + i)).intoArray(target, targetStart + i);
        }
        return i;
    }

    private static int smallerThan(float[] a, int aStart, float p, float[] target, int targetStart, int length) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            zero.blend(1, FloatVector.fromArray(SPECIES, a, aStart + i).compare(LT, p)).intoArray(target, targetStart + i);
        }
        return i;
    }

    private static int biggerThan(float[] a, int aStart, float[] b, int bStart, float[] target, int targetStart, int length) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector y = FloatVector.fromArray(SPECIES, b, bStart + i);
            zero.blend(1, FloatVector.fromArray(SPECIES, a, aStart + i).compare(GT, y)).intoArray(target, targetStart + i);
        }
        return i;
    }

    private static int max(float[] a, int aStart, float[] b, int bStart, float[] target, int targetStart, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aStart + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bStart + i);
            y.blend(x, x.compare(GT, y)).intoArray(target, targetStart + i);
        }
        return i;
    }

    private static int relu(float[] x, int xStart, float[] y, int yStart, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector in = FloatVector.fromArray(SPECIES, x, xStart + i);
            in.blend(0, in.compare(LT, 0)).intoArray(y, yStart + i);
        }
        return i;
    }

    private static int reluGrad(float[] g, int gStart, float[] y, int yStart, float[] target, int targetStart, int length, boolean add) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector left = FloatVector.fromArray(SPECIES, g, gStart + i);
            FloatVector right = zero.blend(1, FloatVector.fromArray(SPECIES, y, yStart + i).compare(GT, 0));
            store(left, right, target, targetStart + i, add);
        }
        return i;
    }

    private static int logisticGrad(float[] g, int gStart, float[] y, int yStart, float[] target, int targetStart, int length, boolean add) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector out = FloatVector.fromArray(SPECIES, y, yStart + i);
            store(FloatVector.fromArray(SPECIES, g, gStart + i).mul(out), one.sub(out), target, targetStart + i, add);
        }
        return i;
    }

    private static int tanhGrad(Neuron neuron, float[] g, int gStart, float[] y, int yStart, float[] target, int targetStart, int length,
                                boolean add) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector a = FloatVector.broadcast(SPECIES, neuron.a());
        float minus4ab = -4 * neuron.a() * neuron.b();
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector t = one.sub(FloatVector.fromArray(SPECIES, y, yStart + i).div(a)).mul(0.5f);
            store(FloatVector.fromArray(SPECIES, g, gStart + i).mul(minus4ab), t.mul(t.sub(one)), target, targetStart + i, add);
        }
        return i;
    }

    private static void store(FloatVector left, FloatVector right, float[] target, int t, boolean add) {
        if (add) {
            left.fma(right, FloatVector.fromArray(SPECIES, target, t)).intoArray(target, t);
        } else {
            left.mul(right).intoArray(target, t);
        }
    }
}
