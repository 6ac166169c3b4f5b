package org.cudaconvnet.engine.layers;

import java.util.function.Function;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** Convolution; the weight gradient is formed per chunk of {@code partialSum} modules, chunks added in ascending order. */
final class ConvLayer extends LocalLayer {
    private final int partialSum;
    private final ReusedMatrix chunkGrads;

    ConvLayer(LayerDict dict, Backend backend, Compatibility compatibility, Function<String, WeightLayer> layerAbove) {
        super(dict, backend, compatibility, true, dict.booleanValue("sharedBiases"), layerAbove);
        partialSum = dict.intValue("partialSum");
        chunkGrads = new ReusedMatrix(backend);
    }

    @Override
    void bpropWeightsOf(Weights target, Matrix v, int i, PassType pass) {
        float scaleTargets = scaleTargets(target, pass);
        float gradScale = gradScale(target, pass);
        Matrix grad = target.grad();
        if (partialSum == 0) {
            backend().weightActs().weightActs(input(i), v, grad, geometry(i), 0, scaleTargets, gradScale);
            return;
        }
        int chunks = geometry(i).numModules() / partialSum;
        int elements = Math.toIntExact(grad.size());
        Matrix partial = chunkGrads.resize(chunks * grad.rows(), grad.cols());
        backend().weightActs().weightActs(input(i), v, partial, geometry(i), partialSum, 0, gradScale);
        backend().reductions().addSum(partial.reshaped(chunks, elements), 0, grad.reshaped(1, elements), scaleTargets, 1);
    }

    @Override
    public void close() {
        super.close();
        chunkGrads.close();
    }
}
