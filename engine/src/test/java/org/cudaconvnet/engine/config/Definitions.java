package org.cudaconvnet.engine.config;

import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;

/** Layers parsed from text, for tests: two data matrices (images of 3 channels, labels) and ten classes unless a context is given. */
final class Definitions {
    private Definitions() {
    }

    static ParseContext images(int size) {
        return ParseContext.of(List.of(3 * size * size, 1), 10, new RandomState(5));
    }

    static List<LayerDict> parse(String layers, String params, ParseContext context) {
        return LayerParser.parse(ConfigFile.parse("layers.cfg", layers), ConfigFile.parse("params.cfg", params), context);
    }

    static LayerDict named(List<LayerDict> layers, String name) {
        return layers.stream().filter(layer -> layer.name().equals(name)).findFirst().orElseThrow();
    }

    /** A parameter section of a weight layer with {@code inputs} inputs. */
    static String weightParams(String layer, int inputs) {
        String values = "0.01" + ",0.01".repeat(inputs - 1);
        return "[" + layer + "]\nepsW=" + values + "\nepsB=0.02\nmomW=" + values + "\nmomB=0.9\nwc=" + values + "\n";
    }
}
