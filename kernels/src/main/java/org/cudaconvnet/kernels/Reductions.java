package org.cudaconvnet.kernels;

/**
 * Reductions in the trees of the 2012 kernels (spec: kernels-layer-and-matrix.md sections 4 and 5). The tree depends only on the
 * shape and the storage order.
 */
public interface Reductions {
    enum Aggregation { SUM, MAX, MIN }

    /** Axis 0 reduces over rows (target 1 x cols), axis 1 over columns (target rows x 1). */
    void aggregate(Aggregation aggregation, Matrix a, int axis, Matrix target);

    /**
     * target = scaleThis * target + scaleSum * sum; the target is not read if scaleThis is 0. Which product is rounded first
     * depends on the kernel (spec: kernels-layer-and-matrix.md section 4).
     */
    void addSum(Matrix a, int axis, Matrix target, float scaleThis, float scaleSum);

    /** Reduction of all elements, finished in memory order on the host. */
    float total(Aggregation aggregation, Matrix a);

    /** Sum of squares of all elements. */
    float norm2(Matrix a);
}
