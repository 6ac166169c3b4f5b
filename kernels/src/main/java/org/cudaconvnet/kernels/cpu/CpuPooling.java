package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Pooling;

final class CpuPooling implements Pooling {
    private final CpuThreads threads;

    CpuPooling(CpuThreads threads) {
        this.threads = threads;
    }

    @Override
    public void localPool(Matrix images, Matrix target, int numFilters, int subsX, int startX, int strideX, int outputsX, Pooler pooler) {
        throw new UnsupportedOperationException("localPool");
    }

    @Override
    public void localMaxUndo(Matrix images, Matrix maxGrads, Matrix maxActs, Matrix target, int subsX, int startX, int strideX, int outputsX, float scaleTargets, float scaleOutput) {
        throw new UnsupportedOperationException("localMaxUndo");
    }

    @Override
    public void localAvgUndo(Matrix avgGrads, Matrix target, int subsX, int startX, int strideX, int outputsX, int imgSize, float scaleTargets, float scaleOutput) {
        throw new UnsupportedOperationException("localAvgUndo");
    }
}
