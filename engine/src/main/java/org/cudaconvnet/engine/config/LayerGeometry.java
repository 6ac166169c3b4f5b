package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The geometry of a layer in words, for tables. */
final class LayerGeometry {
    private LayerGeometry() {
    }

    /**
     * Shape of the layer's output: "size x size x maps" where it is made of images, else the number of units.
     *
     * @param below the output of its first input
     */
    static String output(LayerDict layer, String below) {
        return switch (layer.type()) {
            case "conv", "local" -> images(layer.intValue("modulesX"), layer.intValue("filters"));
            case "pool", "nailbed" -> images(layer.intValue("outputsX"), layer.intValue("channels"));
            case "resize", "rscale" -> images(layer.intValue("tgtSize"), layer.intValue("channels"));
            case "rnorm", "cnorm", "cmrnorm", "blur", "href", "rgb2yuv", "rgb2lab" ->
                    images(layer.intValue("imgSize"), layer.intValue("channels"));
            case "neuron", "hs", "eltsum", "eltmax" -> below;
            default -> LayerWithInputParser.isCost(layer) ? "sink" : String.valueOf(layer.outputs());
        };
    }

    /** The keys that determine what the layer computes. */
    static String describe(LayerDict layer) {
        return switch (layer.type()) {
            case "data" -> "dataIdx " + layer.intValue("dataIdx");
            case "conv", "local" -> filters(layer);
            case "pool" -> layer.stringValue("pool") + " " + square(layer.intValue("sizeX")) + ", stride " + layer.intValue("stride")
                    + (layer.intValue("start") == 0 ? "" : ", start " + layer.intValue("start"));
            case "rnorm", "cnorm", "cmrnorm" -> "size " + layer.intValue("size") + (layer.booleanValue("blocked") ? ", blocked" : "");
            case "nailbed" -> "stride " + layer.intValue("stride") + ", start " + layer.intValue("start");
            case "blur" -> "filterSize " + layer.intValue("filterSize") + ", stdev " + layer.floatValue("stdev");
            case "resize" -> "scale " + layer.floatValue("scale");
            case "rscale" -> "maxScale " + layer.floatValue("maxScale");
            case "hs" -> "keep " + layer.floatValue("keep");
            case "eltsum" -> "coeffs " + layer.floatList("coeffs");
            case "neuron" -> neuron(layer.value("neuron", Map.class));
            default -> "";
        };
    }

    private static String filters(LayerDict layer) {
        List<String> filters = new ArrayList<>();
        for (int i = 0; i < layer.inputs().size(); i++) {
            int groups = layer.intList("groups").get(i);
            filters.add(layer.intValue("filters") + " of " + square(layer.intList("filterSize").get(i)) + "x"
                    + layer.intList("filterChannels").get(i) + ", stride " + layer.intList("stride").get(i)
                    + ", padding " + -layer.intList("padding").get(i) + (groups == 1 ? "" : ", groups " + groups)
                    + (layer.booleanList("randSparse").get(i) ? ", randSparse" : ""));
        }
        return String.join(" + ", filters);
    }

    private static String neuron(Map<?, ?> neuron) {
        Map<?, ?> params = (Map<?, ?>) neuron.get("params");
        return neuron.get("type") + (params.isEmpty() ? "" : params.values().toString().replace(" ", ""));
    }

    private static String square(int size) {
        return size + "x" + size;
    }

    private static String images(int size, int maps) {
        return square(size) + "x" + maps;
    }
}
