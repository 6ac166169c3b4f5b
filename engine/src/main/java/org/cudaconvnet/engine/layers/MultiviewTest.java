package org.cudaconvnet.engine.layers;

import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.DataMatrix;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;

/** Averages the softmax outputs of several views of each case before a logistic cost is computed once (spec: engine-overview.md section 7). */
final class MultiviewTest implements AutoCloseable {
    private final LogregCostLayer cost;
    private final ReusedMatrix sum;

    MultiviewTest(LayerGraph graph, String name) {
        cost = cost(graph, name);
        sum = new ReusedMatrix(cost.backend());
    }

    /** @throws InputException if there is no such cost */
    static LogregCostLayer cost(LayerGraph graph, String name) {
        return graph.layers(LogregCostLayer.class).stream().filter(layer -> layer.name().equals(name)).findFirst().orElseThrow(() ->
                new InputException("--logreg-name=" + name + ": the net has no cost.logreg layer of that name"));
    }

    /** Costs of cases {@code from} to {@code to} of a batch with {@code numViews} views side by side. */
    Cost run(Net net, List<? extends DataMatrix> data, int numViews, int from, int to) {
        Backend backend = cost.backend();
        int casesPerView = data.get(0).cols() / numViews;
        for (int view = 0; view < numViews; view++) {
            net.fprop(data, view * casesPerView + from, view * casesPerView + to, PassType.TEST);
            Matrix probs = cost.input(1);
            Matrix target = sum.resize(probs.rows(), probs.cols());
            if (view == 0) {
                backend.elementwise().copy(probs, target);
            } else {
                backend.elementwise().apply(BinaryOperator.weightedAdd(1, 1), target, probs, target);
            }
        }
        Matrix average = sum.matrix();
        backend.elementwise().apply(UnaryOperator.of(UnaryOperator.Kind.SCALE, (float) (1.0 / numViews)), average, average);
        return new Cost(Map.of(cost.name(), cost.computeCosts(average)), to - from);
    }

    @Override
    public void close() {
        sum.close();
    }
}
