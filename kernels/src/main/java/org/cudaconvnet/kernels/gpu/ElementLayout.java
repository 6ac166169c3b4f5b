package org.cudaconvnet.kernels.gpu;

import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/**
 * How element-wise kernels see their matrices: in the storage order of the target, whose rows are {@code height} times
 * {@code width} contiguous elements. Without any gaps all of it is one row.
 */
record ElementLayout(Matrix target, int height, int width, int targetStep) {
    private static final int MAX_GRID = 65535;
    private static final int BLOCK_WIDTH = 32;
    private static final int BLOCK_HEIGHT = 8;

    static ElementLayout of(Matrix target, Matrix... operands) {
        boolean flat = target.isContiguous() && target.size() <= Integer.MAX_VALUE;
        for (Matrix operand : operands) {
            flat &= operand.isContiguous() && operand.sameShape(target) && operand.isTransposed() == target.isTransposed();
        }
        return flat ? new ElementLayout(target, 1, (int) target.size(), (int) target.size())
                : new ElementLayout(target, target.followingDim(), target.leadingDim(), target.stride());
    }

    boolean isEmpty() {
        return height == 0 || width == 0;
    }

    /** Elements from one of the target's stored rows to the next; 0 for an operand that is repeated along them. */
    int rowStep(Matrix operand) {
        return target.isTransposed() ? stepAlongColumns(operand) : stepAlongRows(operand);
    }

    /** Elements between neighbours of the target; 0 for an operand that is repeated there. */
    int colStep(Matrix operand) {
        return target.isTransposed() ? stepAlongRows(operand) : stepAlongColumns(operand);
    }

    private int stepAlongRows(Matrix operand) {
        boolean repeated = operand.rows() == 1 && target.rows() != 1;
        return repeated ? 0 : operand.isTransposed() ? 1 : operand.stride();
    }

    private int stepAlongColumns(Matrix operand) {
        boolean repeated = operand.cols() == 1 && target.cols() != 1;
        return repeated ? 0 : operand.isTransposed() ? operand.stride() : 1;
    }

    /** Of every kernel whose threads stride over the elements (elementwise.cu). */
    LaunchGeometry geometry() {
        return height == 1 ? row(width) : block(height, width);
    }

    private static LaunchGeometry row(int width) {
        int threads = BLOCK_WIDTH * BLOCK_HEIGHT;
        return LaunchGeometry.of(Math.min(MAX_GRID, Kernels.ceilDiv(width, threads)), 1, threads, 1);
    }

    /** Blocks of 32 x 8 over rows of {@code width} elements. */
    static LaunchGeometry block(int height, int width) {
        return LaunchGeometry.of(Math.min(MAX_GRID, Kernels.ceilDiv(width, BLOCK_WIDTH)),
                Math.min(MAX_GRID, Kernels.ceilDiv(height, BLOCK_HEIGHT)), BLOCK_WIDTH, BLOCK_HEIGHT);
    }
}
