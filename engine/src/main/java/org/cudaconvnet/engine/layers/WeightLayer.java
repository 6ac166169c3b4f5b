package org.cudaconvnet.engine.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.rates.LearningRate;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** A layer with one weight matrix per input and biases: fc, treefc, conv, local. */
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
        for (int i = 0; i < dict.inputs().size(); i++) {
            String source = dict.stringList("weightSourceLayers").get(i);
            if (source.isEmpty()) {
                weights.add(owner(i, useGrad));
            } else {
                List<Weights> sources = source.equals(dict.name()) ? weights : layerAbove.apply(source).weights;
                weights.add(new Weights(sources.get(dict.intList("weightSourceMatrixIndices").get(i))));
            }
            LearningRate rate = LearningRate.of(dict.floatList("epsW").get(i), dict.value("schedW", Map.class), name() + ".epsW" + i, compatibility);
            weights.get(i).setParameters(rate, dict.floatList("momW").get(i), dict.floatList("wc").get(i));
        }
        biases = new Weights(backend, dict.matrix("biases"), dict.matrix("biasesInc"), true, rateInGradient());
        biases.setParameters(LearningRate.of(dict.floatValue("epsB"), dict.value("schedB", Map.class), name() + ".epsB", compatibility),
                dict.floatValue("momB"), 0);
        updateState().restore();
    }

    private Weights owner(int i, boolean useGrad) {
        LayerDict dict = dict();
        float superEps = dict.floatValue("superEps");
        Weights owner = new Weights(backend(), dict.matrixList("weights").get(i), dict.matrixList("weightsInc").get(i),
                useGrad || superEps > 0, rateInGradient());
        owner.limitBy(new WeightConstraints(backend(), dict, i));
        if (superEps > 0) {
            owner.normalizeBy(new VarianceNormalizedStep(backend(), owner.weights(), superEps, reproduces(Quirk.SUPER_EPS_SUBTRACTS_MEAN)));
        }
        return owner;
    }

    private boolean rateInGradient() {
        return reproduces(Quirk.RATE_SCALES_GRADIENT);
    }

    private UpdateState updateState() {
        List<Weights> matrices = new ArrayList<>(weights);
        matrices.add(biases);
        return new UpdateState(dict(), backend(), matrices);
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
            bpropBiases(v, scaleTargets(biases, pass), gradScale(biases, pass));
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

    /** Seeds the noise of all learning rates. */
    final void seedRateNoise(long seed) {
        weights.forEach(matrix -> matrix.rate().noise().seed(seed));
        biases.rate().noise().seed(seed);
    }

    /** Factor of a new gradient. */
    final float gradScale(Weights target, PassType pass) {
        return target.gradScale(pass, schedule.progress(), schedule.casesPerUpdate(cases()));
    }

    /**
     * Factor of the old contents of {@link Weights#gradOrInc()}: 1 if this is not the first gradient since the last update; otherwise 0, but
     * the momentum for an increment.
     */
    final float scaleTargets(Weights target, PassType pass) {
        boolean intoInc = target.grad() == null;
        if (target.numUpdates() > 0) {
            return intoInc && reproduces(Quirk.SHARED_WEIGHTS_OVERWRITE) ? 0 : 1;
        }
        return intoInc && pass != PassType.GRADIENT_CHECK ? target.mom() : 0;
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

    /** Copies everything that training changes into the dictionary. */
    final void copyToHost() {
        weights.forEach(Weights::copyToHost);
        biases.copyToHost();
        updateState().store();
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
