package org.cudaconvnet.engine.layers;

import java.util.List;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;

/**
 * Fully connected with one column of weight offsets for every node of the label tree; the weights of a class are the sum of the offsets on
 * the way from the root to its leaf, added in this order (spec: layers.md section 15).
 *
 * <p>Gradients: those of the classes as in {@link FCLayer}; an inner node's is the sum of its children's, in their order, from +0. A node
 * with n leaves below has wc / n in place of wc and epsilon / n in place of epsilon: G = (gradient - wc * (W / n)) / n, every step
 * rounded, and the update has no decay of its own. The learning rate that enters at the update scales both parts.
 */
final class TreeFCLayer extends WeightLayer {
    private static final BinaryOperator ADD = BinaryOperator.weightedAdd(1, 1);
    private static final BinaryOperator DIVIDE = BinaryOperator.of(BinaryOperator.Kind.DIVIDE);

    private final LabelTreeNodes tree;
    private final float wc;
    private final Matrix treeWeights;
    private final Matrix decays;
    private final Matrix numLeaves;

    TreeFCLayer(LayerDict dict, Backend backend, Compatibility compatibility) {
        super(dict, backend, compatibility, true, name -> {
            throw new IllegalStateException("a treefc layer shares no weights");
        });
        tree = LabelTreeNodes.of(dict);
        Weights offsets = weights().get(0);
        wc = offsets.wc();
        offsets.setParameters(offsets.rate(), offsets.mom(), 0);
        offsets.prepareGradientBy(this::decayAndDivide);
        int numIn = offsets.weights().rows();
        int numNodes = offsets.weights().cols();
        treeWeights = backend.allocate(numIn, numNodes, true);
        decays = backend.allocate(numIn, numNodes, true);
        numLeaves = backend.allocate(1, numNodes, false);
        float[] counts = new float[numNodes];
        for (int node = 0; node < numNodes; node++) {
            counts[node] = tree.numLeaves()[node];
        }
        backend.upload(counts, numLeaves);
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        sumOffsets();
        Matrix target = acts().transposedView();
        backend().matrixProduct().addProduct(input(i).transposedView(), leaves(treeWeights), target, 0, 1);
        backend().elementwise().applyVector(ADD, target, biases().weights(), target);
    }

    private void sumOffsets() {
        Matrix offsets = weights().get(0).weights();
        backend().elementwise().copy(node(offsets, tree.root()), node(treeWeights, tree.root()));
        for (int node : tree.topDown()) {
            backend().elementwise().apply(ADD, node(treeWeights, tree.parents()[node]), node(offsets, node), node(treeWeights, node));
        }
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        backend().matrixProduct().addProduct(v.transposedView(), leaves(treeWeights).transposedView(), inputGrad(i).transposedView(),
                scaleTargets, 1);
    }

    @Override
    void bpropBiases(Matrix v, float scaleTargets, float scale) {
        backend().reductions().addSum(v.transposedView(), 0, biases().grad(), scaleTargets, scale);
    }

    @Override
    void bpropWeightsOf(Weights target, Matrix v, int i, PassType pass) {
        Matrix grad = target.grad();
        backend().matrixProduct().addProduct(input(i), v.transposedView(), leaves(grad), scaleTargets(target, pass), gradScale(target, pass));
        List<Integer> topDown = tree.topDown();
        for (int done = topDown.size() - 1; done >= 0; done--) {
            sumOverChildren(topDown.get(done), grad);
        }
        sumOverChildren(tree.root(), grad);
    }

    private void sumOverChildren(int node, Matrix grad) {
        if (!tree.children().get(node).isEmpty()) {
            backend().elementwise().fill(node(grad, node), 0);
            for (int child : tree.children().get(node)) {
                backend().elementwise().apply(ADD, node(grad, node), node(grad, child), node(grad, node));
            }
        }
    }

    /** From the sums of gradients to what enters the update. */
    private void decayAndDivide(Matrix grad) {
        Weights offsets = weights().get(0);
        if (wc > 0) {
            float rate = reproduces(Quirk.RATE_SCALES_GRADIENT) ? (float) offsets.rate().base() : 1;
            backend().elementwise().applyVector(DIVIDE, offsets.weights(), numLeaves, decays);
            backend().elementwise().apply(BinaryOperator.weightedAdd(1, -wc * rate), grad, decays, grad);
        }
        backend().elementwise().applyVector(DIVIDE, grad, numLeaves, grad);
    }

    private Matrix leaves(Matrix nodes) {
        return nodes.columns(0, outputs());
    }

    private static Matrix node(Matrix nodes, int node) {
        return nodes.columns(node, node + 1);
    }

    @Override
    float weightStep() {
        return 0.001f;
    }

    @Override
    float biasStep() {
        return 0.01f;
    }

    @Override
    public void close() {
        super.close();
        treeWeights.memory().close();
        decays.memory().close();
        numLeaves.memory().close();
    }
}
