package org.cudaconvnet.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_NAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Whole vectors first, the rest by {@link ScalarImageRows}. */
final class VectorImageRows implements ImageRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final ImageRows rest = new ScalarImageRows();

    private static FloatVector load(float[] array, int at) {
        return FloatVector.fromArray(SPECIES, array, at);
    }

    @Override
    public void max(float[] values, int from, float[] acc, int to, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector value = load(values, from + i);
            FloatVector old = load(acc, to + i);
            old.max(value).blend(old, value.test(IS_NAN)).intoArray(acc, to + i);
        }
        rest.max(values, from + i, acc, to + i, n - i);
    }

    @Override
    public void maxAbs(float[] values, int from, float[] acc, int to, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector value = load(values, from + i);
            FloatVector old = load(acc, to + i);
            value.blend(old, old.abs().compare(GT, value.abs())).intoArray(acc, to + i);
        }
        rest.maxAbs(values, from + i, acc, to + i, n - i);
    }

    @Override
    public void add(float[] values, int from, float[] acc, int to, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            load(acc, to + i).add(load(values, from + i)).intoArray(acc, to + i);
        }
        rest.add(values, from + i, acc, to + i, n - i);
    }

    @Override
    public void addSquares(float[] values, int from, float[] acc, int to, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector value = load(values, from + i);
            value.fma(value, load(acc, to + i)).intoArray(acc, to + i);
        }
        rest.addSquares(values, from + i, acc, to + i, n - i);
    }

    @Override
    public void addScaled(float factor, float[] values, int from, float[] acc, int to, int n) {
        FloatVector factors = FloatVector.broadcast(SPECIES, factor);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            factors.fma(load(values, from + i), load(acc, to + i)).intoArray(acc, to + i);
        }
        rest.addScaled(factor, values, from + i, acc, to + i, n - i);
    }

    @Override
    public void addWhereEqual(float[] pixels, int pixel, float[] maxima, int maximum, float[] grads, int grad, float[] acc, int to, int n) {
        FloatVector zeros = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector share = zeros.blend(1f, load(pixels, pixel + i).compare(EQ, load(maxima, maximum + i)));
            load(grads, grad + i).fma(share, load(acc, to + i)).intoArray(acc, to + i);
        }
        rest.addWhereEqual(pixels, pixel + i, maxima, maximum + i, grads, grad + i, acc, to + i, n - i);
    }

    @Override
    public void divide(float[] values, int from, float divisor, float[] target, int to, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            load(values, from + i).div(divisor).intoArray(target, to + i);
        }
        rest.divide(values, from + i, divisor, target, to + i, n - i);
    }

    @Override
    public void scale(float factor, float[] values, int from, float[] target, int to, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            load(values, from + i).mul(factor).intoArray(target, to + i);
        }
        rest.scale(factor, values, from + i, target, to + i, n - i);
    }

    @Override
    public void addToScaled(float scaleTarget, float factor, float[] values, int from, float[] target, int to, int n) {
        FloatVector scale = FloatVector.broadcast(SPECIES, scaleTarget);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            load(target, to + i).fma(scale, load(values, from + i).mul(factor)).intoArray(target, to + i);
        }
        rest.addToScaled(scaleTarget, factor, values, from + i, target, to + i, n - i);
    }

    @Override
    public void affine(float[] values, int from, float factor, float summand, float[] target, int to, int n) {
        FloatVector factors = FloatVector.broadcast(SPECIES, factor);
        FloatVector summands = FloatVector.broadcast(SPECIES, summand);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            load(values, from + i).fma(factors, summands).intoArray(target, to + i);
        }
        rest.affine(values, from + i, factor, summand, target, to + i, n - i);
    }

    @Override
    public void multiply(float[] a, int fromA, float[] b, int fromB, float[] target, int to, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            load(a, fromA + i).mul(load(b, fromB + i)).intoArray(target, to + i);
        }
        rest.multiply(a, fromA + i, b, fromB + i, target, to + i, n - i);
    }

    @Override
    public void normUndoPrelims(float k, float[] grads, int grad, float[] denoms, int denom, float[] acts, int act, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            load(grads, grad + i).mul(k).mul(load(acts, act + i)).div(load(denoms, denom + i)).intoArray(acts, act + i);
        }
        rest.normUndoPrelims(k, grads, grad + i, denoms, denom + i, acts, act + i, n - i);
    }

    @Override
    public void normUndoCombine(float[] inputs, int input, float[] grads, int grad, float[] powers, int power, float[] acc, int to, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector direct = load(grads, grad + i).mul(load(powers, power + i));
            load(inputs, input + i).fma(load(acc, to + i), direct).intoArray(acc, to + i);
        }
        rest.normUndoCombine(inputs, input + i, grads, grad + i, powers, power + i, acc, to + i, n - i);
    }
}
