package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Pooling;

final class CpuPooling implements Pooling {
    private final CpuLocalPool localPool;
    private final CpuLocalPoolUndo localPoolUndo;

    CpuPooling(CpuThreads threads) {
        localPool = new CpuLocalPool(threads);
        localPoolUndo = new CpuLocalPoolUndo(threads);
    }

    @Override
    public void localPool(Matrix images, Matrix target, int numFilters, int subsX, int startX, int strideX, int outputsX, Pooler pooler) {
        localPool.pool(images, target, numFilters, subsX, startX, strideX, outputsX, pooler);
    }

    @Override
    public void localRandomPool(Matrix images, Matrix uniforms, Matrix target, int numFilters, int subsX, int startX, int strideX,
                                int outputsX) {
        localPool.poolRandomly(images, uniforms, target, numFilters, subsX, startX, strideX, outputsX);
    }

    @Override
    public void localMaxUndo(Matrix images, Matrix maxGrads, Matrix maxActs, Matrix target, int subsX, int startX, int strideX,
                             int outputsX, float scaleTargets, float scaleOutput) {
        localPoolUndo.max(images, maxGrads, maxActs, target, subsX, startX, strideX, outputsX,
                ImageStore.readingUnlessPlain(scaleTargets, scaleOutput));
    }

    @Override
    public void localAvgUndo(Matrix avgGrads, Matrix target, int subsX, int startX, int strideX, int outputsX, int imgSize,
                             float scaleTargets, float scaleOutput) {
        localPoolUndo.avg(avgGrads, target, subsX, startX, strideX, outputsX, imgSize,
                ImageStore.readingUnlessPlain(scaleTargets, scaleOutput));
    }
}
