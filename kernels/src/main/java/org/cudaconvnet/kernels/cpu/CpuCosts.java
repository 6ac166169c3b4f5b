package org.cudaconvnet.kernels.cpu;

import static org.cudaconvnet.kernels.Costs.classByCase;

import java.util.Arrays;
import org.cudaconvnet.kernels.Costs;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Shapes;
import org.cudaconvnet.kernels.UnaryOperator;

/** Softmax and costs; every matrix is walked as (class, case) with the case fastest, and threads share the cases. */
final class CpuCosts implements Costs {
    private static final int CASES_PER_PIECE = 64;
    private static final int NO_CLASS = -1;
    private static final UnaryOperator EXP = UnaryOperator.of(UnaryOperator.Kind.EXP);
    private static final UnaryOperator LOG = UnaryOperator.of(UnaryOperator.Kind.LOG);

    private final CpuThreads threads;
    private final Spans spans;
    private final ElementLoops loops;

    CpuCosts(CpuThreads threads, ElementLoops loops) {
        this.threads = threads;
        this.spans = new Spans(threads);
        this.loops = loops;
    }

    @Override
    public void logregCost(Matrix labels, Matrix probs, Matrix labelLogProbs, Matrix correctProbs) {
        Matrix p = classByCase(probs);
        Shapes.require(labelLogProbs, 1, p.cols());
        Shapes.require(correctProbs, 1, p.cols());
        int[] classes = labelClasses(labels, p);
        float[] values = CpuMemory.values(p);
        threads.forEach(p.cols(), CASES_PER_PIECE, (from, to) -> {
            float[] logProbs = new float[to - from];
            for (int c = from; c < to; c++) {
                float labelProb = labelValue(p, classes[c], c);
                float max = values[CpuMemory.index(p, 0, c)];
                for (int j = 1; j < p.rows(); j++) {
                    float prob = values[CpuMemory.index(p, j, c)];
                    max = prob > max ? prob : max;
                }
                logProbs[c - from] = labelProb;
                CpuMemory.values(correctProbs)[CpuMemory.index(correctProbs, 0, c)] = labelProb != max ? 0 : 1f / count(p, c, max);
            }
            loops.apply(LOG, logProbs, 0, logProbs, 0, logProbs.length);
            for (int c = from; c < to; c++) {
                CpuMemory.values(labelLogProbs)[CpuMemory.index(labelLogProbs, 0, c)] = logProbs[c - from];
            }
        });
    }

    @Override
    public void logregTopkCost(Matrix labels, Matrix probs, Matrix ranked, Matrix labelLogProbs, Matrix correctProbs, Matrix topProbs,
                               int k) {
        Matrix r = classByCase(ranked, classByCase(probs));
        Shapes.require(topProbs, 1, r.cols());
        logregCost(labels, probs, labelLogProbs, correctProbs);
        int[] classes = labelClasses(labels, r);
        float[] values = CpuMemory.values(r);
        threads.forEach(r.cols(), CASES_PER_PIECE, (from, to) -> {
            for (int c = from; c < to; c++) {
                float own = labelValue(r, classes[c], c);
                int above = 0;
                for (int j = 0; j < r.rows(); j++) {
                    above += values[CpuMemory.index(r, j, c)] > own ? 1 : 0;
                }
                int equal = count(r, c, own);
                int left = k - above;
                CpuMemory.values(correctProbs)[CpuMemory.index(correctProbs, 0, c)] = above > 0 || equal == 0 ? 0 : 1f / equal;
                CpuMemory.values(topProbs)[CpuMemory.index(topProbs, 0, c)] =
                        left <= 0 || equal == 0 ? 0 : equal <= left ? 1 : (float) left / equal;
            }
        });
    }

    /** NaN if there is no such class. */
    private static float labelValue(Matrix classByCase, int label, int column) {
        return label == NO_CLASS ? Float.NaN : CpuMemory.values(classByCase)[CpuMemory.index(classByCase, label, column)];
    }

    private static int count(Matrix probs, int column, float value) {
        int count = 0;
        for (int j = 0; j < probs.rows(); j++) {
            count += CpuMemory.values(probs)[CpuMemory.index(probs, j, column)] == value ? 1 : 0;
        }
        return count;
    }

    @Override
    public void logregGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        Matrix p = classByCase(probs);
        Matrix t = classByCase(target, p);
        int[] classes = labelClasses(labels, p);
        float[] prob = CpuMemory.values(p);
        float[] out = CpuMemory.values(t);
        forEachElement(p, (j, c) -> {
            float v = coeff * (classes[c] == j ? 1 : 0) / prob[CpuMemory.index(p, j, c)];
            int index = CpuMemory.index(t, j, c);
            out[index] = add ? v + out[index] : v;
        });
    }

    @Override
    public void softmax(Matrix inputs, Matrix target) {
        Matrix x = classByCase(inputs);
        Matrix y = classByCase(target, x);
        float[] in = CpuMemory.values(x);
        float[] out = CpuMemory.values(y);
        threads.forEach(x.cols(), CASES_PER_PIECE, (from, to) -> {
            int length = to - from;
            float[] max = new float[length];
            float[] sum = new float[length];
            System.arraycopy(in, CpuMemory.index(x, 0, from), max, 0, length);
            for (int j = 1; j < x.rows(); j++) {
                int row = CpuMemory.index(x, j, from);
                for (int i = 0; i < length; i++) {
                    max[i] = in[row + i] > max[i] ? in[row + i] : max[i];
                }
            }
            for (int j = 0; j < x.rows(); j++) {
                int row = CpuMemory.index(x, j, from);
                int outRow = CpuMemory.index(y, j, from);
                for (int i = 0; i < length; i++) {
                    out[outRow + i] = in[row + i] - max[i];
                }
                loops.apply(EXP, out, outRow, out, outRow, length);
                for (int i = 0; i < length; i++) {
                    sum[i] = j == 0 ? out[outRow + i] : sum[i] + out[outRow + i];
                }
            }
            for (int j = 0; j < x.rows(); j++) {
                int row = CpuMemory.index(y, j, from);
                for (int i = 0; i < length; i++) {
                    out[row + i] /= sum[i];
                }
            }
        });
    }

    @Override
    public void softmaxGrad(Matrix acts, Matrix actsGrad, Matrix target, boolean add) {
        Matrix y = classByCase(acts);
        Matrix v = classByCase(actsGrad, y);
        Matrix t = classByCase(target, y);
        float[] act = CpuMemory.values(y);
        float[] grad = CpuMemory.values(v);
        float[] out = CpuMemory.values(t);
        threads.forEach(y.cols(), CASES_PER_PIECE, (from, to) -> {
            float[] sums = new float[to - from];
            for (int k = 0; k < y.rows(); k++) {
                Arrays.fill(sums, 0);
                for (int j = 0; j < y.rows(); j++) {
                    int g = CpuMemory.index(v, j, from);
                    int a = CpuMemory.index(y, j, from);
                    float own = j == k ? 1 : 0;
                    for (int i = 0; i < sums.length; i++) {
                        sums[i] = Math.fma(grad[g + i], own - act[a + i], sums[i]);
                    }
                }
                int a = CpuMemory.index(y, k, from);
                int o = CpuMemory.index(t, k, from);
                for (int i = 0; i < sums.length; i++) {
                    out[o + i] = add ? Math.fma(sums[i], act[a + i], out[o + i]) : sums[i] * act[a + i];
                }
            }
        });
    }

    @Override
    public void logregSoftmaxGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        Matrix p = classByCase(probs);
        Matrix t = classByCase(target, p);
        int[] classes = labelClasses(labels, p);
        float[] prob = CpuMemory.values(p);
        float[] out = CpuMemory.values(t);
        forEachElement(p, (j, c) -> {
            float d = (classes[c] == j ? 1 : 0) - prob[CpuMemory.index(p, j, c)];
            int index = CpuMemory.index(t, j, c);
            out[index] = add ? Math.fma(d, coeff, out[index]) : d * coeff;
        });
    }

    @Override
    public void eltwiseMaxGrad(Matrix actGrad, Matrix input, Matrix output, Matrix target, boolean add) {
        Shapes.requireSame(actGrad, target);
        Shapes.requireSame(input, target);
        Shapes.requireSame(output, target);
        spans.ternary(actGrad, input, output, target, (g, i, x, j, y, k, t, l, n) -> {
            for (int e = 0; e < n; e++) {
                float isMax = y[k + e] == x[j + e] ? 1 : 0;
                t[l + e] = add ? Math.fma(g[i + e], isMax, t[l + e]) : g[i + e] * isMax;
            }
        });
    }

    private interface Element {
        void at(int classIndex, int caseIndex);
    }

    private void forEachElement(Matrix classByCase, Element element) {
        threads.forEach(classByCase.cols(), CASES_PER_PIECE, (from, to) -> {
            for (int j = 0; j < classByCase.rows(); j++) {
                for (int c = from; c < to; c++) {
                    element.at(j, c);
                }
            }
        });
    }

    private static int[] labelClasses(Matrix labels, Matrix classByCase) {
        Shapes.require(labels, 1, classByCase.cols());
        int[] classes = new int[labels.cols()];
        for (int c = 0; c < classes.length; c++) {
            float label = CpuMemory.values(labels)[CpuMemory.index(labels, 0, c)];
            classes[c] = label > -1 && label < classByCase.rows() ? (int) label : NO_CLASS;
        }
        return classes;
    }
}
