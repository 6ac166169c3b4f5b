package org.cudaconvnet.kernels.gpu;

import static org.cudaconvnet.kernels.ImageMatrix.require;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.ImageMatrix;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Normalization;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** Normalisation, topographic ICA and the norm limit of local weights (norm.cu). */
final class GpuNormalization implements Normalization {
    private static final String MODULE = "norm";
    /** From this window size on, and with a multiple of 4 filters, 2012 chose the kernel whose add flag was inverted. */
    private static final int LARGE_WINDOW = 6;
    private static final int PRELIMS_THREADS = 128;

    private final Kernels kernels;
    private final Set<Defect> defects;

    GpuNormalization(Kernels kernels, Set<Defect> defects) {
        this.kernels = kernels;
        this.defects = defects;
    }

    @Override
    public void contrastNorm(Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target, int numFilters, int sizeX,
                             float addScale, float powScale, float minDiv) {
        ImageMatrix shape = sameMap(numFilters, sizeX, images, meanDiffs, denoms, target);
        if (!ImageGrid.isEmpty(shape)) {
            kernels.launch(MODULE, "kCNorm", ImageGrid.of(shape), images, meanDiffs, denoms, target, shape.size(), numFilters,
                    shape.numImages(), sizeX, addScale, powScale, minDiv);
        }
    }

    @Override
    public void contrastNormUndo(Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, int numFilters, int sizeX,
                                 float addScale, float powScale, float scaleTargets, float scaleOutput) {
        ImageMatrix shape = sameMap(numFilters, sizeX, outGrads, denoms, inputs, acts, target);
        if (ImageGrid.isEmpty(shape)) {
            return;
        }
        boolean reads = GpuPooling.readsTarget(scaleTargets, scaleOutput);
        boolean inverted = sizeX >= LARGE_WINDOW && numFilters % 4 == 0 && defects.contains(Defect.LARGE_NORM_UNDO_INVERTS_ADD);
        boolean plain = inverted && reads;
        prelims(outGrads, denoms, acts, addScale, powScale);
        kernels.launch(MODULE, "kRNormUndo", ImageGrid.of(shape), outGrads, denoms, inputs, acts, target, shape.size(), numFilters,
                shape.numImages(), sizeX, powScale, reads != inverted, plain ? 0f : scaleTargets, plain ? 1f : scaleOutput);
    }

    @Override
    public void contrastNormCrossMap(Matrix images, Matrix meanDiffs, Matrix denoms, Matrix target, int numFilters, int sizeF,
                                     float addScale, float powScale, float minDiv, boolean blocked) {
        ImageMatrix shape = crossMap(numFilters, sizeF, images, meanDiffs, denoms, target);
        if (!ImageGrid.isEmpty(shape)) {
            kernels.launch(MODULE, "kFCNorm", ImageGrid.of(shape), images, meanDiffs, denoms, target, shape.size(), numFilters,
                    shape.numImages(), sizeF, addScale, powScale, minDiv, blocked);
        }
    }

    @Override
    public void contrastNormCrossMapUndo(Matrix outGrads, Matrix denoms, Matrix inputs, Matrix acts, Matrix target, int numFilters,
                                         int sizeF, float addScale, float powScale, boolean blocked, float scaleTargets, float scaleOutput) {
        ImageMatrix shape = crossMap(numFilters, sizeF, outGrads, denoms, inputs, acts, target);
        if (ImageGrid.isEmpty(shape)) {
            return;
        }
        prelims(outGrads, denoms, acts, addScale, powScale);
        kernels.launch(MODULE, "kFRNormUndo", ImageGrid.of(shape), outGrads, denoms, inputs, acts, target, shape.size(), numFilters,
                shape.numImages(), sizeF, powScale, blocked, GpuPooling.readsTarget(scaleTargets, scaleOutput), scaleTargets, scaleOutput);
    }

    private void prelims(Matrix outGrads, Matrix denoms, Matrix acts, float addScale, float powScale) {
        kernels.launch(MODULE, "kRNormUndoPrelims", LaunchGeometry.covering(acts.size(), PRELIMS_THREADS), outGrads, denoms, acts,
                Math.toIntExact(acts.size()), -2 * addScale * powScale);
    }

    @Override
    public void tica(Matrix images, Matrix target, int numFilters, int sizeX, float scaleTarget, float scaleOutput) {
        ImageMatrix shape = sameMap(numFilters, sizeX, images, target);
        if (!ImageGrid.isEmpty(shape)) {
            kernels.launch(MODULE, "kTICA", ImageGrid.of(shape), images, target, shape.size(), numFilters, shape.numImages(), sizeX,
                    scaleTarget, scaleOutput);
        }
    }

    @Override
    public void ticaGrad(Matrix images, Matrix ticas, Matrix target, int numFilters, int sizeX, float scaleTarget, float scaleOutput) {
        ImageMatrix shape = sameMap(numFilters, sizeX, images, ticas, target);
        if (!ImageGrid.isEmpty(shape)) {
            kernels.launch(MODULE, "kTICAGrad", ImageGrid.of(shape), images, ticas, target, shape.size(), numFilters, shape.numImages(),
                    sizeX, scaleTarget, scaleOutput, defects.contains(Defect.TICA_GRADIENT_ADDS_SQRT),
                    defects.contains(Defect.TICA_GRADIENT_KEEPS_WINDOW));
        }
    }

    @Override
    public void normalizeLocalWeights(Matrix weights, int numModules, float norm) {
        require(numModules > 0 && weights.rows() % Math.max(1, numModules) == 0, "numModules", numModules,
                "a divisor of the rows of weights, " + weights);
        if (weights.isTransposed() || !weights.isContiguous()) {
            throw new IllegalArgumentException("weights: " + weights + ": expected contiguous, row-major");
        }
        if (weights.size() > 0) {
            LaunchGeometry geometry = LaunchGeometry.of(Kernels.ceilDiv(weights.cols(), 32), Kernels.ceilDiv(numModules, 4), 32, 4);
            kernels.launch(MODULE, "kNormalizeLCWeights", geometry, weights, weights.rows() / numModules, weights.cols(), numModules, norm);
        }
    }

    private static ImageMatrix sameMap(int numFilters, int sizeX, Matrix first, Matrix... others) {
        require(sizeX > 0, "sizeX", sizeX, "at least 1");
        return alike(numFilters, first, others);
    }

    private static ImageMatrix crossMap(int numFilters, int sizeF, Matrix first, Matrix... others) {
        require(sizeF > 0 && sizeF <= numFilters, "sizeF", sizeF, "1 to numFilters = " + numFilters);
        return alike(numFilters, first, others);
    }

    private static ImageMatrix alike(int numFilters, Matrix first, Matrix... others) {
        ImageMatrix shape = ImageMatrix.of("images", first, numFilters).contiguous("images");
        for (Matrix other : others) {
            shape.another("operand", other);
        }
        return shape;
    }
}
