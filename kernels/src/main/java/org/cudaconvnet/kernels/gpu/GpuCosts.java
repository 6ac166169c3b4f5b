package org.cudaconvnet.kernels.gpu;

import static org.cudaconvnet.kernels.Costs.classByCase;

import org.cudaconvnet.kernels.Costs;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Shapes;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** Softmax and costs (costs.cu). */
final class GpuCosts implements Costs {
    private static final String MODULE = "costs";

    private final Kernels kernels;

    GpuCosts(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public void logregCost(Matrix labels, Matrix probs, Matrix labelLogProbs, Matrix correctProbs) {
        Matrix p = classByCase(probs);
        requireRow("labels", labels, p.cols());
        requireRow("labelLogProbs", labelLogProbs, p.cols());
        requireRow("correctProbs", correctProbs, p.cols());
        if (p.size() > 0) {
            kernels.launch(MODULE, "kLogregCost", LaunchGeometry.covering(p.cols(), 128), labels, p, labelLogProbs, correctProbs,
                    p.cols(), p.rows(), p.stride());
        }
    }

    @Override
    public void logregTopkCost(Matrix labels, Matrix probs, Matrix ranked, Matrix labelLogProbs, Matrix correctProbs, Matrix topProbs,
                               int k) {
        Matrix p = classByCase(probs);
        Matrix r = classByCase(ranked, p);
        requireRow("labels", labels, p.cols());
        requireRow("labelLogProbs", labelLogProbs, p.cols());
        requireRow("correctProbs", correctProbs, p.cols());
        requireRow("topProbs", topProbs, p.cols());
        if (p.size() > 0) {
            kernels.launch(MODULE, "kLogregTopkCost", LaunchGeometry.covering(p.cols(), 128), labels, p, r, labelLogProbs, correctProbs,
                    topProbs, p.cols(), p.rows(), p.stride(), r.stride(), k);
        }
    }

    @Override
    public void logregGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        labelled("kLogregCostGrad", labels, probs, target, add, coeff);
    }

    @Override
    public void logregSoftmaxGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        labelled("kLogregSoftmaxGrad", labels, probs, target, add, coeff);
    }

    private void labelled(String kernel, Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        Matrix p = classByCase(probs);
        Matrix t = classByCase(target, p);
        requireRow("labels", labels, p.cols());
        if (p.size() > 0) {
            kernels.launch(MODULE, kernel, ElementLayout.block(p.rows(), p.cols()), labels, p, t, p.cols(), p.rows(), p.stride(), t.stride(),
                    add, coeff);
        }
    }

    @Override
    public void softmax(Matrix inputs, Matrix target) {
        Matrix x = classByCase(inputs);
        Matrix y = classByCase(target, x);
        if (x.size() > 0) {
            kernels.launch(MODULE, "kSoftmax", LaunchGeometry.of(Kernels.ceilDiv(x.cols(), 32), 1, 32, 8), x, y, x.cols(), x.rows(),
                    x.stride(), y.stride());
        }
    }

    @Override
    public void softmaxGrad(Matrix acts, Matrix actsGrad, Matrix target, boolean add) {
        Matrix y = classByCase(acts);
        Matrix v = classByCase(actsGrad, y);
        Matrix t = classByCase(target, y);
        if (y.size() > 0) {
            kernels.launch(MODULE, "kSoftmaxGrad", ElementLayout.block(y.rows(), y.cols()), y, v, t, y.cols(), y.rows(), y.stride(),
                    v.stride(), t.stride(), add);
        }
    }

    @Override
    public void eltwiseMaxGrad(Matrix actGrad, Matrix input, Matrix output, Matrix target, boolean add) {
        Shapes.requireSame(actGrad, target);
        Shapes.requireSame(input, target);
        Shapes.requireSame(output, target);
        ElementLayout layout = ElementLayout.of(target, actGrad, input, output);
        if (!layout.isEmpty()) {
            kernels.launch(MODULE, "kEltwiseMaxGrad", layout.geometry(), actGrad, input, output, target, layout.height(), layout.width(),
                    layout.rowStep(actGrad), layout.colStep(actGrad), layout.rowStep(input), layout.colStep(input),
                    layout.rowStep(output), layout.colStep(output), layout.targetStep(), add);
        }
    }

    /** One value per case, without gaps. */
    static void requireRow(String name, Matrix row, int cases) {
        Shapes.require(row, 1, cases);
        if (row.isTransposed() && row.stride() != 1) {
            throw new IllegalArgumentException(name + ": " + row + ": expected contiguous");
        }
    }
}
