package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import org.cudaconvnet.kernels.Matrix;

/** Norm limit of locally connected weights (spec: kernels-pool-norm.md section 15). */
final class CpuLocalWeightNorm {
    private final CpuThreads threads;

    CpuLocalWeightNorm(CpuThreads threads) {
        this.threads = threads;
    }

    void normalize(Matrix weights, int numModules, float norm) {
        CpuImages.require(numModules > 0 && weights.rows() % Math.max(1, numModules) == 0, "numModules", numModules,
                "a divisor of the rows of weights, " + weights);
        if (weights.isTransposed() || !weights.isContiguous()) {
            throw new IllegalArgumentException("weights: " + weights + ": expected contiguous, row-major");
        }
        int weightsPerFilter = weights.rows() / numModules;
        int numFilters = weights.cols();
        float[] values = CpuMemory.values(weights);
        threads.forEach(numModules, 1, (from, to) -> {
            float[] factors = new float[numFilters];
            for (int module = from; module < to; module++) {
                int first = (int) weights.offset() + module * weightsPerFilter * numFilters;
                Arrays.fill(factors, 0f);
                for (int weight = 0; weight < weightsPerFilter; weight++) {
                    ImageRows.FASTEST.addSquares(values, first + weight * numFilters, factors, 0, numFilters);
                }
                for (int filter = 0; filter < numFilters; filter++) {
                    float length = (float) Math.sqrt(factors[filter]);
                    factors[filter] = length > norm ? norm / length : 1f;
                }
                for (int weight = 0; weight < weightsPerFilter; weight++) {
                    int row = first + weight * numFilters;
                    ImageRows.FASTEST.multiply(factors, 0, values, row, values, row, numFilters);
                }
            }
        });
    }
}
