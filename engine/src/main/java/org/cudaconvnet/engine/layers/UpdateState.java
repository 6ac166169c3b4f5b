package org.cudaconvnet.engine.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * What the next update depends on besides weights and increments, kept in the layer's dictionary so that a resumed run goes on with the same
 * bits: gradients of an incomplete group of mini-batches, means of superEps, how far the noise of the rates is. The original loses all of it.
 */
final class UpdateState {
    private static final String NUM_UPDATES = "numUpdates";
    private static final String NOISE_DRAWN = "rateNoiseDrawn";

    private final LayerDict dict;
    private final Backend backend;
    private final List<Weights> matrices;

    /** @param matrices all of the layer's, in a fixed order */
    UpdateState(LayerDict dict, Backend backend, List<Weights> matrices) {
        this.dict = dict;
        this.backend = backend;
        this.matrices = matrices;
    }

    void store() {
        putUnlessZero(NUM_UPDATES, matrices.stream().map(Weights::numUpdates).toList());
        putUnlessZero(NOISE_DRAWN, matrices.stream().map(matrix -> matrix.rate().noise().drawn()).toList());
        forEachMatrix((key, matrix, needed) -> {
            if (needed) {
                HostMatrix host = HostMatrix.zeros(matrix.rows(), matrix.cols(), matrix.isTransposed());
                backend.download(matrix, host.values());
                dict.put(key, host);
            } else {
                dict.remove(key);
            }
        });
    }

    private void putUnlessZero(String key, List<Integer> counts) {
        if (counts.stream().anyMatch(count -> count != 0)) {
            dict.put(key, counts);
        } else {
            dict.remove(key);
        }
    }

    /** Nothing is restored of a layer whose matrices have been converted since. */
    void restore() {
        Map<String, Matrix> stored = new LinkedHashMap<>();
        forEachMatrix((key, matrix, needed) -> {
            if (dict.has(key)) {
                stored.put(key, matrix);
            }
        });
        if (!stored.entrySet().stream().allMatch(entry -> sameShape(dict.matrix(entry.getKey()), entry.getValue()))) {
            return;
        }
        stored.forEach((key, matrix) -> backend.upload(dict.matrix(key).values(), matrix));
        for (int i = 0; i < matrices.size(); i++) {
            if (dict.has(NUM_UPDATES)) {
                matrices.get(i).setNumUpdates(dict.intList(NUM_UPDATES).get(i));
            }
            if (dict.has(NOISE_DRAWN)) {
                matrices.get(i).rate().noise().skipTo(dict.intList(NOISE_DRAWN).get(i));
            }
        }
    }

    private static boolean sameShape(HostMatrix host, Matrix matrix) {
        return host.rows() == matrix.rows() && host.cols() == matrix.cols();
    }

    private interface Visitor {
        void visit(String key, Matrix matrix, boolean needed);
    }

    private void forEachMatrix(Visitor visitor) {
        for (int i = 0; i < matrices.size(); i++) {
            Weights weights = matrices.get(i);
            if (weights.isOwner() && weights.isTrained()) {
                if (weights.grad() != null) {
                    visitor.visit("grad" + i, weights.grad(), weights.numUpdates() > 0);
                }
                VarianceNormalizedStep step = weights.normalizedStep();
                if (step != null) {
                    visitor.visit("superMean" + i, step.mean(), true);
                    visitor.visit("superSquares" + i, step.squares(), true);
                }
            }
        }
    }
}
