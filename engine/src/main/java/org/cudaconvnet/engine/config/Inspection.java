package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a net with their derived sizes.
 *
 * @param layers          in the order of execution
 * @param totalParameters weights and biases, tied matrices counted once
 */
public record Inspection(List<Layer> layers, long totalParameters) {
    /**
     * One layer.
     *
     * @param geometry   its keys in words
     * @param output     size x size x maps, or the number of units
     * @param weights    rows x cols of each weight matrix, in the order of the inputs; "tied to ..." for shared ones
     * @param biases     rows x cols, empty if there are none
     * @param parameters weights and biases of its own
     */
    public record Layer(String name, String type, List<String> inputs, int gpu, String geometry, String output, int outputs,
            List<String> weights, String biases, long parameters) {
    }

    /** Inspects layers as {@link LayerParser} delivers them, with or without weights and parameters. */
    public static Inspection of(List<LayerDict> layers) {
        List<Layer> inspected = new ArrayList<>();
        Map<String, String> outputs = new HashMap<>();
        long total = 0;
        for (LayerDict layer : layers) {
            String below = layer.inputs().isEmpty() ? "" : outputs.get(layer.inputs().get(0));
            String output = LayerGeometry.output(layer, below);
            outputs.put(layer.name(), output);
            long parameters = parameters(layer);
            total += parameters;
            inspected.add(new Layer(layer.name(), layer.type(), layer.inputs(), layer.intValue("gpu"), LayerGeometry.describe(layer), output,
                    layer.outputs(), weights(layer), hasWeights(layer) ? MatrixShape.biasesOf(layer).toString() : "", parameters));
        }
        return new Inspection(inspected, total);
    }

    private static boolean hasWeights(LayerDict layer) {
        return layer.has("initW");
    }

    private static List<String> weights(LayerDict layer) {
        List<String> weights = new ArrayList<>();
        List<MatrixShape> shapes = MatrixShape.weightsOf(layer);
        for (int i = 0; i < shapes.size(); i++) {
            String tied = WeightSources.isTied(layer, i) ? " tied to " + layer.stringList("weightSourceLayers").get(i) : "";
            weights.add(shapes.get(i) + tied);
        }
        return weights;
    }

    private static long parameters(LayerDict layer) {
        if (!hasWeights(layer)) {
            return 0;
        }
        long parameters = MatrixShape.biasesOf(layer).size();
        List<MatrixShape> shapes = MatrixShape.weightsOf(layer);
        for (int i = 0; i < shapes.size(); i++) {
            parameters += WeightSources.isTied(layer, i) ? 0 : shapes.get(i).size();
        }
        return parameters;
    }
}
