package org.cudaconvnet.kernels;

/** The matrix product of fully connected layers. */
public interface MatrixProduct {
    /**
     * target = scaleThis * target + scaleAB * a b.
     *
     * <p>Order of arithmetic (ours; the original's library does not state one): one fma chain per output over the inner index
     * ascending from +0, {@code acc = fma(a(i, k), b(k, j), acc)}. Then {@code rn(scaleAB * acc)} if scaleThis is 0 (the target is not read),
     * else {@code fma(scaleThis, target, rn(scaleAB * acc))}. Any storage orders.
     */
    void addProduct(Matrix a, Matrix b, Matrix target, float scaleThis, float scaleAB);
}
