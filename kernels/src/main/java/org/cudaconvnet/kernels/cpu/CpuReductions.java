package org.cudaconvnet.kernels.cpu;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Reductions;

final class CpuReductions implements Reductions {
    private final CpuThreads threads;
    private final Set<Defect> defects;

    CpuReductions(CpuThreads threads, Set<Defect> defects) {
        this.threads = threads;
        this.defects = defects;
    }

    @Override
    public void aggregate(Aggregation aggregation, Matrix a, int axis, Matrix target) {
        throw new UnsupportedOperationException("aggregate");
    }

    @Override
    public void addSum(Matrix a, int axis, Matrix target, float scaleThis, float scaleSum) {
        throw new UnsupportedOperationException("addSum");
    }

    @Override
    public float total(Aggregation aggregation, Matrix a) {
        throw new UnsupportedOperationException("total");
    }

    @Override
    public float norm2(Matrix a) {
        throw new UnsupportedOperationException("norm2");
    }
}
