package org.cudaconvnet.engine.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** A layer with one weight matrix per input and biases: fc, conv, local. */
abstract class WeightLayer extends Layer {
    private final List<Weights> weights = new ArrayList<>();
    private final Weights biases;
    private final Compatibility compatibility;

    /**
     * @param useGrad  whether weight gradients are kept apart from the increments
     * @param layerAbove finds an earlier weight layer by name, for shared weights
     */
    WeightLayer(LayerDict dict, Backend backend, Compatibility compatibility, boolean useGrad, Function<String, WeightLayer> layerAbove) {
        super(dict, backend);
        this.compatibility = compatibility;
        for (int i = 0; i < dict.inputs().size(); i++) {
            String source = dict.stringList("weightSourceLayers").get(i);
            if (source.isEmpty()) {
                weights.add(new Weights(backend, dict.matrixList("weights").get(i), dict.matrixList("weightsInc").get(i), useGrad));
            } else {
                List<Weights> sources = source.equals(dict.name()) ? weights : layerAbove.apply(source).weights;
                weights.add(new Weights(sources.get(dict.intList("weightSourceMatrixIndices").get(i))));
            }
        }
        biases = new Weights(backend, dict.matrix("biases"), dict.matrix("biasesInc"), true);
        for (int i = 0; i < weights.size(); i++) {
            weights.get(i).setParameters(dict.floatList("epsW").get(i), dict.floatList("momW").get(i), dict.floatList("wc").get(i));
        }
        biases.setParameters(dict.floatValue("epsB"), dict.floatValue("momB"), 0);
    }

    /** Gradient of the biases into their G, overwriting it, times {@code scale}. */
    abstract void bpropBiases(Matrix v, float scale);

    abstract void bpropWeightsOf(Weights target, Matrix v, int i, PassType pass);

    /** Step of the numerical gradient of weights (spec: engine-overview.md section 8). */
    abstract float weightStep();

    abstract float biasStep();

    @Override
    final void bpropWeights(Matrix v, PassType pass) {
        if (biases.isTrained()) {
            bpropBiases(v, biases.gradScale(pass, cases()));
            biases.incNumUpdates();
        }
        for (int i = 0; i < weights.size(); i++) {
            Weights target = weights.get(i);
            if (target.isTrained()) {
                bpropWeightsOf(target, v, i, pass);
                target.incNumUpdates();
            }
        }
    }

    /**
     * Factor of the old increment for weights whose gradient goes straight into it: momentum for the first gradient after an update,
     * 1 for further ones of sharers.
     */
    final float scaleInc(Weights target, PassType pass) {
        if (target.numUpdates() > 0) {
            return compatibility.reproduces(Quirk.SHARED_WEIGHTS_OVERWRITE) ? 0 : 1;
        }
        return pass == PassType.GRADIENT_CHECK ? 0 : target.mom();
    }

    final boolean reproduces(Quirk quirk) {
        return compatibility.reproduces(quirk);
    }

    @Override
    final void updateWeights() {
        boolean alsoStale = compatibility.reproduces(Quirk.STALE_GRADIENT_UPDATES);
        weights.forEach(matrix -> matrix.update(alsoStale));
        biases.update(alsoStale);
    }

    @Override
    final boolean isTrained() {
        return biases.isTrained() || weights.stream().anyMatch(Weights::isTrained);
    }

    final List<Weights> weights() {
        return weights;
    }

    final Weights biases() {
        return biases;
    }

    @Override
    public void close() {
        super.close();
        weights.forEach(Weights::close);
        biases.close();
    }
}
