package org.cudaconvnet.kernels.cpu;

/** Plain loops; also the definition of what {@link VectorImageRows} must return. */
final class ScalarImageRows implements ImageRows {
    @Override
    public void max(float[] values, int from, float[] acc, int to, int n) {
        for (int i = 0; i < n; i++) {
            float value = values[from + i];
            acc[to + i] = Float.isNaN(value) ? acc[to + i] : Math.max(acc[to + i], value);
        }
    }

    @Override
    public void maxAbs(float[] values, int from, float[] acc, int to, int n) {
        for (int i = 0; i < n; i++) {
            acc[to + i] = Math.abs(acc[to + i]) > Math.abs(values[from + i]) ? acc[to + i] : values[from + i];
        }
    }

    @Override
    public void add(float[] values, int from, float[] acc, int to, int n) {
        for (int i = 0; i < n; i++) {
            acc[to + i] += values[from + i];
        }
    }

    @Override
    public void addSquares(float[] values, int from, float[] acc, int to, int n) {
        for (int i = 0; i < n; i++) {
            acc[to + i] = Math.fma(values[from + i], values[from + i], acc[to + i]);
        }
    }

    @Override
    public void addScaled(float factor, float[] values, int from, float[] acc, int to, int n) {
        for (int i = 0; i < n; i++) {
            acc[to + i] = Math.fma(factor, values[from + i], acc[to + i]);
        }
    }

    @Override
    public void addWhereEqual(float[] pixels, int pixel, float[] maxima, int maximum, float[] grads, int grad, float[] acc, int to, int n) {
        for (int i = 0; i < n; i++) {
            acc[to + i] = Math.fma(grads[grad + i], pixels[pixel + i] == maxima[maximum + i] ? 1f : 0f, acc[to + i]);
        }
    }

    @Override
    public void divide(float[] values, int from, float divisor, float[] target, int to, int n) {
        for (int i = 0; i < n; i++) {
            target[to + i] = values[from + i] / divisor;
        }
    }

    @Override
    public void scale(float factor, float[] values, int from, float[] target, int to, int n) {
        for (int i = 0; i < n; i++) {
            target[to + i] = factor * values[from + i];
        }
    }

    @Override
    public void addToScaled(float scaleTarget, float factor, float[] values, int from, float[] target, int to, int n) {
        for (int i = 0; i < n; i++) {
            target[to + i] = Math.fma(target[to + i], scaleTarget, factor * values[from + i]);
        }
    }

    @Override
    public void affine(float[] values, int from, float factor, float summand, float[] target, int to, int n) {
        for (int i = 0; i < n; i++) {
            target[to + i] = Math.fma(values[from + i], factor, summand);
        }
    }

    @Override
    public void multiply(float[] a, int fromA, float[] b, int fromB, float[] target, int to, int n) {
        for (int i = 0; i < n; i++) {
            target[to + i] = a[fromA + i] * b[fromB + i];
        }
    }

    @Override
    public void normUndoPrelims(float k, float[] grads, int grad, float[] denoms, int denom, float[] acts, int act, int n) {
        for (int i = 0; i < n; i++) {
            acts[act + i] = k * grads[grad + i] * acts[act + i] / denoms[denom + i];
        }
    }

    @Override
    public void normUndoCombine(float[] inputs, int input, float[] grads, int grad, float[] powers, int power, float[] acc, int to, int n) {
        for (int i = 0; i < n; i++) {
            acc[to + i] = Math.fma(inputs[input + i], acc[to + i], grads[grad + i] * powers[power + i]);
        }
    }
}
