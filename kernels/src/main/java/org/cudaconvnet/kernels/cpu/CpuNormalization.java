package org.cudaconvnet.kernels.cpu;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Normalization;

final class CpuNormalization implements Normalization {
    /** From this window size on, and with a multiple of 4 filters, 2012 chose the kernel whose add flag was inverted. */
    private static final int LARGE_WINDOW = 6;

    private final ElementLoops loops;
    private final Set<Defect> defects;
    private final CpuSameMapNorm sameMap;
    private final CpuCrossMapNorm crossMap;
    private final CpuTica tica;
    private final CpuLocalWeightNorm localWeights;

    CpuNormalization(CpuThreads threads, ElementLoops loops, Set<Defect> defects) {
        this.loops = loops;
        this.defects = defects;
        sameMap = new CpuSameMapNorm(threads);
        crossMap = new CpuCrossMapNorm(threads);
        tica = new CpuTica(threads);
        localWeights = new CpuLocalWeightNorm(threads);
    }

    @Override
    public void contrastNorm(Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target, int numFilters, int sizeX,
                             float addScale, float powScale, float minDiv) {
        sameMap.norm(images, meanDiffs, denoms, target, numFilters, MapWindow.forward(sizeX), new NormRows(addScale, powScale, loops), minDiv);
    }

    @Override
    public void contrastNormUndo(Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, int numFilters, int sizeX,
                                 float addScale, float powScale, float scaleTargets, float scaleOutput) {
        ImageStore store = ImageStore.readingUnlessPlain(scaleTargets, scaleOutput);
        if (sizeX >= LARGE_WINDOW && numFilters % 4 == 0 && defects.contains(Defect.LARGE_NORM_UNDO_INVERTS_ADD)) {
            store = store.readsTarget() ? ImageStore.PLAIN : new ImageStore(true, scaleTargets, scaleOutput);
        }
        sameMap.undo(outGrads, denoms, inputs, acts, target, numFilters, MapWindow.forward(sizeX).mirrored(),
                new NormRows(addScale, powScale, loops), store);
    }

    @Override
    public void contrastNormCrossMap(Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target, int numFilters, int sizeF,
                                     float addScale, float powScale, float minDiv, boolean blocked) {
        crossMap.norm(images, meanDiffs, denoms, target, ChannelWindows.forward(numFilters, sizeF, blocked),
                new NormRows(addScale, powScale, loops), minDiv);
    }

    @Override
    public void contrastNormCrossMapUndo(Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, int numFilters,
                                         int sizeF, float addScale, float powScale, boolean blocked, float scaleTargets, float scaleOutput) {
        crossMap.undo(outGrads, denoms, inputs, acts, target, ChannelWindows.forward(numFilters, sizeF, blocked).mirrored(),
                new NormRows(addScale, powScale, loops), ImageStore.readingUnlessPlain(scaleTargets, scaleOutput));
    }

    @Override
    public void tica(Matrix images, Matrix target, int numFilters, int sizeX, float scaleTarget, float scaleOutput) {
        tica.tica(images, target, numFilters, MapWindow.forward(sizeX), ImageStore.readingUnlessZero(scaleTarget, scaleOutput));
    }

    @Override
    public void ticaGrad(Matrix images, Matrix ticas, Matrix target, int numFilters, int sizeX, float scaleTarget, float scaleOutput) {
        MapWindow forward = MapWindow.forward(sizeX);
        tica.ticaGrad(images, ticas, target, numFilters,
                defects.contains(Defect.TICA_GRADIENT_KEEPS_WINDOW) ? forward : forward.mirrored(), scaleTarget, scaleOutput,
                defects.contains(Defect.TICA_GRADIENT_ADDS_SQRT));
    }

    @Override
    public void normalizeLocalWeights(Matrix weights, int numModules, float norm) {
        localWeights.normalize(weights, numModules, norm);
    }
}
