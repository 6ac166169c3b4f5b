package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.MatrixProduct;

final class CpuMatrixProduct implements MatrixProduct {
    private final CpuThreads threads;

    CpuMatrixProduct(CpuThreads threads) {
        this.threads = threads;
    }

    @Override
    public void addProduct(Matrix a, Matrix b, Matrix target, float scaleThis, float scaleAB) {
        throw new UnsupportedOperationException("addProduct");
    }
}
