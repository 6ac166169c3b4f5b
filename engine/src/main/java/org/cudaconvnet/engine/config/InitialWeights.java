package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;

/**
 * Initial weights and biases of one layer in the original's order of draws (spec: weight-update.md section 8, random.md section 5).
 *
 * <p>Weights are float32(initW * N(0,1)), the product in double and rounded once; numbers are drawn in row-major order of the logical
 * matrix whatever its storage order. Tied matrices are the source's own objects and draw nothing.
 */
final class InitialWeights {
    private final LayerScope scope;
    private final List<MatrixShape> shapes;

    InitialWeights(LayerScope scope, List<MatrixShape> shapes) {
        this.scope = scope;
        this.shapes = shapes;
    }

    void make(List<Double> initW, double initB) {
        LayerDict layer = scope.layer();
        boolean external = !layer.stringValue("initWFunc").isEmpty();
        // Checked even where nothing is made, so that an inspection finds the mistake.
        InitFunction weightFunction = external ? InitFunction.parse(scope, "initWFunc") : null;
        if (scope.context().random().isEmpty()) {
            return;
        }
        List<HostMatrix> weights = new ArrayList<>();
        List<HostMatrix> weightsInc = new ArrayList<>();
        layer.put("weights", weights).put("weightsInc", weightsInc);
        for (int i = 0; i < shapes.size(); i++) {
            if (external) {
                weights.add(supplied(weightFunction, i));
                weightsInc.add(shapes.get(i).zeros());
            } else if (WeightSources.isTied(layer, i)) {
                LayerDict source = WeightSources.sourceLayer(scope, i);
                int index = layer.intList("weightSourceMatrixIndices").get(i);
                weights.add(source.matrixList("weights").get(index));
                weightsInc.add(source.matrixList("weightsInc").get(index));
            } else {
                weights.add(draw(scope.context().random().get(), shapes.get(i), initW.get(i)));
                weightsInc.add(shapes.get(i).zeros());
            }
        }
        makeBiases(initB);
    }

    private HostMatrix supplied(InitFunction function, int input) {
        MatrixShape shape = shapes.get(input);
        return checked(function, function.call(scope, f -> f.weights(scope.layer().name(), input, shape, function.params())), shape);
    }

    private HostMatrix draw(RandomState random, MatrixShape shape, double stdev) {
        HostMatrix matrix = shape.zeros();
        // Nodes of a label tree above the classes start at 0, though their numbers are drawn.
        int drawnCols = scope.layer().type().equals("treefc") ? scope.layer().outputs() : shape.cols();
        for (int row = 0; row < shape.rows(); row++) {
            for (int col = 0; col < shape.cols(); col++) {
                float weight = (float) (stdev * random.randn());
                matrix.set(row, col, col < drawnCols ? weight : 0);
            }
        }
        return matrix;
    }

    private void makeBiases(double initB) {
        LayerDict layer = scope.layer();
        MatrixShape shape = MatrixShape.biasesOf(layer);
        HostMatrix biases = shape.zeros();
        if (layer.stringValue("initBFunc").isEmpty()) {
            Arrays.fill(biases.values(), (float) initB);
        } else {
            InitFunction function = InitFunction.parse(scope, "initBFunc");
            biases = checked(function, function.call(scope, f -> f.biases(layer.name(), shape, function.params())), shape);
        }
        layer.put("biases", biases).put("biasesInc", shape.zeros());
    }

    private HostMatrix checked(InitFunction function, HostMatrix supplied, MatrixShape shape) {
        MatrixShape found = new MatrixShape(supplied.rows(), supplied.cols(), supplied.columnMajor());
        scope.require(found.equals(shape), function.key(), function + "\" of shape \"" + found, "a matrix of shape " + shape
                + (shape.columnMajor() ? ", column-major" : ", row-major"));
        return supplied;
    }
}
