package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.ImgActs;
import org.cudaconvnet.kernels.Matrix;

final class CpuImgActs implements ImgActs {
    private final CpuThreads threads;

    CpuImgActs(CpuThreads threads) {
        this.threads = threads;
    }

    @Override
    public void imgActs(Matrix hidActs, Matrix filters, Matrix targets, ConvGeometry geometry, float scaleTargets, float scaleOutput) {
        throw new UnsupportedOperationException("imgActs");
    }
}
