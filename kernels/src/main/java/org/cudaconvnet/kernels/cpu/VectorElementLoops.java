package org.cudaconvnet.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.UnaryOperator;
import org.cudaconvnet.kernels.VectorPortableMath;

/**
 * {@link ScalarElementLoops} in vector lanes, which also does the elements that fill no vector.
 *
 * <p>Every case stores its own result: vectors that meet after a switch would be boxed.
 */
final class VectorElementLoops implements ElementLoops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final ScalarElementLoops scalar = new ScalarElementLoops();

    @Override
    public void apply(UnaryOperator operator, float[] a, int aStart, float[] target, int targetStart, int length) {
        float p = operator.p();
        float q = operator.q();
        if (operator.kind() == UnaryOperator.Kind.POW) {
            VectorPortableMath.pow(a, aStart, p, target, targetStart, length);
            return;
        }
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aStart + i);
            int t = targetStart + i;
            switch (operator.kind()) {
                case IDENTITY -> x.intoArray(target, t);
                case EXP -> VectorPortableMath.exp(x).intoArray(target, t);
                case LOG -> VectorPortableMath.log(x).intoArray(target, t);
                case LOGISTIC -> logistic(x).intoArray(target, t);
                case SQUARE -> x.mul(x).intoArray(target, t);
                case SQRT -> x.sqrt().intoArray(target, t);
                case RECIPROCAL -> all(1).div(x).intoArray(target, t);
                case ABS -> x.neg().blend(x, x.compare(GT, 0)).intoArray(target, t);
                case SIGN -> oneIf(x.compare(GT, 0)).sub(oneIf(x.compare(LT, 0))).intoArray(target, t);
                case SCALE -> x.mul(p).intoArray(target, t);
                case LINEAR -> x.fma(all(p), all(q)).intoArray(target, t);
                case SMALLER_THAN -> oneIf(x.compare(LT, p)).intoArray(target, t);
                case BIGGER_THAN -> oneIf(x.compare(GT, p)).intoArray(target, t);
                case IN_RANGE_INC -> oneIf(x.compare(GE, p).and(x.compare(LE, q))).intoArray(target, t);
                case IN_RANGE_EXC -> oneIf(x.compare(GT, p).and(x.compare(LT, q))).intoArray(target, t);
                case MIN_WITH -> x.blend(p, x.compare(GT, p)).intoArray(target, t);
                case MAX_WITH -> all(p).blend(x, x.compare(GT, p)).intoArray(target, t);
                case POW -> throw new AssertionError("done above");
            }
        }
        scalar.apply(operator, a, aStart + i, target, targetStart + i, length - i);
    }

    @Override
    public void apply(BinaryOperator operator, float[] a, int aStart, float[] b, int bStart, float[] target, int targetStart, int length) {
        boolean readsA = operator.kind() != BinaryOperator.Kind.WEIGHTED_ADD || operator.scaleA() != 0;
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector y = FloatVector.fromArray(SPECIES, b, bStart + i);
            int t = targetStart + i;
            if (!readsA) {
                y.mul(operator.scaleB()).intoArray(target, t);
                continue;
            }
            FloatVector x = FloatVector.fromArray(SPECIES, a, aStart + i);
            switch (operator.kind()) {
                case WEIGHTED_ADD -> x.fma(all(operator.scaleA()), y.mul(operator.scaleB())).intoArray(target, t);
                case MULTIPLY -> x.mul(y).intoArray(target, t);
                case DIVIDE -> x.div(y).intoArray(target, t);
                case SQUARED_DIFF -> {
                    FloatVector d = x.sub(y);
                    d.mul(d).intoArray(target, t);
                }
                case EQUALS -> oneIf(x.compare(EQ, y)).intoArray(target, t);
                case BIGGER_THAN -> oneIf(x.compare(GT, y)).intoArray(target, t);
                case MAX -> y.blend(x, x.compare(GT, y)).intoArray(target, t);
            }
        }
        scalar.apply(operator, a, aStart + i, b, bStart + i, target, targetStart + i, length - i);
    }

    @Override
    public void activate(Neuron neuron, float[] inputs, int inputsStart, float[] outputs, int outputsStart, int length) {
        float a = neuron.a();
        float b = neuron.b();
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, inputs, inputsStart + i);
            int t = outputsStart + i;
            switch (neuron.type()) {
                case IDENT -> x.intoArray(outputs, t);
                case LOGISTIC -> logistic(x).intoArray(outputs, t);
                case ABS -> x.neg().blend(x, x.compare(GT, 0)).intoArray(outputs, t);
                case RELU -> x.blend(0, x.compare(LT, 0)).intoArray(outputs, t);
                case SOFTRELU -> VectorPortableMath.log(VectorPortableMath.exp(x).add(1)).blend(x, x.compare(GT, 4)).intoArray(outputs, t);
                case SQUARE -> x.mul(x).intoArray(outputs, t);
                case SQRT -> x.sqrt().intoArray(outputs, t);
                case TANH -> tanh(x.mul(-2 * b)).mul(a).intoArray(outputs, t);
                case BRELU -> x.blend(a, x.compare(GT, a)).blend(0, x.compare(LT, 0)).intoArray(outputs, t);
                case LINEAR -> x.fma(all(a), all(b)).intoArray(outputs, t);
                case DRELU -> tanh(x.mul(-2 / a)).fma(all(-a), x).intoArray(outputs, t);
                case NRELU -> throw CpuNeurons.noiseMissing();
            }
        }
        scalar.activate(neuron, inputs, inputsStart + i, outputs, outputsStart + i, length - i);
    }

    @Override
    public void inputGrad(Neuron neuron, float[] actsGrad, int actsGradStart, float[] acts, int actsStart,
                          float[] target, int targetStart, int length, boolean add) {
        float a = neuron.a();
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector g = FloatVector.fromArray(SPECIES, actsGrad, actsGradStart + i);
            FloatVector z = FloatVector.fromArray(SPECIES, acts, actsStart + i);
            int t = targetStart + i;
            switch (neuron.type()) {
                case IDENT -> store(g, all(1), target, t, add);
                case LOGISTIC -> store(g.mul(z), all(1).sub(z), target, t, add);
                case ABS -> store(g, all(-1).blend(1, z.compare(GT, 0)), target, t, add);
                case RELU, NRELU -> store(g, oneIf(z.compare(GT, 0)), target, t, add);
                case SOFTRELU -> {
                    FloatVector f = VectorPortableMath.exp(z);
                    store(g.mul(f.div(f.add(1)).blend(1, z.compare(GT, 4))), all(1), target, t, add);
                }
                case SQUARE -> store(g.mul(2), z, target, t, add);
                case SQRT -> store(g.div(z.mul(2)), all(1), target, t, add);
                case TANH -> {
                    FloatVector s = all(1).sub(z.div(a)).mul(0.5f);
                    store(g.mul(-4 * a * neuron.b()), s.mul(s.sub(1)), target, t, add);
                }
                case BRELU -> store(g.mul(oneIf(z.compare(GT, 0))), oneIf(z.compare(LT, a)), target, t, add);
                case LINEAR -> store(g, all(a), target, t, add);
                case DRELU -> {
                    FloatVector s = tanh(z.mul(-2 / a));
                    store(g, s.mul(s), target, t, add);
                }
            }
        }
        scalar.inputGrad(neuron, actsGrad, actsGradStart + i, acts, actsStart + i, target, targetStart + i, length - i, add);
    }

    private static void store(FloatVector left, FloatVector right, float[] target, int t, boolean add) {
        if (add) {
            left.fma(right, FloatVector.fromArray(SPECIES, target, t)).intoArray(target, t);
        } else {
            left.mul(right).intoArray(target, t);
        }
    }

    private static FloatVector logistic(FloatVector x) {
        return all(1).div(VectorPortableMath.exp(x.neg()).add(1));
    }

    private static FloatVector tanh(FloatVector x) {
        return all(2).div(VectorPortableMath.exp(x).add(1)).sub(1);
    }

    private static FloatVector oneIf(VectorMask<Float> mask) {
        return all(0).blend(1, mask);
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
