package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.MatrixProduct;

/** Products accumulated and scaled in binary64 and rounded once, for {@link org.cudaconvnet.kernels.Arithmetic#ROUNDED_2012}. */
final class RoundedMatrixProduct implements MatrixProduct {
    private final CpuThreads threads;

    RoundedMatrixProduct(CpuThreads threads) {
        this.threads = threads;
    }

    @Override
    public void addProduct(Matrix a, Matrix b, Matrix target, float scaleThis, float scaleAB) {
        if (a.cols() != b.rows() || a.rows() != target.rows() || b.cols() != target.cols()) {
            throw new IllegalArgumentException("product of " + a + " and " + b + " for a target of " + target);
        }
        float[] left = CpuMemory.values(a);
        float[] right = CpuMemory.values(b);
        float[] result = CpuMemory.values(target);
        threads.forEach(target.rows(), 1, (from, to) -> {
            for (int row = from; row < to; row++) {
                for (int col = 0; col < target.cols(); col++) {
                    double sum = 0;
                    for (int k = 0; k < a.cols(); k++) {
                        sum += (double) left[CpuMemory.index(a, row, k)] * right[CpuMemory.index(b, k, col)];
                    }
                    int index = CpuMemory.index(target, row, col);
                    double old = scaleThis == 0 ? 0 : (double) scaleThis * result[index];
                    result[index] = (float) (scaleAB * sum + old);
                }
            }
        });
    }
}
