package org.cudaconvnet.kernels.cpu;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.Neurons;

final class CpuNeurons implements Neurons {
    private final CpuThreads threads;
    private final Set<Defect> defects;

    CpuNeurons(CpuThreads threads, Set<Defect> defects) {
        this.threads = threads;
        this.defects = defects;
    }

    @Override
    public void activate(Neuron neuron, Matrix inputs, Matrix outputs) {
        throw new UnsupportedOperationException("activate");
    }

    @Override
    public void inputGrad(Neuron neuron, Matrix actsGrad, Matrix inputs, Matrix outputs, Matrix target, boolean add) {
        throw new UnsupportedOperationException("inputGrad");
    }
}
