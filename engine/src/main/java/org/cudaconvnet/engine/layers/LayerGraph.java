package org.cudaconvnet.engine.layers;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.parallel.DeviceGroup;

/** The layers of a net, linked, each on its device. */
final class LayerGraph implements AutoCloseable {
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Compatibility compatibility;

    /** @param dicts layers in definition order, inputs before their consumers */
    LayerGraph(List<LayerDict> dicts, DeviceGroup devices, Compatibility compatibility, boolean shareMatrices) {
        this.compatibility = compatibility;
        for (LayerDict dict : dicts) {
            int gpu = gpu(dict);
            int device = devices.deviceOf(gpu);
            Layer layer = LayerFactory.create(dict, devices.backend(device), compatibility, layers);
            layer.place(gpu, device);
            dict.inputs().forEach(input -> layer.addInput(layer(input)));
            layers.put(dict.name(), layer);
        }
        if (shareMatrices) {
            layers.values().forEach(this::shareMatrices);
        }
        addDevices(devices);
        layers(LabelCostLayer.class).forEach(LabelCostLayer::requireUntrainedLabels);
    }

    /** Layers without the key are of the single-GPU engine. */
    private static int gpu(LayerDict dict) {
        return dict.has("gpu") ? dict.intValue("gpu") : dict.inputs().isEmpty() ? -1 : 0;
    }

    private void shareMatrices(Layer layer) {
        int actsTarget = sharable(layer, "actsTarget");
        int actsGradTarget = sharable(layer, "actsGradTarget");
        // The front end declares that soft-ReLU does not need its input, but its corrected gradient does.
        boolean keepsInput = layer instanceof NeuronLayer && NeuronLayer.neuron(layer.dict()).type().usesInputs();
        // The gradient of data is never formed, and has no device.
        boolean ofData = actsGradTarget >= 0 && layer.prev().get(actsGradTarget) instanceof DataLayer;
        layer.share(keepsInput ? -1 : actsTarget, ofData ? -1 : actsGradTarget);
    }

    private int sharable(Layer layer, String key) {
        int target = layer.dict().has(key) ? layer.dict().intValue(key) : -1;
        boolean repeated = target >= 0 && layer.prev().stream().filter(layer.prev().get(target)::equals).count() > 1;
        return repeated && !compatibility.reproduces(Quirk.REPEATED_INPUT_SHARES_MATRIX) ? -1 : target;
    }

    private void addDevices(DeviceGroup devices) {
        for (Layer layer : layers.values()) {
            if (layer instanceof DataLayer data) {
                data.next().forEach(consumer -> data.addDevice(consumer.device(), consumer.backend()));
                if (data.next().isEmpty()) {
                    data.addDevice(data.device(), devices.backend(data.device()));
                }
            }
        }
    }

    /** In definition order. */
    Collection<Layer> layers() {
        return Collections.unmodifiableCollection(layers.values());
    }

    /** The layers of one type in definition order. */
    <T extends Layer> List<T> layers(Class<T> type) {
        return layers.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** @throws InputException if there is none of that name */
    Layer layer(String name) {
        Layer layer = layers.get(name);
        if (layer == null) {
            throw new InputException("the net has no layer " + name);
        }
        return layer;
    }

    /** @throws InputException if there is none of that name with weights */
    WeightLayer weightLayer(String name) {
        if (layer(name) instanceof WeightLayer layer) {
            return layer;
        }
        throw new InputException("layer " + name + " has no weights");
    }

    @Override
    public void close() {
        layers.values().forEach(Layer::close);
    }
}
