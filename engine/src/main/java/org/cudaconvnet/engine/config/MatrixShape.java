package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Shape and storage order of a weight or bias matrix (spec: checkpoints.md section 4, weight-update.md section 8).
 *
 * @param columnMajor fc layers keep their weights column-major, all others row-major
 */
public record MatrixShape(int rows, int cols, boolean columnMajor) {

    /** Shapes of a weight layer's matrices, one per input, derived from its geometry; empty for a layer without weights. */
    public static List<MatrixShape> weightsOf(LayerDict layer) {
        List<MatrixShape> shapes = new ArrayList<>();
        for (int i = 0; i < layer.inputs().size(); i++) {
            switch (layer.type()) {
                case "fc" -> shapes.add(new MatrixShape(layer.intList("numInputs").get(i), layer.outputs(), true));
                case "treefc" -> shapes.add(new MatrixShape(layer.intList("numInputs").get(i), layer.list("tree", List.class).size(), true));
                case "conv" -> shapes.add(new MatrixShape(filterWeights(layer, i), layer.intValue("filters"), false));
                case "local" -> shapes.add(
                        new MatrixShape(Math.multiplyExact(layer.intValue("modules"), filterWeights(layer, i)), layer.intValue("filters"), false));
                default -> {
                }
            }
        }
        return shapes;
    }

    /** Shape of a weight layer's biases. */
    public static MatrixShape biasesOf(LayerDict layer) {
        return switch (layer.type()) {
            case "fc", "treefc" -> new MatrixShape(1, layer.outputs(), true);
            case "conv" -> new MatrixShape(layer.booleanValue("sharedBiases") ? layer.intValue("filters") : layer.outputs(), 1, false);
            case "local" -> new MatrixShape(layer.outputs(), 1, false);
            default -> throw new IllegalArgumentException(layer + " has no biases");
        };
    }

    public long size() {
        return (long) rows * cols;
    }

    public HostMatrix zeros() {
        return HostMatrix.zeros(rows, cols, columnMajor);
    }

    @Override
    public String toString() {
        return rows + "x" + cols;
    }

    private static int filterWeights(LayerDict layer, int input) {
        return Math.multiplyExact(layer.intList("filterPixels").get(input), layer.intList("filterChannels").get(input));
    }
}
