package org.cudaconvnet.engine.layers;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.engine.DivergenceException;
import org.cudaconvnet.engine.config.DataMatrix;
import org.cudaconvnet.kernels.Backend;

/**
 * Compares every weight's gradient with a one-sided finite difference of the objective (spec: engine-overview.md section 8):
 * numeric = (E(w + h) - E(w)) / (cases h), analytic = -gradient / cases. Unlike the original's, costs are summed over cases in
 * binary64, which leaves less noise in the difference.
 */
public final class GradientCheck {
    /** Relative error from which a matrix fails. */
    public static final float THRESHOLD = 0.02f;

    /** One weight or bias matrix. That of an untrained one, whose gradients are all 0, passes although its relative error is 0 / 0. */
    public record Result(String layer, String matrix, int elements, float step, float numericNorm, float analyticNorm, float relativeError) {
        public boolean passed() {
            return relativeError < THRESHOLD || numericNorm == 0 && analyticNorm == 0;
        }
    }

    private final Net net;
    private final List<? extends DataMatrix> data;
    private final int cases;
    private final Float commonStep;

    /**
     * Checks on the first {@code cases} columns of {@code data}. Afterwards the net's weights are unchanged, but gradients stand where
     * its increments were.
     */
    public GradientCheck(Net net, List<? extends DataMatrix> data, int cases) {
        this(net, data, cases, null);
    }

    /** @param commonStep the step for all matrices; null for the original's, which depend on the type of layer */
    public GradientCheck(Net net, List<? extends DataMatrix> data, int cases, Float commonStep) {
        this.net = net;
        this.data = data;
        this.cases = cases;
        this.commonStep = commonStep;
    }

    /** @throws DivergenceException if an objective is not finite, as nothing can be compared with it */
    public List<Result> run() {
        double base = objective();
        net.bprop(PassType.GRADIENT_CHECK);
        List<Result> results = new ArrayList<>();
        for (WeightLayer layer : net.weightLayers()) {
            for (int i = 0; i < layer.weights().size(); i++) {
                results.add(check(layer, "weights[" + i + "]", layer.weights().get(i), layer.weightStep(), base));
            }
            results.add(check(layer, "biases", layer.biases(), layer.biasStep(), base));
        }
        return results;
    }

    private double objective() {
        net.fprop(data, 0, cases, PassType.GRADIENT_CHECK);
        double objective = net.checkedObjective();
        if (!Double.isFinite(objective)) {
            throw new DivergenceException("gradient check: the costs are " + objective + ", expected a finite number");
        }
        return objective;
    }

    private Result check(WeightLayer layer, String matrix, Weights weights, float usualStep, double base) {
        Backend backend = layer.backend();
        float step = commonStep == null ? usualStep : commonStep;
        float[] values = new float[Math.toIntExact(weights.weights().size())];
        float[] gradient = new float[values.length];
        backend.download(weights.weights(), values);
        backend.download(weights.gradOrInc(), gradient);
        float differenceSquared = 0;
        float numericSquared = 0;
        float analyticSquared = 0;
        for (int i = 0; i < values.length; i++) {
            float weight = values[i];
            values[i] = weight + step;
            backend.upload(values, weights.weights());
            float numeric = (float) ((objective() - base) / (cases * (double) step));
            values[i] = weight;
            float analytic = gradient[i] * (-1f / cases);
            differenceSquared += (numeric - analytic) * (numeric - analytic);
            numericSquared += numeric * numeric;
            analyticSquared += analytic * analytic;
        }
        backend.upload(values, weights.weights());
        float analyticNorm = (float) Math.sqrt(analyticSquared);
        return new Result(layer.name(), matrix, values.length, step, (float) Math.sqrt(numericSquared), analyticNorm,
                (float) Math.sqrt(differenceSquared) / analyticNorm);
    }
}
