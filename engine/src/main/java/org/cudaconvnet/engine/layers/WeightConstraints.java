package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.BinaryOperator.Kind;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;

/**
 * Limits on the weights of each output unit, a column of the matrix, after an update (spec: weight-update.md section 5): first, for conv, the
 * contrast between wcNormMin and wcNormMax, the column's distance from its mean over its number of weights; then the length at most
 * wballNormed, for local layers that of every module.
 */
final class WeightConstraints implements AutoCloseable {
    private final Backend backend;
    private final float wball;
    private final float wcNormMin;
    private final float wcNormMax;
    private final int localModules;
    private Matrix scratch;
    private Matrix factors;

    WeightConstraints(Backend backend, LayerDict dict, int input) {
        boolean conv = dict.type().equals("conv");
        this.backend = backend;
        wball = dict.floatList("wballNormed").get(input);
        wcNormMin = conv ? dict.floatList("wcNormMin").get(input) : 0;
        wcNormMax = conv ? dict.floatList("wcNormMax").get(input) : 0;
        localModules = dict.type().equals("local") ? dict.intValue("modules") : 0;
    }

    void apply(Matrix weights) {
        if (wcNormMax > 0) {
            limitContrast(weights);
        }
        if (wball > 0 && localModules > 0) {
            backend.normalization().normalizeLocalWeights(weights, localModules, wball);
        } else if (wball > 0) {
            backend.elementwise().apply(UnaryOperator.of(UnaryOperator.Kind.SQUARE), weights, scratchFor(weights));
            scaleColumns(weights, 1, 0, wball);
        }
    }

    /** The weights themselves are scaled, not their distances from the mean. */
    private void limitContrast(Matrix weights) {
        Matrix centred = scratchFor(weights);
        backend.reductions().addSum(weights, 0, factors, 0, 1f / weights.rows());
        backend.elementwise().applyVector(BinaryOperator.weightedAdd(1, -1), weights, factors, centred);
        backend.elementwise().apply(UnaryOperator.of(UnaryOperator.Kind.SQUARE), centred, centred);
        scaleColumns(weights, weights.rows(), wcNormMin, wcNormMax);
    }

    /** By the lengths whose squared components are in {@link #scratch}. */
    private void scaleColumns(Matrix weights, float divisor, float min, float max) {
        backend.reductions().addSum(scratch, 0, factors, 0, 1);
        backend.weightUpdates().lengthFactors(factors, divisor, min, max);
        backend.elementwise().applyVector(BinaryOperator.of(Kind.MULTIPLY), weights, factors, weights);
    }

    private Matrix scratchFor(Matrix weights) {
        if (scratch == null) {
            scratch = backend.allocate(weights.rows(), weights.cols(), weights.isTransposed());
            factors = backend.allocate(1, weights.cols(), weights.isTransposed());
        }
        return scratch;
    }

    @Override
    public void close() {
        if (scratch != null) {
            scratch.memory().close();
            factors.memory().close();
        }
    }
}
