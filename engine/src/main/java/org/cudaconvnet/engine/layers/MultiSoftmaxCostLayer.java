package org.cudaconvnet.engine.layers;

import java.util.stream.IntStream;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;

/**
 * Probability of the label to be in a random set of setSize classes ({@link MultiSoftmax}); inputs: labels, energies. Values: negative
 * log-probability, labels that do not have the largest energy, labels that are not among the setSize largest. Its activations are the
 * labels' log-probabilities. The gradient is coeff * (probability of each class given the label - probability), both rounded (spec:
 * layers.md section 14). Where it is added to that of another consumer the original aborts; here it is added in every era.
 *
 * <p>The sums over sets run on the host, cases in pieces of ceil(cases / threads); the case's largest energy is subtracted first.
 */
final class MultiSoftmaxCostLayer extends LabelCostLayer {
    private final int classes;
    private final int setSize;
    private final int threads;
    private final ReusedMatrix marginals;
    private final ReusedMatrix correctProbs;
    private final ReusedMatrix topProbs;
    private final ReusedMatrix grads;
    private float[] energies = {};
    private float[] marginalsOnHost = {};

    MultiSoftmaxCostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        classes = dict.intValue("numOut");
        setSize = dict.intValue("setSize");
        threads = dict.intValue("threads");
        marginals = new ReusedMatrix(backend);
        correctProbs = new ReusedMatrix(backend);
        topProbs = new ReusedMatrix(backend);
        grads = new ReusedMatrix(backend);
    }

    @Override
    boolean labelsAreClasses() {
        return true;
    }

    @Override
    double[] computeCosts() {
        int cases = cases();
        energies = backend().downloadRowMajor(input(1));
        marginalsOnHost = new float[energies.length];
        forEachCase(cases, (softmax, c, column) -> {
            softmax.marginals(energiesOf(c), MultiSoftmax.NONE, column);
            for (int j = 0; j < classes; j++) {
                marginalsOnHost[j * cases + c] = column[j];
            }
        });
        Matrix probs = marginals.resize(classes, cases);
        backend().upload(marginalsOnHost, probs);
        Matrix logProbs = resizeActs(1, cases);
        Matrix correct = correctProbs.resize(1, cases);
        Matrix top = topProbs.resize(1, cases);
        backend().costs().logregTopkCost(input(0), probs, input(1), logProbs, correct, top, setSize);
        return new double[] {-total(logProbs), cases - total(correct), cases - total(top)};
    }

    @Override
    double preciseCost() {
        return -preciseSum(acts());
    }

    @Override
    void predictionsGrad(Matrix target, float scaleTargets) {
        int cases = cases();
        float[] labels = download(input(0));
        float[] gradient = new float[energies.length];
        forEachCase(cases, (softmax, c, column) -> {
            softmax.marginals(energiesOf(c), (int) labels[c], column);
            for (int j = 0; j < classes; j++) {
                int at = j * cases + c;
                gradient[at] = (column[j] - marginalsOnHost[at]) * coeff();
            }
        });
        Matrix added = grads.resize(classes, cases);
        backend().upload(gradient, added);
        backend().elementwise().apply(BinaryOperator.weightedAdd(scaleTargets, 1), target, added, target);
    }

    /** The energies of one case, less the largest. */
    private float[] energiesOf(int c) {
        int cases = energies.length / classes;
        float[] column = new float[classes];
        float max = energies[c];
        for (int j = 0; j < classes; j++) {
            column[j] = energies[j * cases + c];
            max = column[j] > max ? column[j] : max;
        }
        for (int j = 0; j < classes; j++) {
            column[j] -= max;
        }
        return column;
    }

    private interface CaseStep {
        /** @param column room for one value per class */
        void run(MultiSoftmax softmax, int c, float[] column);
    }

    private void forEachCase(int cases, CaseStep step) {
        int perThread = (cases + threads - 1) / threads;
        IntStream.range(0, threads).parallel().forEach(thread -> {
            MultiSoftmax softmax = new MultiSoftmax(classes, setSize);
            float[] column = new float[classes];
            for (int c = thread * perThread; c < Math.min(cases, (thread + 1) * perThread); c++) {
                step.run(softmax, c, column);
            }
        });
    }

    @Override
    public void close() {
        super.close();
        marginals.close();
        correctProbs.close();
        topProbs.close();
        grads.close();
    }
}
