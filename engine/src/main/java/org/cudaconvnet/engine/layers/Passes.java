package org.cudaconvnet.engine.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.layers.Net.Step;
import org.cudaconvnet.engine.layers.Net.Timer;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.engine.parallel.PassRunner;
import org.cudaconvnet.engine.parallel.Program;
import org.cudaconvnet.engine.parallel.SharedMatrix;
import org.cudaconvnet.engine.parallel.Transfer;

/**
 * The three passes of a net over its devices: forward in definition order, backward in {@link BackwardOrder}, updates in definition
 * order. Each device runs its own layers in that order and pulls what it needs from others once.
 */
final class Passes implements AutoCloseable {
    private final LayerGraph graph;
    private final DeviceGroup devices;
    private final PassRunner runner;
    private final List<SharedMatrix> shared = new ArrayList<>();
    private final List<Layer> backwardOrder;
    private final Program forward;
    private final Program backward;
    private final Program update;
    private PassType type;
    private Timer timer;

    Passes(LayerGraph graph, DeviceGroup devices, Compatibility compatibility) {
        this.graph = graph;
        this.devices = devices;
        runner = new PassRunner(devices);
        forward = new Program("forward pass", devices.count());
        backward = new Program("backward pass", devices.count());
        update = new Program("weight update", devices.count());
        graph.layers().forEach(this::addForward);
        backwardOrder = BackwardOrder.of(List.copyOf(graph.layers()), compatibility);
        addBackward();
        graph.layers().forEach(layer -> add(update, layer, Step.UPDATE, layer::updateWeights));
    }

    /** The columns must have been taken by the data layers. */
    void fprop(PassType pass) {
        type = pass;
        runner.run(forward);
    }

    void bprop(PassType pass) {
        type = pass;
        runner.run(backward);
        graph.layers().forEach(layer -> layer.gradient().reset());
    }

    void updateWeights() {
        runner.run(update);
    }

    List<String> backwardOrder() {
        return backwardOrder.stream().map(Layer::name).toList();
    }

    void setTimer(Timer timer) {
        this.timer = timer;
    }

    private void addForward(Layer layer) {
        if (layer instanceof DataLayer data) {
            data.devices().forEach(device -> forward.add(device, data.name(), timed(data, Step.FORWARD, device, () -> data.load(device))));
            return;
        }
        layer.prev().stream().distinct().forEach(input -> addPull(input, layer));
        add(forward, layer, Step.FORWARD, () -> layer.fprop(type));
        if (layer.next().stream().anyMatch(consumer -> consumer.device() != layer.device())) {
            SharedMatrix acts = share(new SharedMatrix(layer.name(), Transfer.Kind.ACTIVATIONS, layer.backend(),
                    layer.quantizer("quantF"), devices));
            for (Layer consumer : layer.next()) {
                if (consumer.device() != layer.device()) {
                    layer.actsElsewhere().computeIfAbsent(consumer.device(), first -> new PulledMatrix(acts, consumer.backend()));
                }
            }
            forward.add(layer.device(), layer.name(), pass -> acts.publish(pass, layer.acts()));
        }
    }

    private SharedMatrix share(SharedMatrix matrix) {
        shared.add(matrix);
        return matrix;
    }

    /** The first consumer on a device pulls for all. */
    private void addPull(Layer input, Layer consumer) {
        boolean first = input.next().stream().filter(other -> other.device() == consumer.device()).findFirst().orElseThrow() == consumer;
        if (!(input instanceof DataLayer) && input.device() != consumer.device() && first) {
            forward.add(consumer.device(), input.name(), input.actsElsewhere().get(consumer.device())::pull);
        }
    }

    private void addBackward() {
        Map<GradientShare, Layer> lastWriters = new HashMap<>();
        for (Layer layer : graph.layers()) {
            for (Layer consumer : layer.next()) {
                if (layer.isGradConsumer() && consumer.gpu() != layer.gpu() && backwardOrder.contains(consumer)) {
                    addForeignShare(layer, consumer);
                }
            }
        }
        for (Layer layer : backwardOrder) {
            sharesFrom(layer).forEach(share -> lastWriters.put(share, layer));
        }
        for (Layer layer : backwardOrder) {
            if (!layer.gradient().foreign().isEmpty()) {
                backward.add(layer.device(), layer.name(), pass -> layer.gradient().sum(pass, layer.outputs(), layer.cases()));
            }
            add(backward, layer, Step.BACKWARD, () -> layer.bprop(type));
            for (GradientShare share : sharesFrom(layer)) {
                if (lastWriters.get(share) == layer) {
                    backward.add(layer.device(), layer.name(), pass -> share.shared().publish(pass, share.writtenMatrix()));
                }
            }
        }
    }

    private void addForeignShare(Layer layer, Layer consumer) {
        GradientShare share = layer.gradient().addForeign(consumer.gpu(), consumer.backend());
        if (consumer.device() != layer.device() && share.shared() == null) {
            SharedMatrix gradient = share(new SharedMatrix(layer.name(), Transfer.Kind.GRADIENT, consumer.backend(),
                    layer.quantizer("quantB"), devices));
            gradient.addReceiver(layer.backend());
            share.shareAs(gradient);
        }
    }

    /** The shares that a layer writes for inputs on other physical devices. */
    private static List<GradientShare> sharesFrom(Layer layer) {
        return layer.prev().stream().distinct().map(input -> input.gradient().foreign(layer.gpu()))
                .filter(share -> share != null && share.shared() != null).toList();
    }

    private void add(Program program, Layer layer, Step step, Runnable action) {
        program.add(layer.device(), layer.name(), timed(layer, step, layer.device(), action));
    }

    private Program.Action timed(Layer layer, Step step, int device, Runnable action) {
        return pass -> {
            long start = System.nanoTime();
            action.run();
            if (timer != null) {
                devices.backend(device).synchronize();
                timer.took(layer.name(), step, System.nanoTime() - start);
            }
        };
    }

    @Override
    public void close() {
        shared.forEach(SharedMatrix::close);
    }
}
