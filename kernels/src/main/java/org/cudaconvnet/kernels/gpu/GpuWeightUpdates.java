package org.cudaconvnet.kernels.gpu;

import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Shapes;
import org.cudaconvnet.kernels.WeightUpdates;

/** The update rule in one pass (weight_updates.cu). */
final class GpuWeightUpdates implements WeightUpdates {
    private final Kernels kernels;

    GpuWeightUpdates(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public void update(Matrix weights, Matrix inc, Matrix gradient, float momentum, float rate, float decay) {
        Shapes.requireSame(inc, weights);
        if (weights.isTransposed() != inc.isTransposed()) {
            throw new IllegalArgumentException("increments of " + inc + ": expected the storage order of " + weights);
        }
        if (gradient != null) {
            Shapes.requireSame(gradient, weights);
        }
        ElementLayout layout = gradient == null ? ElementLayout.of(weights, inc) : ElementLayout.of(weights, inc, gradient);
        if (!layout.isEmpty()) {
            kernels.launch("weight_updates", "kUpdateWeights", layout.geometry(), weights, inc, gradient, layout.height(), layout.width(),
                    layout.targetStep(), layout.rowStep(inc), gradient == null ? 0 : layout.rowStep(gradient),
                    gradient == null ? 0 : layout.colStep(gradient), momentum, rate, decay);
        }
    }

    @Override
    public void lengthFactors(Matrix sumsOfSquares, float divisor, float min, float max) {
        Shapes.requireContiguous(sumsOfSquares);
        ElementLayout layout = ElementLayout.of(sumsOfSquares);
        if (!layout.isEmpty()) {
            kernels.launch("weight_updates", "kLengthFactors", layout.geometry(), sumsOfSquares, layout.height(), layout.width(),
                    layout.targetStep(), divisor, min, max);
        }
    }
}
