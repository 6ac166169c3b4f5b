package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Elementwise;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Shapes;
import org.cudaconvnet.kernels.UnaryOperator;

/** Element-wise operations; the functions themselves are defined in {@link ScalarElementLoops}. */
final class CpuElementwise implements Elementwise {
    private final CpuThreads threads;
    private final Spans spans;
    private final ElementLoops loops;

    CpuElementwise(CpuThreads threads, ElementLoops loops) {
        this.threads = threads;
        this.spans = new Spans(threads);
        this.loops = loops;
    }

    @Override
    public void apply(UnaryOperator operator, Matrix a, Matrix target) {
        Shapes.requireSame(a, target);
        spans.unary(a, target, (v, i, t, j, n) -> loops.apply(operator, v, i, t, j, n));
    }

    @Override
    public void apply(BinaryOperator operator, Matrix a, Matrix b, Matrix target) {
        Shapes.requireSame(a, target);
        Shapes.requireSame(b, target);
        spans.binary(a, b, target, (v, i, w, k, t, j, n) -> loops.apply(operator, v, i, w, k, t, j, n));
    }

    @Override
    public void applyVector(BinaryOperator operator, Matrix a, Matrix vector, Matrix target) {
        Shapes.requireSame(a, target);
        boolean column = vector.rows() == target.rows() && vector.cols() == 1;
        boolean row = vector.rows() == 1 && vector.cols() == target.cols();
        if (!column && !row) {
            throw new IllegalArgumentException("vector of " + vector + " for a target of " + target + ": expected "
                    + target.rows() + " x 1 or 1 x " + target.cols());
        }
        spans.binary(a, vector, target, (v, i, w, k, t, j, n) -> loops.apply(operator, v, i, w, k, t, j, n));
    }

    @Override
    public void copy(Matrix source, Matrix target) {
        apply(UnaryOperator.of(UnaryOperator.Kind.IDENTITY), source, target);
    }

    @Override
    public void fill(Matrix target, float value) {
        spans.unary(target, target, (v, i, t, j, n) -> Arrays.fill(t, j, j + n, value));
    }

    @Override
    public void tile(Matrix a, Matrix target) {
        float[] source = CpuMemory.values(a);
        float[] values = CpuMemory.values(target);
        threads.forEach(target.rows(), 64, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < target.cols(); x++) {
                    values[CpuMemory.index(target, y, x)] = source[CpuMemory.index(a, y % a.rows(), x % a.cols())];
                }
            }
        });
    }
}
