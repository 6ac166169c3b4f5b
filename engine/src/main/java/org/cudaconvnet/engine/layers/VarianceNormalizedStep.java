package org.cudaconvnet.engine.layers;

import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.BinaryOperator.Kind;
import org.cudaconvnet.kernels.Elementwise;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;

/**
 * The increments of layers with superEps: gradients over their standard deviation, from running means A of gradients and B of their squares
 * (spec: weight-update.md section 4). A = mom A + (1 - mom) G; B = mom B + (1 - mom) G G; inc = 0.9 inc + rate G / sqrt(B - A A + superEps),
 * each step a binary32 operation.
 */
final class VarianceNormalizedStep implements AutoCloseable {
    /** In place of the momentum, as in the original. */
    private static final float INC_FACTOR = 0.9f;

    private final Elementwise elementwise;
    private final Matrix mean;
    private final Matrix squares;
    private final Matrix scratch;
    private final float superEps;
    private final boolean subtractsMean;

    /**
     * @param like          the weights
     * @param subtractsMean B - A + superEps, without the square, as the original has it; not a number where B + superEps is less than A
     */
    VarianceNormalizedStep(Backend backend, Matrix like, float superEps, boolean subtractsMean) {
        this.elementwise = backend.elementwise();
        this.mean = backend.allocate(like.rows(), like.cols(), like.isTransposed());
        this.squares = backend.allocate(like.rows(), like.cols(), like.isTransposed());
        this.scratch = backend.allocate(like.rows(), like.cols(), like.isTransposed());
        this.superEps = superEps;
        this.subtractsMean = subtractsMean;
        elementwise.fill(mean, 0);
        elementwise.fill(squares, 0);
    }

    void addTo(Matrix inc, Matrix grad, float mom, float rate) {
        BinaryOperator running = BinaryOperator.weightedAdd(mom, 1 - mom);
        elementwise.apply(running, mean, grad, mean);
        elementwise.apply(UnaryOperator.of(UnaryOperator.Kind.SQUARE), grad, scratch);
        elementwise.apply(running, squares, scratch, squares);
        if (subtractsMean) {
            elementwise.apply(BinaryOperator.weightedAdd(1, -1), squares, mean, scratch);
        } else {
            elementwise.apply(UnaryOperator.of(UnaryOperator.Kind.SQUARE), mean, scratch);
            elementwise.apply(BinaryOperator.weightedAdd(1, -1), squares, scratch, scratch);
            elementwise.apply(UnaryOperator.of(UnaryOperator.Kind.MAX_WITH, 0), scratch, scratch);
        }
        elementwise.apply(new UnaryOperator(UnaryOperator.Kind.LINEAR, 1, superEps), scratch, scratch);
        elementwise.apply(UnaryOperator.of(UnaryOperator.Kind.SQRT), scratch, scratch);
        elementwise.apply(BinaryOperator.of(Kind.DIVIDE), grad, scratch, scratch);
        elementwise.apply(BinaryOperator.weightedAdd(INC_FACTOR, rate), inc, scratch, inc);
    }

    Matrix mean() {
        return mean;
    }

    Matrix squares() {
        return squares;
    }

    @Override
    public void close() {
        mean.memory().close();
        squares.memory().close();
        scratch.memory().close();
    }
}
