package org.cudaconvnet.kernels;

/**
 * A known defect of the 2012 kernels that can be reproduced. A {@link Backend} is opened with the set of those it shall
 * reproduce; with the empty set every operation does what its name says.
 */
public enum Defect {
    /** A sum along rows of length 1 copies the source and ignores both scales (spec: nvmatrix-ops.md section 4). */
    SINGLE_COLUMN_SUM_COPIES,
    /** The soft-ReLU gradient is evaluated at the neuron's output instead of its input (spec: neurons.md). */
    SOFTRELU_GRADIENT_FROM_OUTPUT,
    /** Same-map norm undo with size at least 6 has its add flag inverted (spec: kernels-pool-norm.md section 6). */
    LARGE_NORM_UNDO_INVERTS_ADD,
    /** The adding form of the TICA gradient takes a square root of the sum (spec: kernels-pool-norm.md section 9). */
    TICA_GRADIENT_ADDS_SQRT,
    /** The TICA gradient of a window of even size sums over the forward window instead of its mirror image (same section). */
    TICA_GRADIENT_KEEPS_WINDOW,
    /** The gradient of the element-wise cross-entropy adds its two quotients instead of subtracting (spec: layers.md section 12). */
    CROSS_ENTROPY_GRADIENT_ADDS
}
