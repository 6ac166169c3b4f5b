package org.cudaconvnet.engine.train;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;

/**
 * Mean magnitudes of one weight or bias matrix and of its increment.
 *
 * @param matrix such as {@code weights[0]} or {@code biases}
 */
public record Magnitude(String layer, String matrix, double weights, double increment) {
    /** Those of all weight layers in definition order, by their matrices on the host. */
    static List<Magnitude> of(List<LayerDict> layers) {
        List<Magnitude> magnitudes = new ArrayList<>();
        for (LayerDict layer : layers) {
            if (layer.has("weights")) {
                for (int i = 0; i < layer.matrixList("weights").size(); i++) {
                    magnitudes.add(new Magnitude(layer.name(), "weights[" + i + "]", mean(layer.matrixList("weights").get(i)),
                            mean(layer.matrixList("weightsInc").get(i))));
                }
                magnitudes.add(new Magnitude(layer.name(), "biases", mean(layer.matrix("biases")), mean(layer.matrix("biasesInc"))));
            }
        }
        return magnitudes;
    }

    private static double mean(HostMatrix matrix) {
        double sum = 0;
        for (float value : matrix.values()) {
            sum += Math.abs(value);
        }
        return sum / matrix.values().length;
    }
}
