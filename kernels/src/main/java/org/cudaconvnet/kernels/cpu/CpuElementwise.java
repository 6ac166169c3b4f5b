package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Elementwise;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;

final class CpuElementwise implements Elementwise {
    private final CpuThreads threads;

    CpuElementwise(CpuThreads threads) {
        this.threads = threads;
    }

    @Override
    public void apply(UnaryOperator operator, Matrix a, Matrix target) {
        throw new UnsupportedOperationException("apply");
    }

    @Override
    public void apply(BinaryOperator operator, Matrix a, Matrix b, Matrix target) {
        throw new UnsupportedOperationException("apply");
    }

    @Override
    public void applyVector(BinaryOperator operator, Matrix a, Matrix vector, Matrix target) {
        throw new UnsupportedOperationException("applyVector");
    }

    @Override
    public void copy(Matrix source, Matrix target) {
        throw new UnsupportedOperationException("copy");
    }

    @Override
    public void fill(Matrix target, float value) {
        throw new UnsupportedOperationException("fill");
    }

    @Override
    public void tile(Matrix a, Matrix target) {
        throw new UnsupportedOperationException("tile");
    }
}
