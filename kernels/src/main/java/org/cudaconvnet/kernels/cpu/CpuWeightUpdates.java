package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.WeightUpdates;

final class CpuWeightUpdates implements WeightUpdates {
    private final CpuThreads threads;

    CpuWeightUpdates(CpuThreads threads) {
        this.threads = threads;
    }

    @Override
    public void update(Matrix weights, Matrix inc, Matrix gradient, float momentum, float decay) {
        throw new UnsupportedOperationException("update");
    }
}
