package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.WeightActs;

final class CpuWeightActs implements WeightActs {
    private final CpuThreads threads;

    CpuWeightActs(CpuThreads threads) {
        this.threads = threads;
    }

    @Override
    public void weightActs(Matrix images, Matrix hidActs, Matrix targets, ConvGeometry geometry, int partialSum, float scaleTargets, float scaleOutput) {
        throw new UnsupportedOperationException("weightActs");
    }
}
