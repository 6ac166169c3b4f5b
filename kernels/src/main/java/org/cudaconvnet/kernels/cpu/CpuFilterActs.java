package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.FilterActs;
import org.cudaconvnet.kernels.Matrix;

final class CpuFilterActs implements FilterActs {
    private final CpuThreads threads;

    CpuFilterActs(CpuThreads threads) {
        this.threads = threads;
    }

    @Override
    public void filterActs(Matrix images, Matrix filters, Matrix targets, ConvGeometry geometry, float scaleTargets, float scaleOutput) {
        throw new UnsupportedOperationException("filterActs");
    }
}
