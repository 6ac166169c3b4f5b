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
    private UpdateSchedule schedule = new UpdateSchedule();

    /**
     * @param useGrad  whether weight gradients are kept apart from the increments
     * @param layerAbove finds an earlier weight layer by name, for shared weights
     */
    WeightLayer(LayerDict dict, Backend backend, Compatibility compatibility, boolean useGrad, Function<String, WeightLayer> layerAbove) {
        super(dict, backend);
        this.compatibility = compatibility;
        boolean rateInGradient = compatibility.reproduces(Quirk.RATE_SCALES_GRADIENT);
        for (int i = 0; i < dict.inputs().size(); i++) {
            String source = dict.stringList("weightSourceLayers").get(i);
            if (source.isEmpty()) {
                weights.add(new Weights(backend, dict.matrixList("weights").get(i), dict.matrixList("weightsInc").get(i), useGrad,
                        rateInGradient));
            } else {
                List<Weights> sources = source.equals(dict.name()) ? weights : layerAbove.apply(source).weights;
                weights.add(new Weights(sources.get(dict.intList("weightSourceMatrixIndices").get(i))));
            }
        }
        biases = new Weights(backend, dict.matrix("biases"), dict.matrix("biasesInc"), true, rateInGradient);
        for (int i = 0; i < weights.size(); i++) {
            weights.get(i).setParameters(new LearningRate(dict.floatList("epsW").get(i)), dict.floatList("momW").get(i), dict.floatList("wc").get(i));
        }
        biases.setParameters(new LearningRate(dict.floatValue("epsB")), dict.floatValue("momB"), 0);
    }

    /** Gradient of the biases: G = scaleTargets * G + scale * gradient. */
    abstract void bpropBiases(Matrix v, float scaleTargets, float scale);

    abstract void bpropWeightsOf(Weights target, Matrix v, int i, PassType pass);

    /** Step of the numerical gradient of weights (spec: engine-overview.md section 8). */
    abstract float weightStep();

    abstract float biasStep();

    @Override
    final void bpropWeights(Matrix v, PassType pass) {
        if (biases.isTrained()) {
            bpropBiases(v, scaleGrad(biases), gradScale(biases, pass));
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

    /** Makes this layer follow the net's schedule of updates. */
    final void follow(UpdateSchedule netSchedule) {
        schedule = netSchedule;
    }

    /** Factor of a new gradient. */
    final float gradScale(Weights target, PassType pass) {
        return target.gradScale(pass, schedule.progress(), schedule.casesPerUpdate(cases()));
    }

    /** Factor of the old contents of a separate gradient matrix. */
    final float scaleGrad(Weights target) {
        return target.numUpdates() > 0 ? 1 : 0;
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
        weights.forEach(matrix -> matrix.update(schedule.progress(), alsoStale));
        biases.update(schedule.progress(), alsoStale);
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
