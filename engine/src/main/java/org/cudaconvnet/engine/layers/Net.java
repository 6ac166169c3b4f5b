package org.cudaconvnet.engine.layers;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.config.DataMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.kernels.Matrix;

/**
 * A net on one or more devices: forward and backward passes and weight updates in the order of the original engines (spec:
 * engine-overview.md sections 2 to 4, two-gpu.md). Arrays handed out are row-major copies; gradients point uphill.
 *
 * <p>Which physical devices the layers' logical ones stand for changes no bits: sums over consumers on several devices are formed in an
 * order that the definition fixes, see {@link LayerGradient}. A net of which a device failed cannot be used any more.
 */
public final class Net implements AutoCloseable {
    /**
     * Told the time that each step of each layer took, with several devices by the threads of all of them. While somebody is told, a device
     * finishes each step before the next is issued.
     */
    public interface Timer {
        void took(String layer, Step step, long nanoseconds);
    }

    /** The three parts of training on a mini-batch. */
    public enum Step { FORWARD, BACKWARD, UPDATE }

    private final LayerGraph graph;
    private final NetRandomness randomness;
    private final Passes passes;
    private final UpdateSchedule updateSchedule = new UpdateSchedule();

    /**
     * @param dicts   layers in definition order, inputs before their consumers; weights are copied to the devices
     * @param devices stay open when the net is closed
     */
    public Net(List<LayerDict> dicts, DeviceGroup devices, Compatibility compatibility) {
        this(dicts, devices, compatibility, true);
    }

    /**
     * @param shareMatrices false keeps the matrices of every layer apart, so that all activations and gradients can be read after a pass;
     *                      true overwrites inputs in place as the layers' actsTarget and actsGradTarget say
     */
    public Net(List<LayerDict> dicts, DeviceGroup devices, Compatibility compatibility, boolean shareMatrices) {
        graph = new LayerGraph(dicts, devices, compatibility, shareMatrices);
        weightLayers().forEach(layer -> layer.follow(updateSchedule));
        randomness = new NetRandomness(graph.layers(), compatibility);
        passes = new Passes(graph, devices, compatibility);
    }

    /**
     * Forward pass of columns {@code from} (inclusive) to {@code to} (exclusive); matrix k of {@code data} goes to the layers with dataIdx k.
     *
     * @throws org.cudaconvnet.kernels.DeviceException naming device and layer if a device failed
     */
    public void fprop(List<? extends DataMatrix> data, int from, int to, PassType pass) {
        graph.layers(DataLayer.class).forEach(layer -> layer.slice(data, from, to));
        passes.fprop(pass);
    }

    /** The costs of the last forward pass. */
    public Cost costs() {
        Map<String, double[]> sums = new LinkedHashMap<>();
        int cases = 0;
        for (CostLayer cost : graph.layers(CostLayer.class)) {
            sums.put(cost.name(), cost.costs());
            cases = cost.cases();
        }
        return new Cost(sums, cases);
    }

    /** What training minimises: each cost's first value times its coeff, not divided by cases; summed in binary64. */
    double checkedObjective() {
        return graph.layers(CostLayer.class).stream().mapToDouble(cost -> cost.coeff() * cost.preciseCost()).sum();
    }

    /** Backward pass of the mini-batch of the last forward pass; weight gradients are scaled by epsilon per case unless checking them. */
    public void bprop(PassType pass) {
        passes.bprop(pass);
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
        if (updateSchedule.isDue()) {
            passes.updateWeights();
        }
    }

    /** Sets who is told about times; null for nobody. */
    public void setTimer(Timer timer) {
        passes.setTimer(timer);
    }

    /**
     * Costs of cases {@code from} to {@code to} of a batch with {@code numViews} views side by side: the softmax outputs of all views
     * are averaged before the named cost is computed once (spec: engine-overview.md section 7).
     */
    public Cost multiviewTest(List<? extends DataMatrix> data, int numViews, String logregName, int from, int to) {
        try (MultiviewTest test = new MultiviewTest(graph, logregName)) {
            return test.run(this, data, numViews, from, to);
        }
    }

    /** @throws org.cudaconvnet.engine.InputException if the net has no cost for {@link #multiviewTest} */
    public void requireLogreg(String logregName) {
        MultiviewTest.cost(graph, logregName);
    }

    /** Number of classes by the dataIdx of the matrices that hold class labels of a cost. */
    public Map<Integer, Integer> labelClasses() {
        Map<Integer, Integer> classes = new HashMap<>();
        for (LabelCostLayer cost : graph.layers(LabelCostLayer.class)) {
            if (cost.labelsAreClasses() && cost.prev().get(0) instanceof DataLayer labels) {
                classes.put(labels.dict().intValue("dataIdx"), cost.prev().get(1).outputs());
            }
        }
        return classes;
    }

    /** Copies weights, increments and states of random numbers into the layer dictionaries. */
    public void syncWithHost() {
        weightLayers().forEach(WeightLayer::copyToHost);
        randomness.store();
    }

    /**
     * Starts the random numbers of all layers and the noise of their learning rates again; a new net has seed 1.
     *
     * @param seed 0 to 2^32 - 1
     */
    public void seed(long seed) {
        randomness.seed(seed);
        weightLayers().forEach(layer -> layer.seedRateNoise(seed));
    }

    /** Lets the random numbers of all layers go on where {@link #syncWithHost} found them; where it found none, they start from the seed. */
    public void resumeRandomStreams() {
        randomness.restore();
    }

    /** Names of the layers with weights in definition order. */
    public List<String> weightLayerNames() {
        return weightLayers().stream().map(Layer::name).toList();
    }

    /** Names of the layers that run backward, in that order. */
    public List<String> backwardOrder() {
        return passes.backwardOrder();
    }

    /** Name of the physical device on which a layer lives; that of data is one of those where they are used. */
    public String device(String layer) {
        return graph.layer(layer).backend().name();
    }

    Layer layer(String name) {
        return graph.layer(name);
    }

    List<WeightLayer> weightLayers() {
        return graph.layers(WeightLayer.class);
    }

    /**
     * Activations (outputs x cases) of the last forward pass, of costs the values per case or element that they sum. The backward step
     * of normalisation layers overwrites them.
     */
    public float[] acts(String layer) {
        return graph.layer(layer).hostActs();
    }

    /** Gradient with respect to the activations (outputs x cases); null if none was formed. */
    public float[] actsGrad(String layer) {
        return download(layer, graph.layer(layer).actsGrad());
    }

    public float[] weights(String layer, int input) {
        return download(layer, graph.weightLayer(layer).weights().get(input).weights());
    }

    public float[] weightsInc(String layer, int input) {
        return download(layer, graph.weightLayer(layer).weights().get(input).inc());
    }

    /** The separate gradient matrix; null where gradients go straight into the increment. */
    public float[] weightGrad(String layer, int input) {
        return download(layer, graph.weightLayer(layer).weights().get(input).grad());
    }

    public float[] biases(String layer) {
        return download(layer, graph.weightLayer(layer).biases().weights());
    }

    public float[] biasesInc(String layer) {
        return download(layer, graph.weightLayer(layer).biases().inc());
    }

    public float[] biasGrad(String layer) {
        return download(layer, graph.weightLayer(layer).biases().grad());
    }

    private float[] download(String layer, Matrix matrix) {
        return matrix == null ? null : graph.layer(layer).backend().downloadRowMajor(matrix);
    }

    /** Frees the memory on the devices. */
    @Override
    public void close() {
        passes.close();
        graph.close();
        randomness.close();
    }
}
