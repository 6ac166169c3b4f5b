package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Reductions.Aggregation;
import org.cudaconvnet.kernels.TotalReduction;

/**
 * The trees of the 2012 reduction kernels over contiguous elements (spec: kernels-layer-and-matrix.md sections 4 and 5,
 * nvmatrix-ops.md sections 3 and 5).
 */
final class ReductionTrees {
    /** Matrices with at least this many rows are reduced by the kernels for short rows. */
    static final int TALL = 16384;
    private static final int WARP = 32;
    private static final int WHOLE_ROW_THREADS = 256;
    private static final BinaryOperator ADD = BinaryOperator.weightedAdd(1, 1);

    private final Aggregation aggregation;
    private final float base;
    private final ElementLoops loops;

    ReductionTrees(Aggregation aggregation, ElementLoops loops) {
        this.aggregation = aggregation;
        this.base = switch (aggregation) {
            case SUM -> 0;
            case MAX -> -2e38f;
            case MIN -> 2e38f;
        };
        this.loops = loops;
    }

    /** Folds {@code length} columns over {@code height} rows into {@code results}, from row 0 on and without a base value. */
    void columns(float[] x, int start, int stride, int height, float[] results, int length) {
        System.arraycopy(x, start, results, 0, length);
        for (int row = 1; row < height; row++) {
            int from = start + row * stride;
            if (aggregation == Aggregation.SUM) {
                loops.apply(ADD, x, from, results, 0, results, 0, length);
            } else {
                for (int i = 0; i < length; i++) {
                    results[i] = combine(x[from + i], results[i]);
                }
            }
        }
    }

    /** One row of a matrix with {@code height} rows, of at least two elements. */
    float row(float[] x, int start, int width, int height) {
        if (height >= TALL) {
            return width <= 16 ? linear(x, start, width, (width + 3) / 4 * 4) : linear(partials(x, start, width, WARP), 0, WARP, WARP);
        }
        return width >= 512 ? adjacentPairs(partials(x, start, width, WHOLE_ROW_THREADS)) : halving(x, start, width, blockSize(width));
    }

    /** All {@code n} elements: on the device while there are more than 4096, then in order on the host. */
    float total(float[] x, int start, int n) {
        if (n <= TotalReduction.HOST_ELEMENTS) {
            return TotalReduction.onHost(aggregation, x, start, n);
        }
        float[] results = blockResults(partials(x, start, n, TotalReduction.threads(n)));
        return total(results, 0, results.length);
    }

    /** Sum of the squares, with the partition of one {@link #total} pass and an fma chain per thread. */
    float squares(float[] x, int start, int n) {
        float[] chains = new float[TotalReduction.threads(n)];
        for (int from = 0; from < n; from += chains.length) {
            for (int i = 0; i < Math.min(chains.length, n - from); i++) {
                chains[i] = Math.fma(x[start + from + i], x[start + from + i], chains[i]);
            }
        }
        float[] results = blockResults(chains);
        return total(results, 0, results.length);
    }

    /** {@code count} threads that fold elements t, t + count, t + 2 count, ... onto the base value. */
    private float[] partials(float[] x, int start, int n, int count) {
        float[] partials = new float[count];
        Arrays.fill(partials, base);
        for (int from = 0; from < n; from += count) {
            int length = Math.min(count, n - from);
            if (aggregation == Aggregation.SUM) {
                loops.apply(ADD, partials, 0, x, start + from, partials, 0, length);
            } else {
                for (int i = 0; i < length; i++) {
                    partials[i] = combine(partials[i], x[start + from + i]);
                }
            }
        }
        return partials;
    }

    private float linear(float[] x, int start, int width, int slots) {
        float result = base;
        for (int i = 0; i < slots; i++) {
            result = combine(result, i < width ? combine(x[start + i], base) : base);
        }
        return result;
    }

    private float adjacentPairs(float[] partials) {
        for (int distance = 1; distance < partials.length; distance *= 2) {
            for (int i = 0; i < partials.length; i += 2 * distance) {
                partials[i] = combine(partials[i], partials[i + distance]);
            }
        }
        return partials[0];
    }

    private float halving(float[] x, int start, int width, int block) {
        float[] cells = new float[2 * block];
        System.arraycopy(x, start, cells, 0, width);
        Arrays.fill(cells, width, cells.length, base);
        for (int half = block; half >= 1; half /= 2) {
            for (int i = 0; i < half; i++) {
                cells[i] = combine(cells[i], cells[i + half]);
            }
        }
        return cells[0];
    }

    private static int blockSize(int width) {
        return width <= 64 ? 32 : width <= 128 ? 64 : width <= 256 ? 128 : 256;
    }

    /** The halving tree of every block of 512 threads. */
    private float[] blockResults(float[] partials) {
        float[] results = new float[(partials.length + TotalReduction.BLOCK - 1) / TotalReduction.BLOCK];
        for (int block = 0; block < results.length; block++) {
            int from = block * TotalReduction.BLOCK;
            results[block] = halving(partials, from, Math.min(TotalReduction.BLOCK, partials.length - from), TotalReduction.BLOCK / 2);
        }
        return results;
    }

    private float combine(float a, float b) {
        return switch (aggregation) {
            case SUM -> a + b;
            case MAX -> a > b ? a : b;
            case MIN -> a > b ? b : a;
        };
    }
}
