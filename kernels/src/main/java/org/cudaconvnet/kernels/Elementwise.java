package org.cudaconvnet.kernels;

/**
 * Element-wise operations (spec: nvmatrix-ops.md section 2, kernels-layer-and-matrix.md section 2). Operands may have any
 * storage order; shapes are logical. A target may be the same view as an operand, not an overlapping other one.
 */
public interface Elementwise {
    void apply(UnaryOperator operator, Matrix a, Matrix target);

    void apply(BinaryOperator operator, Matrix a, Matrix b, Matrix target);

    /** The vector, rows x 1 or 1 x cols, is repeated along the other dimension as operand b. */
    void applyVector(BinaryOperator operator, Matrix a, Matrix vector, Matrix target);

    /** target = source, element by element; the storage orders may differ. Transposes by way of {@link Matrix#transposedView()}. */
    void copy(Matrix source, Matrix target);

    void fill(Matrix target, float value);

    /** target(y, x) = a(y mod a.rows, x mod a.cols). */
    void tile(Matrix a, Matrix target);
}
