package org.cudaconvnet.engine.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.parallel.Quantizer;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * A node of the net: its activations, the gradient with respect to them, and one forward and one backward step (spec:
 * engine-overview.md section 4). Activations and gradients are (outputs x cases), row-major; gradients point uphill.
 *
 * <p>A layer lives on one logical device, its {@code gpu}, and on the physical device that stands for it. What it sees of its inputs,
 * {@link #input} and {@link #inputGrad}, is on that device too, wherever the inputs live.
 *
 * <p>A layer may share the matrices of one input on the same logical device (spec: engine-overview.md section 5.1):
 * {@code actsTarget} is the input that it overwrites, {@code actsGradTarget} the input whose gradient replaces its own; -1 for none.
 */
abstract class Layer implements AutoCloseable {
    private final LayerDict dict;
    private final Backend backend;
    private final List<Layer> prev = new ArrayList<>();
    private final List<Layer> next = new ArrayList<>();
    private final ReusedMatrix ownActs;
    private final Map<Integer, PulledMatrix> actsElsewhere = new HashMap<>();
    private final LayerGradient gradient;
    private int gpu;
    private int device;
    private int actsTarget = -1;
    private int actsGradTarget = -1;
    private PassType passType;
    private Boolean gradConsumer;

    /** @param backend of the physical device on which this layer lives */
    Layer(LayerDict dict, Backend backend) {
        this.dict = dict;
        this.backend = backend;
        this.ownActs = new ReusedMatrix(backend);
        this.gradient = new LayerGradient(backend);
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

    /**
     * @param logicalDevice  the gpu of the definition
     * @param physicalDevice the number of the device that stands for it
     */
    final void place(int logicalDevice, int physicalDevice) {
        gpu = logicalDevice;
        device = physicalDevice;
    }

    final void addInput(Layer input) {
        prev.add(input);
        input.next.add(this);
    }

    final void share(int actsInput, int actsGradInput) {
        actsTarget = actsInput;
        actsGradTarget = actsGradInput;
        if (actsGradTarget >= 0) {
            gradient.own().useMemoryOf(prev.get(actsGradTarget).gradient.own());
        }
    }

    final void fprop(PassType pass) {
        passType = pass;
        fprop();
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
        passType = pass;
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
            bpropActs(v, i, input.gradientShare(gpu).isWritten() ? 1 : 0);
        }
    }

    /** What the current pass is for, the last one's if none is running. */
    final PassType passType() {
        return passType;
    }

    /** On the device where this layer lives. */
    final Matrix acts() {
        return actsTarget >= 0 ? input(actsTarget) : ownActs.matrix();
    }

    /** The activations, row-major; null before the first forward pass. */
    float[] hostActs() {
        return acts() == null ? null : backend.downloadRowMajor(acts());
    }

    final Matrix resizeActs(int rows, int cols) {
        return ownActs.resize(rows, cols);
    }

    /** This layer's activations on the device of a consumer. */
    Matrix actsFor(Layer consumer) {
        return consumer.device == device ? acts() : actsElsewhere.get(consumer.device).matrix();
    }

    /** The copies of this layer's activations by physical device. */
    final Map<Integer, PulledMatrix> actsElsewhere() {
        return actsElsewhere;
    }

    /** The gradient as last summed; null if no consumer has ever sent one. */
    final Matrix actsGrad() {
        return gradient.own().matrix();
    }

    final LayerGradient gradient() {
        return gradient;
    }

    private GradientShare gradientShare(int consumersGpu) {
        return consumersGpu == gpu ? gradient.own() : gradient.foreign(consumersGpu);
    }

    /** Where this layer's part of the gradient of input {@code i} goes, in the shape of that input's activations. */
    final Matrix inputGrad(int i) {
        Layer input = prev.get(i);
        return input.gradientShare(gpu).write(input.outputs(), input.cases());
    }

    final Matrix input(int i) {
        return prev.get(i).actsFor(this);
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

    /** @param key quantF for activations, quantB for gradients */
    final Quantizer quantizer(String key) {
        return dict.has(key) && dict.value(key, Map.class).get("type").equals("half") ? Quantizer.HALF : Quantizer.DEFAULT;
    }

    /** Logical device; -1 for data layers. */
    final int gpu() {
        return gpu;
    }

    /** Number of the physical device. */
    final int device() {
        return device;
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
        actsElsewhere.values().forEach(PulledMatrix::close);
        gradient.close();
    }
}
