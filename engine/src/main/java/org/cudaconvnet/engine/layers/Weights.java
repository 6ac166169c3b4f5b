package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.HostMatrix;
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
    private float eps;
    private float mom;
    private float wc;
    private int numUpdates;

    /** An owner; the host matrices are copied to the device and written back by {@link #copyToHost}. */
    Weights(Backend backend, HostMatrix hostWeights, HostMatrix hostInc, boolean useGrad) {
        this.backend = backend;
        this.owner = this;
        this.hostWeights = hostWeights;
        this.hostInc = hostInc;
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
        this.weights = this.owner.weights;
        this.inc = this.owner.inc;
        this.grad = this.owner.grad;
    }

    private Matrix upload(HostMatrix host) {
        Matrix matrix = backend.allocate(host.rows(), host.cols(), host.columnMajor());
        backend.upload(host.values(), matrix);
        return matrix;
    }

    void setParameters(float eps, float mom, float wc) {
        this.eps = eps;
        this.mom = mom;
        this.wc = wc;
    }

    /** W += M after M took the momentum (if G is separate) and the decay; nothing at all if eps is 0. */
    void update(boolean alsoStale) {
        if (isOwner() && eps > 0 && (numUpdates > 0 || alsoStale)) {
            backend.weightUpdates().update(weights, inc, grad, mom, wc > 0 ? -wc * eps : 0);
            numUpdates = 0;
        }
    }

    /** Factor of a gradient: epsilon per case, 1 in a gradient check. */
    float gradScale(PassType pass, int cases) {
        return pass == PassType.GRADIENT_CHECK ? 1 : eps / cases;
    }

    boolean isTrained() {
        return eps > 0;
    }

    private boolean isOwner() {
        return owner == this;
    }

    /** Gradients formed since the last update, by all sharers. */
    int numUpdates() {
        return owner.numUpdates;
    }

    void incNumUpdates() {
        owner.numUpdates++;
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
        }
    }
}
