package org.cudaconvnet.engine.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.DataMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;

/**
 * A net on one device: the graph of layers, forward and backward passes and weight updates in the order of the single-GPU engine of
 * July 2012 (spec: engine-overview.md sections 2 to 4). Arrays handed out are row-major copies; gradients point uphill.
 */
public final class Net implements AutoCloseable {
    /** Told the time that each step of each layer took. */
    public interface Timer {
        void took(String layer, Step step, long nanoseconds);
    }

    /** The three parts of training on a mini-batch. */
    public enum Step { FORWARD, BACKWARD, UPDATE }

    private final Backend backend;
    private final Compatibility compatibility;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final ReusedMatrix viewProbs;
    private final List<Layer> backwardOrder;
    private final UpdateSchedule updateSchedule = new UpdateSchedule();
    private Timer timer;

    /** @param dicts layers in definition order, inputs before their consumers; weights are copied to the device */
    public Net(List<LayerDict> dicts, Backend backend, Compatibility compatibility) {
        this(dicts, backend, compatibility, true);
    }

    /**
     * @param shareMatrices false keeps the matrices of every layer apart, so that all activations and gradients can be read after a pass;
     *                      true overwrites inputs in place as the layers' actsTarget and actsGradTarget say
     */
    public Net(List<LayerDict> dicts, Backend backend, Compatibility compatibility, boolean shareMatrices) {
        this.backend = backend;
        this.compatibility = compatibility;
        this.viewProbs = new ReusedMatrix(backend);
        for (LayerDict dict : dicts) {
            Layer layer = LayerTypes.create(dict, backend, compatibility, layers);
            for (String input : dict.inputs()) {
                layer.addInput(layer(input));
            }
            layers.put(dict.name(), layer);
        }
        if (shareMatrices) {
            layers.values().forEach(this::shareMatrices);
        }
        weightLayers().forEach(layer -> layer.follow(updateSchedule));
        backwardOrder = BackwardOrder.of(List.copyOf(layers.values()), compatibility);
    }

    private void shareMatrices(Layer layer) {
        int actsTarget = sharable(layer, "actsTarget");
        // The front end declares that soft-ReLU does not need its input, but its corrected gradient does.
        boolean keepsInput = layer instanceof NeuronLayer && NeuronLayer.neuron(layer.dict()).type().usesInputs();
        layer.share(keepsInput ? -1 : actsTarget, sharable(layer, "actsGradTarget"));
    }

    private int sharable(Layer layer, String key) {
        int target = layer.dict().has(key) ? layer.dict().intValue(key) : -1;
        boolean repeated = target >= 0 && layer.prev().stream().filter(layer.prev().get(target)::equals).count() > 1;
        return repeated && !compatibility.reproduces(Quirk.REPEATED_INPUT_SHARES_MATRIX) ? -1 : target;
    }

    /** Forward pass of columns {@code from} (inclusive) to {@code to} (exclusive); matrix k of {@code data} goes to the layers with dataIdx k. */
    public void fprop(List<? extends DataMatrix> data, int from, int to, PassType pass) {
        for (Layer layer : layers.values()) {
            long start = System.nanoTime();
            if (layer instanceof DataLayer dataLayer) {
                dataLayer.load(data, from, to);
            } else {
                layer.fprop();
            }
            report(layer, Step.FORWARD, start);
        }
    }

    /** The costs of the last forward pass. */
    public Cost costs() {
        Map<String, double[]> sums = new LinkedHashMap<>();
        int cases = 0;
        for (Layer layer : layers.values()) {
            if (layer instanceof CostLayer cost) {
                sums.put(layer.name(), cost.costs());
                cases = cost.cases();
            }
        }
        return new Cost(sums, cases);
    }

    /** What training minimises: each cost's first value times its coeff, not divided by cases; summed in binary64. */
    double checkedObjective() {
        return layers.values().stream().filter(CostLayer.class::isInstance).map(CostLayer.class::cast)
                .mapToDouble(cost -> cost.coeff() * cost.preciseCost()).sum();
    }

    /** Backward pass of the mini-batch of the last forward pass; weight gradients are scaled by epsilon per case unless checking them. */
    public void bprop(PassType pass) {
        for (Layer layer : backwardOrder) {
            long start = System.nanoTime();
            layer.bprop(pass);
            report(layer, Step.BACKWARD, start);
        }
        layers.values().forEach(Layer::reset);
        updateSchedule.passDone();
    }

    /**
     * From now on weights are updated after every {@code frequency}-th backward pass only, and gradients are means over as many
     * mini-batches of {@code minibatchSize} cases. By default after every pass, with means over the cases that there were.
     */
    public void updateEvery(int frequency, int minibatchSize) {
        updateSchedule.every(frequency, minibatchSize);
    }

    /** Sets how far training is, from 0 to 1, on which learning rates with a schedule depend; at first 0. */
    public void setProgress(double progress) {
        updateSchedule.setProgress(progress);
    }

    /** Seeds the noise of learning rates; without it every net has the same. */
    public void seedRateNoise(long seed) {
        weightLayers().forEach(layer -> layer.seedRateNoise(seed));
    }

    /** Backward passes since the last update; more than 0 only in an incomplete group. */
    public int pendingPasses() {
        return updateSchedule.pendingPasses();
    }

    /** Goes on in the middle of a group; the gradients are in the layers' dictionaries. */
    public void setPendingPasses(int pendingPasses) {
        updateSchedule.setPendingPasses(pendingPasses);
    }

    /** Moves all weights that have a new gradient, if an update is due. */
    public void updateWeights() {
        if (!updateSchedule.isDue()) {
            return;
        }
        for (Layer layer : layers.values()) {
            long start = System.nanoTime();
            layer.updateWeights();
            report(layer, Step.UPDATE, start);
        }
    }

    private void report(Layer layer, Step step, long start) {
        if (timer != null) {
            timer.took(layer.name(), step, System.nanoTime() - start);
        }
    }

    /** Sets who is told about times; null for nobody. */
    public void setTimer(Timer timer) {
        this.timer = timer;
    }

    /**
     * Costs of cases {@code from} to {@code to} of a batch with {@code numViews} views side by side: the softmax outputs of all views
     * are averaged before the named cost is computed once (spec: engine-overview.md section 7).
     */
    public Cost multiviewTest(List<? extends DataMatrix> data, int numViews, String logregName, int from, int to) {
        if (!(layers.get(logregName) instanceof LogregCostLayer cost)) {
            throw new InputException("--logreg-name=" + logregName + ": the net has no cost.logreg layer of that name");
        }
        int casesPerView = data.get(0).cols() / numViews;
        for (int view = 0; view < numViews; view++) {
            fprop(data, view * casesPerView + from, view * casesPerView + to, PassType.TEST);
            Matrix probs = cost.input(1);
            Matrix sum = viewProbs.resize(probs.rows(), probs.cols());
            if (view == 0) {
                backend.elementwise().copy(probs, sum);
            } else {
                backend.elementwise().apply(BinaryOperator.weightedAdd(1, 1), sum, probs, sum);
            }
        }
        Matrix average = viewProbs.matrix();
        backend.elementwise().apply(UnaryOperator.of(UnaryOperator.Kind.SCALE, (float) (1.0 / numViews)), average, average);
        return new Cost(Map.of(logregName, cost.computeCosts(average)), to - from);
    }

    /** Number of classes by the dataIdx of the matrices that hold labels of a logistic cost. */
    public Map<Integer, Integer> labelClasses() {
        Map<Integer, Integer> classes = new HashMap<>();
        for (Layer layer : layers.values()) {
            if (layer instanceof LogregCostLayer cost && cost.prev().get(0) instanceof DataLayer labels) {
                classes.put(labels.dict().intValue("dataIdx"), cost.prev().get(1).outputs());
            }
        }
        return classes;
    }

    /** Copies weights and increments into the layer dictionaries' host matrices. */
    public void syncWithHost() {
        weightLayers().forEach(WeightLayer::copyToHost);
    }

    /** Names of the layers with weights in definition order. */
    public List<String> weightLayerNames() {
        return weightLayers().stream().map(Layer::name).toList();
    }

    List<WeightLayer> weightLayers() {
        List<WeightLayer> found = new ArrayList<>();
        for (Layer layer : layers.values()) {
            if (layer instanceof WeightLayer weightLayer) {
                found.add(weightLayer);
            }
        }
        return found;
    }

    /**
     * Activations (outputs x cases) of the last forward pass, of costs the values per case or element that they sum. The backward step
     * of normalisation layers overwrites them.
     */
    public float[] acts(String layer) {
        return download(layer(layer).acts());
    }

    /** Gradient with respect to the activations (outputs x cases); null if none was formed. */
    public float[] actsGrad(String layer) {
        return download(layer(layer).actsGrad());
    }

    public float[] weights(String layer, int input) {
        return download(weightLayer(layer).weights().get(input).weights());
    }

    public float[] weightsInc(String layer, int input) {
        return download(weightLayer(layer).weights().get(input).inc());
    }

    /** The separate gradient matrix; null where gradients go straight into the increment. */
    public float[] weightGrad(String layer, int input) {
        return download(weightLayer(layer).weights().get(input).grad());
    }

    public float[] biases(String layer) {
        return download(weightLayer(layer).biases().weights());
    }

    public float[] biasesInc(String layer) {
        return download(weightLayer(layer).biases().inc());
    }

    public float[] biasGrad(String layer) {
        return download(weightLayer(layer).biases().grad());
    }

    private float[] download(Matrix matrix) {
        return matrix == null ? null : backend.downloadRowMajor(matrix);
    }

    private Layer layer(String name) {
        Layer layer = layers.get(name);
        if (layer == null) {
            throw new InputException("the net has no layer " + name);
        }
        return layer;
    }

    private WeightLayer weightLayer(String name) {
        if (layer(name) instanceof WeightLayer layer) {
            return layer;
        }
        throw new InputException("layer " + name + " has no weights");
    }

    /** Frees the memory on the device; the backend stays open. */
    @Override
    public void close() {
        layers.values().forEach(Layer::close);
        viewProbs.close();
    }
}
