package org.cudaconvnet.kernels.cpu;

import static org.cudaconvnet.kernels.Costs.classByCase;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.DistributionCosts;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Shapes;

/** Costs against a matrix of labels; threads share the cases. */
final class CpuDistributionCosts implements DistributionCosts {
    private static final int CASES_PER_PIECE = 64;
    private static final float LOG_OF_NOTHING = -50;

    private final CpuThreads threads;
    private final ElementFunctions functions;
    private final boolean addsQuotients;

    CpuDistributionCosts(CpuThreads threads, ElementFunctions functions, Set<Defect> defects) {
        this.threads = threads;
        this.functions = functions;
        this.addsQuotients = defects.contains(Defect.CROSS_ENTROPY_GRADIENT_ADDS);
    }

    @Override
    public void crossEntCost(Matrix labels, Matrix probs, Matrix labelLogProbs, Matrix correctProbs) {
        Matrix p = classByCase(probs);
        Matrix t = classByCase(labels, p);
        Shapes.require(labelLogProbs, 1, p.cols());
        Shapes.require(correctProbs, 1, p.cols());
        float[] label = CpuMemory.values(t);
        float[] prob = CpuMemory.values(p);
        threads.forEach(p.cols(), CASES_PER_PIECE, (from, to) -> {
            for (int c = from; c < to; c++) {
                float max = prob[CpuMemory.index(p, 0, c)];
                for (int j = 1; j < p.rows(); j++) {
                    float other = prob[CpuMemory.index(p, j, c)];
                    max = other > max ? other : max;
                }
                float sum = 0;
                int count = 0;
                boolean hit = false;
                for (int j = 0; j < p.rows(); j++) {
                    float target = label[CpuMemory.index(t, j, c)];
                    float found = prob[CpuMemory.index(p, j, c)];
                    sum = Math.fma(target, safelog(found), sum);
                    count += found == max ? 1 : 0;
                    hit |= found == max && target > 0;
                }
                CpuMemory.values(labelLogProbs)[CpuMemory.index(labelLogProbs, 0, c)] = sum;
                CpuMemory.values(correctProbs)[CpuMemory.index(correctProbs, 0, c)] = hit ? 1f / count : 0;
            }
        });
    }

    @Override
    public void crossEntGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        forEachElement(labels, probs, target, (t, y, old) -> {
            float ratio = t / y;
            return add ? Math.fma(coeff, ratio, old) : coeff * ratio;
        });
    }

    @Override
    public void crossEntSoftmaxGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        Matrix p = classByCase(probs);
        Matrix t = classByCase(labels, p);
        Matrix out = classByCase(target, p);
        float[] label = CpuMemory.values(t);
        threads.forEach(p.cols(), CASES_PER_PIECE, (from, to) -> {
            for (int j = 0; j < p.rows(); j++) {
                for (int c = from; c < to; c++) {
                    float own = CpuMemory.values(p)[CpuMemory.index(p, j, c)];
                    float sum = 0;
                    for (int k = 0; k < p.rows(); k++) {
                        sum = Math.fma(label[CpuMemory.index(t, k, c)], (k == j ? 1 : 0) - own, sum);
                    }
                    int index = CpuMemory.index(out, j, c);
                    float[] values = CpuMemory.values(out);
                    values[index] = add ? Math.fma(sum, coeff, values[index]) : sum * coeff;
                }
            }
        });
    }

    @Override
    public void crossEnt2Cost(Matrix labels, Matrix probs, Matrix target) {
        forEachElement(labels, probs, target, (t, y, old) -> Math.fma(t, safelog(y), (1 - t) * safelog(1 - y)));
    }

    @Override
    public void crossEnt2Grad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        forEachElement(labels, probs, target, (t, y, old) -> {
            float hit = t / y;
            float miss = (1 - t) / (1 - y);
            float difference = addsQuotients ? hit + miss : hit - miss;
            return add ? Math.fma(coeff, difference, old) : coeff * difference;
        });
    }

    @Override
    public void crossEnt2LogisticGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        forEachElement(labels, probs, target, (t, y, old) -> {
            float v = Math.fma(-coeff, y, coeff * t);
            return add ? old + v : v;
        });
    }

    @Override
    public void rflickrCost(Matrix labels, Matrix acts, Matrix target) {
        forEachElement(labels, acts, target, (t, y, old) -> {
            float d = y - t;
            return functions.log(Math.fma(d, d, 1));
        });
    }

    @Override
    public void rflickrGrad(Matrix labels, Matrix acts, Matrix target, boolean add, float coeff) {
        forEachElement(labels, acts, target, (t, y, old) -> {
            float d = y - t;
            float ratio = 2 * d / Math.fma(d, d, 1);
            return add ? Math.fma(-coeff, ratio, old) : -coeff * ratio;
        });
    }

    private float safelog(float x) {
        return x <= 0 ? LOG_OF_NOTHING : functions.log(x);
    }

    private interface Element {
        float of(float label, float prediction, float old);
    }

    private void forEachElement(Matrix labels, Matrix predictions, Matrix target, Element element) {
        Matrix p = classByCase(predictions);
        Matrix t = classByCase(labels, p);
        Matrix out = classByCase(target, p);
        float[] values = CpuMemory.values(out);
        threads.forEach(p.cols(), CASES_PER_PIECE, (from, to) -> {
            for (int j = 0; j < p.rows(); j++) {
                for (int c = from; c < to; c++) {
                    int index = CpuMemory.index(out, j, c);
                    values[index] = element.of(CpuMemory.values(t)[CpuMemory.index(t, j, c)],
                            CpuMemory.values(p)[CpuMemory.index(p, j, c)], values[index]);
                }
            }
        });
    }
}
