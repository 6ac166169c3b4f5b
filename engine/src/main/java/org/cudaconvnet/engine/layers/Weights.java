package org.cudaconvnet.engine.layers;

import java.util.function.Consumer;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.rates.LearningRate;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * One weight or bias matrix W with its increment M and, where the original keeps one, a separate gradient matrix G (spec:
 * weight-update.md). A sharer refers to its owner's matrices, momentum and counter; its own epsilon scales its gradient only.
 */
final class Weights implements AutoCloseable {
    private final Backend backend;
    private final Weights owner;
    private final HostMatrix hostWeights;
    private final HostMatrix hostInc;
    private final Matrix weights;
    private final Matrix inc;
    private final Matrix grad;
    private final boolean rateInGradient;
    private LearningRate rate;
    private float mom;
    private float wc;
    private int numUpdates;
    private VarianceNormalizedStep normalizedStep;
    private WeightConstraints constraints;
    private Consumer<Matrix> preparation;

    /**
     * An owner; the host matrices are copied to the device and written back by {@link #copyToHost}.
     *
     * @param rateInGradient whether G holds the gradient times the learning rate, as in v1; otherwise the rate enters at the update
     */
    Weights(Backend backend, HostMatrix hostWeights, HostMatrix hostInc, boolean useGrad, boolean rateInGradient) {
        this.backend = backend;
        this.owner = this;
        this.hostWeights = hostWeights;
        this.hostInc = hostInc;
        this.rateInGradient = rateInGradient;
        this.weights = upload(hostWeights);
        this.inc = upload(hostInc);
        this.grad = useGrad ? upload(HostMatrix.zeros(hostWeights.rows(), hostWeights.cols(), hostWeights.columnMajor())) : null;
    }

    /** A sharer of {@code owner}. */
    Weights(Weights owner) {
        this.backend = owner.backend;
        this.owner = owner.owner;
        this.hostWeights = this.owner.hostWeights;
        this.hostInc = this.owner.hostInc;
        this.rateInGradient = this.owner.rateInGradient;
        this.weights = this.owner.weights;
        this.inc = this.owner.inc;
        this.grad = this.owner.grad;
    }

    private Matrix upload(HostMatrix host) {
        Matrix matrix = backend.allocate(host.rows(), host.cols(), host.columnMajor());
        backend.upload(host.values(), matrix);
        return matrix;
    }

    void setParameters(LearningRate rate, float mom, float wc) {
        this.rate = rate;
        this.mom = mom;
        this.wc = wc;
    }

    /** Makes this owner's increments gradients over their standard deviation, in place of momentum and gradient. */
    void normalizeBy(VarianceNormalizedStep step) {
        normalizedStep = step;
    }

    /** Lets {@code step} finish this owner's separate gradient before an update. */
    void prepareGradientBy(Consumer<Matrix> step) {
        preparation = step;
    }

    /** Limits this owner's weights after every update. */
    void limitBy(WeightConstraints limits) {
        constraints = limits;
    }

    /**
     * M takes the momentum (if G is separate), then the decay; W += M; then the constraints. Nothing at all if the base rate is 0. The rate is
     * asked for anew for the gradient and for the decay, which with a noisy schedule gives two values (spec: weight-update.md sections 4 and 7).
     */
    void update(double progress, boolean alsoStale) {
        if (!isOwner() || !isTrained() || (numUpdates == 0 && !alsoStale)) {
            return;
        }
        float gradientRate = grad == null || rateInGradient ? 1 : (float) rate.at(progress);
        float decay = wc > 0 ? (float) (-wc * rate.at(progress)) : 0;
        if (preparation != null && numUpdates > 0) {
            preparation.accept(grad);
        }
        if (normalizedStep != null) {
            normalizedStep.addTo(inc, grad, mom, gradientRate);
        }
        backend.weightUpdates().update(weights, inc, normalizedStep == null ? grad : null, mom, gradientRate, decay);
        if (constraints != null) {
            constraints.apply(weights);
        }
        numUpdates = 0;
    }

    /** Factor of a gradient: 1 in a gradient check; otherwise per case, with the learning rate unless that enters at the update. */
    float gradScale(PassType pass, double progress, int cases) {
        if (pass == PassType.GRADIENT_CHECK) {
            return 1;
        }
        return grad == null || rateInGradient ? (float) (rate.at(progress) / cases) : 1f / cases;
    }

    boolean isTrained() {
        return rate.base() > 0;
    }

    boolean isOwner() {
        return owner == this;
    }

    LearningRate rate() {
        return rate;
    }

    /** Null without superEps. */
    VarianceNormalizedStep normalizedStep() {
        return normalizedStep;
    }

    /** Gradients formed since the last update, by all sharers. */
    int numUpdates() {
        return owner.numUpdates;
    }

    void incNumUpdates() {
        owner.numUpdates++;
    }

    void setNumUpdates(int count) {
        owner.numUpdates = count;
    }

    float wc() {
        return wc;
    }

    float mom() {
        return owner.mom;
    }

    Matrix weights() {
        return weights;
    }

    Matrix inc() {
        return inc;
    }

    /** The separate gradient matrix, null if gradients go straight into the increment. */
    Matrix grad() {
        return grad;
    }

    /** Where the gradient is found after a backward pass. */
    Matrix gradOrInc() {
        return grad != null ? grad : inc;
    }

    void copyToHost() {
        if (isOwner()) {
            backend.download(weights, hostWeights.values());
            backend.download(inc, hostInc.values());
        }
    }

    @Override
    public void close() {
        if (isOwner()) {
            weights.memory().close();
            inc.memory().close();
            if (grad != null) {
                grad.memory().close();
            }
            if (normalizedStep != null) {
                normalizedStep.close();
            }
            if (constraints != null) {
                constraints.close();
            }
        }
    }
}
