package org.cudaconvnet.kernels;

/** What stands for the steps of 2012 that no document pins down: approximate instructions and the library's matrix product. */
public enum Arithmetic {
    /** {@link PortableMath} and one binary32 fma chain per element of a product: the default. */
    PORTABLE,
    /**
     * What the golden data of 2012 hold (spec: golden-2012 README): the original's own compositions of exp2, log2 and division, each
     * computed in binary64 and rounded once; matrix products accumulated in binary64 and rounded once. With it whole training
     * runs reproduce the original bit for bit. It is slow and meant for that proof.
     */
    ROUNDED_2012
}
