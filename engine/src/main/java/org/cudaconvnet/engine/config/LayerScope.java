package org.cudaconvnet.engine.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cudaconvnet.engine.InputException;

/**
 * What the parser of one layer sees: its section, the dictionary that it fills, and only the layers defined above it.
 *
 * @param earlier layers above, by name
 */
record LayerScope(ConfigSection section, LayerDict layer, Map<String, LayerDict> earlier, ParseContext context) {

    LayerDict input(int index) {
        return earlier.get(layer.inputs().get(index));
    }

    int numInputs(int index) {
        return layer.intList("numInputs").get(index);
    }

    int inputCount() {
        return layer.inputs().size();
    }

    /** Whether any layer below learns, so that gradients must pass through this one. */
    boolean isAboveWeights() {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(layer.inputs());
        while (!open.isEmpty()) {
            LayerDict below = earlier.get(open.pop());
            if (below.booleanValue("gradConsumer")) {
                return true;
            }
            if (seen.add(below.name())) {
                open.addAll(below.inputs());
            }
        }
        return false;
    }

    void require(boolean good, String key, Object found, String expected) {
        section.require(good, key, found, expected);
    }

    InputException message(String key, String message) {
        return section.message(key, message);
    }

    /** Largest integer whose square is at most {@code pixels}: the side of a square image. */
    static int imgSize(int pixels) {
        return (int) Math.sqrt(pixels);
    }

    /** Fails unless {@code units} values are {@code channels} square images. */
    void requireSquareImages(int units, int channels) {
        int imgPixels = units / channels;
        int imgSize = imgSize(imgPixels);
        if (imgPixels == 0 || units != channels * imgPixels || imgSize * imgSize != imgPixels) {
            throw section.message("channels", "found an input of " + units + " units, expected " + channels + " channels of square images");
        }
    }
}
