package org.cudaconvnet.kernels.gpu;

import static org.cudaconvnet.kernels.Costs.classByCase;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.DistributionCosts;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** Costs against a matrix of labels (distribution_costs.cu). */
final class GpuDistributionCosts implements DistributionCosts {
    private static final String MODULE = "distribution_costs";

    private final Kernels kernels;
    private final boolean addsQuotients;

    GpuDistributionCosts(Kernels kernels, Set<Defect> defects) {
        this.kernels = kernels;
        this.addsQuotients = defects.contains(Defect.CROSS_ENTROPY_GRADIENT_ADDS);
    }

    @Override
    public void crossEntCost(Matrix labels, Matrix probs, Matrix labelLogProbs, Matrix correctProbs) {
        Matrix p = classByCase(probs);
        Matrix t = classByCase(labels, p);
        GpuCosts.requireRow("labelLogProbs", labelLogProbs, p.cols());
        GpuCosts.requireRow("correctProbs", correctProbs, p.cols());
        if (p.size() > 0) {
            kernels.launch(MODULE, "kCrossEntCost", LaunchGeometry.covering(p.cols(), 128), t, p, labelLogProbs, correctProbs, p.cols(),
                    p.rows(), t.stride(), p.stride());
        }
    }

    @Override
    public void crossEntGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        launch("kCrossEntGrad", labels, probs, target, add, coeff);
    }

    @Override
    public void crossEntSoftmaxGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        launch("kCrossEntSoftmaxGrad", labels, probs, target, add, coeff);
    }

    @Override
    public void crossEnt2Cost(Matrix labels, Matrix probs, Matrix target) {
        launch("kCrossEnt2Cost", labels, probs, target);
    }

    @Override
    public void crossEnt2Grad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        launch("kCrossEnt2Grad", labels, probs, target, add, coeff, addsQuotients);
    }

    @Override
    public void crossEnt2LogisticGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        launch("kCrossEnt2LogisticGrad", labels, probs, target, add, coeff);
    }

    @Override
    public void rflickrCost(Matrix labels, Matrix acts, Matrix target) {
        launch("kRflickrCost", labels, acts, target);
    }

    @Override
    public void rflickrGrad(Matrix labels, Matrix acts, Matrix target, boolean add, float coeff) {
        launch("kRflickrGrad", labels, acts, target, add, coeff);
    }

    /** A kernel on labels, predictions and target, whose further parameters are {@code scalars}. */
    private void launch(String kernel, Matrix labels, Matrix predictions, Matrix target, Object... scalars) {
        Matrix p = classByCase(predictions);
        Matrix t = classByCase(labels, p);
        Matrix out = classByCase(target, p);
        if (p.size() > 0) {
            Object[] arguments = new Object[8 + scalars.length];
            System.arraycopy(new Object[] {t, p, out, p.cols(), p.rows(), t.stride(), p.stride(), out.stride()}, 0, arguments, 0, 8);
            System.arraycopy(scalars, 0, arguments, 8, scalars.length);
            kernels.launch(MODULE, kernel, ElementLayout.block(p.rows(), p.cols()), arguments);
        }
    }
}
