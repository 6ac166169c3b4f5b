package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Shapes;
import org.cudaconvnet.kernels.WeightUpdates;

/** The update rule as three element-wise steps on pieces that stay in the cache. */
final class CpuWeightUpdates implements WeightUpdates {
    private final Spans spans;
    private final ElementLoops loops;

    CpuWeightUpdates(CpuThreads threads, ElementLoops loops) {
        this.spans = new Spans(threads);
        this.loops = loops;
    }

    @Override
    public void update(Matrix weights, Matrix inc, Matrix gradient, float momentum, float rate, float decay) {
        Shapes.requireSame(inc, weights);
        requireOrderOf(weights, inc);
        if (gradient == null) {
            spans.unary(inc, weights, (m, i, w, j, n) -> step(m, i, null, 0, w, j, n, momentum, rate, decay));
        } else {
            Shapes.requireSame(gradient, weights);
            spans.binary(inc, gradient, weights, (m, i, g, k, w, j, n) -> step(m, i, g, k, w, j, n, momentum, rate, decay));
        }
    }

    private void step(float[] inc, int i, float[] gradient, int k, float[] weights, int j, int length, float momentum, float rate, float decay) {
        if (gradient != null) {
            loops.apply(BinaryOperator.weightedAdd(momentum, rate), inc, i, gradient, k, inc, i, length);
        }
        if (decay != 0) {
            loops.apply(BinaryOperator.weightedAdd(1, decay), inc, i, weights, j, inc, i, length);
        }
        loops.apply(BinaryOperator.weightedAdd(1, 1), weights, j, inc, i, weights, j, length);
    }

    @Override
    public void lengthFactors(Matrix sumsOfSquares, float divisor, float min, float max) {
        Shapes.requireContiguous(sumsOfSquares);
        float[] values = CpuMemory.values(sumsOfSquares);
        int offset = (int) sumsOfSquares.offset();
        for (int i = offset; i < offset + sumsOfSquares.size(); i++) {
            float length = (float) Math.sqrt(values[i]) / divisor;
            float limit = length < min ? min : length > max ? max : length;
            values[i] = length == 0 || Float.isNaN(length) ? 1 : limit / length;
        }
    }

    /** inc is written too, so it cannot be gathered into a buffer as an operand of the other order is. */
    private static void requireOrderOf(Matrix weights, Matrix inc) {
        if (weights.isTransposed() != inc.isTransposed()) {
            throw new IllegalArgumentException("increments of " + inc + ": expected the storage order of " + weights);
        }
    }
}
