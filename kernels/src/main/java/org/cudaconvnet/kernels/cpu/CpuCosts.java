package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Costs;
import org.cudaconvnet.kernels.Matrix;

final class CpuCosts implements Costs {
    private final CpuThreads threads;

    CpuCosts(CpuThreads threads) {
        this.threads = threads;
    }

    @Override
    public void logregCost(Matrix labels, Matrix probs, Matrix labelLogProbs, Matrix correctProbs) {
        throw new UnsupportedOperationException("logregCost");
    }

    @Override
    public void logregGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        throw new UnsupportedOperationException("logregGrad");
    }

    @Override
    public void softmax(Matrix inputs, Matrix target) {
        throw new UnsupportedOperationException("softmax");
    }

    @Override
    public void softmaxGrad(Matrix acts, Matrix actsGrad, Matrix target, boolean add) {
        throw new UnsupportedOperationException("softmaxGrad");
    }

    @Override
    public void logregSoftmaxGrad(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff) {
        throw new UnsupportedOperationException("logregSoftmaxGrad");
    }

    @Override
    public void eltwiseMaxGrad(Matrix actGrad, Matrix input, Matrix output, Matrix target, boolean add) {
        throw new UnsupportedOperationException("eltwiseMaxGrad");
    }
}
