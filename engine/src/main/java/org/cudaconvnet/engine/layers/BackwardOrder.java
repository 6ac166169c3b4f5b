package org.cudaconvnet.engine.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;

/**
 * The order in which layers run backward: depth first from each cost in definition order, a layer as soon as all its gradients have
 * arrived (spec: engine-overview.md sections 3 and 4.2). It decides which consumer of a layer writes its gradient and which add.
 */
final class BackwardOrder {
    private final Compatibility compatibility;
    private final Set<Layer> order = new LinkedHashSet<>();
    private final Map<Layer, Integer> received = new HashMap<>();
    private final Map<Layer, Boolean> leadsToCost = new HashMap<>();

    private BackwardOrder(Compatibility compatibility) {
        this.compatibility = compatibility;
    }

    static List<Layer> of(List<Layer> layers, Compatibility compatibility) {
        BackwardOrder backward = new BackwardOrder(compatibility);
        for (Layer layer : layers) {
            if (layer instanceof CostLayer && layer.isGradProducer()) {
                backward.visit(layer);
            }
        }
        return new ArrayList<>(backward.order);
    }

    private void visit(Layer layer) {
        long expected = layer.next().stream().filter(this::isWaitedFor).count();
        if (received.getOrDefault(layer, 0) != expected || !order.add(layer)) {
            return;
        }
        List<Layer> consumers = layer.prev().stream().filter(Layer::isGradConsumer).toList();
        consumers.forEach(input -> received.merge(input, 1, Integer::sum));
        consumers.forEach(this::visit);
    }

    private boolean isWaitedFor(Layer consumer) {
        return compatibility.reproduces(Quirk.PRODUCERS_COUNTED_WITHOUT_PATH) ? consumer.isGradProducer() : leadsToCost(consumer);
    }

    private boolean leadsToCost(Layer layer) {
        Boolean known = leadsToCost.get(layer);
        if (known == null) {
            known = layer instanceof CostLayer ? layer.isGradProducer() : layer.next().stream().anyMatch(this::leadsToCost);
            leadsToCost.put(layer, known);
        }
        return known;
    }
}
