package org.cudaconvnet.kernels.cpu;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Normalization;

final class CpuNormalization implements Normalization {
    private final CpuThreads threads;
    private final Set<Defect> defects;

    CpuNormalization(CpuThreads threads, Set<Defect> defects) {
        this.threads = threads;
        this.defects = defects;
    }

    @Override
    public void contrastNorm(Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target, int numFilters, int sizeX, float addScale, float powScale, float minDiv) {
        throw new UnsupportedOperationException("contrastNorm");
    }

    @Override
    public void contrastNormUndo(Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, int numFilters, int sizeX, float addScale, float powScale, float scaleTargets, float scaleOutput) {
        throw new UnsupportedOperationException("contrastNormUndo");
    }

    @Override
    public void contrastNormCrossMap(Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target, int numFilters, int sizeF, float addScale, float powScale, float minDiv, boolean blocked) {
        throw new UnsupportedOperationException("contrastNormCrossMap");
    }

    @Override
    public void contrastNormCrossMapUndo(Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, int numFilters, int sizeF, float addScale, float powScale, boolean blocked, float scaleTargets, float scaleOutput) {
        throw new UnsupportedOperationException("contrastNormCrossMapUndo");
    }

    @Override
    public void tica(Matrix images, Matrix target, int numFilters, int sizeX, float scaleTarget, float scaleOutput) {
        throw new UnsupportedOperationException("tica");
    }

    @Override
    public void ticaGrad(Matrix images, Matrix ticas, Matrix target, int numFilters, int sizeX, float scaleTarget, float scaleOutput) {
        throw new UnsupportedOperationException("ticaGrad");
    }

    @Override
    public void normalizeLocalWeights(Matrix weights, int numModules, float norm) {
        throw new UnsupportedOperationException("normalizeLocalWeights");
    }
}
