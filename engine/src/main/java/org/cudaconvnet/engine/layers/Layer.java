package org.cudaconvnet.engine.layers;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * A node of the net: its activations, the gradient with respect to them, and one forward and one backward step (spec:
 * engine-overview.md section 4). Activations and gradients are (outputs x cases), row-major; gradients point uphill.
 *
 * <p>A layer may share the matrices of one input (spec: engine-overview.md section 5.1): {@code actsTarget} is the input that it
 * overwrites, {@code actsGradTarget} the input whose gradient replaces its own; -1 for none.
 */
abstract class Layer implements AutoCloseable {
    private final LayerDict dict;
    private final Backend backend;
    private final List<Layer> prev = new ArrayList<>();
    private final List<Layer> next = new ArrayList<>();
    private final ReusedMatrix ownActs;
    private final ReusedMatrix ownActsGrad;
    private int actsTarget = -1;
    private int actsGradTarget = -1;
    private int rcvdBInputs;
    private Boolean gradConsumer;

    Layer(LayerDict dict, Backend backend) {
        this.dict = dict;
        this.backend = backend;
        this.ownActs = new ReusedMatrix(backend);
        this.ownActsGrad = new ReusedMatrix(backend);
    }

    /** Adds the contribution of input {@code i} to the activations: target = scaleTargets * target + f(input). */
    abstract void fpropActs(int i, float scaleTargets);

    /** Adds this layer's contribution to the gradient of input {@code i}: target = scaleTargets * target + f'(v). */
    void bpropActs(Matrix v, int i, float scaleTargets) {
        throw new IllegalStateException("layer " + name() + " (" + dict.type() + ") has no backward step");
    }

    /** Gradients of the layer's own weights; done before {@link #bpropActs}. */
    void bpropWeights(Matrix v, PassType pass) {
    }

    void updateWeights() {
    }

    /** Whether this layer itself, without those below, needs a gradient. */
    boolean isTrained() {
        return false;
    }

    boolean isGradProducer() {
        return true;
    }

    /** Whether this layer or one below is trained; decided at the first call, when the net is complete. */
    final boolean isGradConsumer() {
        if (gradConsumer == null) {
            gradConsumer = isTrained() || prev.stream().anyMatch(Layer::isGradConsumer);
        }
        return gradConsumer;
    }

    final void addInput(Layer input) {
        prev.add(input);
        input.next.add(this);
    }

    final void share(int actsInput, int actsGradInput) {
        actsTarget = actsInput;
        actsGradTarget = actsGradInput;
    }

    void fprop() {
        if (actsTarget >= 0) {
            fpropActs(actsTarget, 0);
        } else {
            ownActs.resize(outputs(), cases());
        }
        for (int i = 0; i < prev.size(); i++) {
            if (i != actsTarget) {
                fpropActs(i, actsTarget >= 0 || i > 0 ? 1 : 0);
            }
        }
    }

    /** The input that shares this layer's gradient matrix comes last, because its target is {@code v} itself. */
    final void bprop(PassType pass) {
        Matrix v = actsGrad();
        bpropWeights(v, pass);
        if (!isGradProducer()) {
            return;
        }
        for (int i = 0; i < prev.size(); i++) {
            if (i != actsGradTarget) {
                bpropInput(v, i);
            }
        }
        if (actsGradTarget >= 0) {
            bpropInput(v, actsGradTarget);
        }
    }

    private void bpropInput(Matrix v, int i) {
        Layer input = prev.get(i);
        if (input.isGradConsumer()) {
            bpropActs(v, i, input.rcvdBInputs > 0 ? 1 : 0);
            input.rcvdBInputs++;
        }
    }

    final void reset() {
        rcvdBInputs = 0;
    }

    final Matrix acts() {
        return actsTarget >= 0 ? prev.get(actsTarget).acts() : ownActs.matrix();
    }

    final Matrix resizeActs(int rows, int cols) {
        return ownActs.resize(rows, cols);
    }

    /** The gradient as last written; null if no consumer has ever written one. */
    final Matrix actsGrad() {
        return actsGradTarget >= 0 ? prev.get(actsGradTarget).actsGrad() : ownActsGrad.matrix();
    }

    /** The gradient matrix of input {@code i} in the shape of its activations, to be written. */
    final Matrix inputGrad(int i) {
        return prev.get(i).writableActsGrad();
    }

    private Matrix writableActsGrad() {
        return actsGradTarget >= 0 ? prev.get(actsGradTarget).writableActsGrad() : ownActsGrad.resize(outputs(), cases());
    }

    final Matrix input(int i) {
        return prev.get(i).acts();
    }

    /** Columns of the current mini-batch. */
    int cases() {
        return prev.get(0).cases();
    }

    final int outputs() {
        return dict.outputs();
    }

    final String name() {
        return dict.name();
    }

    final LayerDict dict() {
        return dict;
    }

    final Backend backend() {
        return backend;
    }

    final List<Layer> prev() {
        return prev;
    }

    final List<Layer> next() {
        return next;
    }

    @Override
    public void close() {
        ownActs.close();
        ownActsGrad.close();
    }
}
