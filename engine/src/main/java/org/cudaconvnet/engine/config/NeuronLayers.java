package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the key {@code neuron} of a layer into a layer of its own (spec: config-language.md section 6). */
final class NeuronLayers {
    private NeuronLayers() {
    }

    /** Places X_neuron directly after every layer X with a neuron, and relinks all layers that had X as input. */
    static List<LayerDict> detach(List<LayerDict> layers, ConfigFile definition) {
        Set<String> names = layers.stream().map(LayerDict::name).collect(Collectors.toSet());
        List<LayerDict> detached = new ArrayList<>();
        for (LayerDict layer : layers) {
            detached.add(layer);
            if (!layer.type().equals("neuron") && !layer.asMap().getOrDefault("neuron", "").equals("")) {
                LayerDict neuron = neuronLayer(layer, freeName(layer, names), definition.section(layer.name()));
                names.add(neuron.name());
                layers.forEach(consumer -> relink(consumer, layer.name(), neuron.name()));
                detached.add(neuron);
            }
        }
        return detached;
    }

    private static LayerDict neuronLayer(LayerDict source, String name, ConfigSection section) {
        LayerDict layer = new LayerDict(name, "neuron");
        layer.put("inputs", List.of(source.name())).put("numInputs", List.of(source.outputs())).put("outputs", source.outputs());
        layer.put("requiresParams", false).put("gradConsumer", false).put("gpu", source.intValue("gpu")).put("src_layer", source.name());
        NeuronLayerParser.putNeuron(layer, NeuronType.parse(section, source.stringValue("neuron")));
        return layer;
    }

    private static String freeName(LayerDict layer, Set<String> names) {
        String name = layer.name() + "_neuron";
        String free = name;
        for (int i = 1; names.contains(free); i++) {
            free = name + "." + i;
        }
        return free;
    }

    private static void relink(LayerDict consumer, String from, String to) {
        if (consumer.inputs().contains(from)) {
            consumer.put("inputs", consumer.inputs().stream().map(input -> input.equals(from) ? to : input).toList());
        }
    }
}
