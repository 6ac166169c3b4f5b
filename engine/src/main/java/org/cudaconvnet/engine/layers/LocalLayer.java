package org.cudaconvnet.engine.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/** What convolutional and locally connected layers have in common (spec: layers.md section 2.2). */
abstract class LocalLayer extends WeightLayer {
    private final List<ConvGeometry> geometries = new ArrayList<>();
    private final ReusedMatrix sampleGrads;
    private final boolean sharedBiases;

    LocalLayer(LayerDict dict, Backend backend, Compatibility compatibility, boolean useGrad, boolean sharedBiases,
               Function<String, WeightLayer> layerAbove) {
        super(dict, backend, compatibility, useGrad, layerAbove);
        this.sharedBiases = sharedBiases;
        this.sampleGrads = new ReusedMatrix(backend);
        for (int i = 0; i < dict.inputs().size(); i++) {
            geometries.add(LayerConvolution.geometry(dict, i));
        }
    }

    final ConvGeometry geometry(int i) {
        return geometries.get(i);
    }

    @Override
    final void fpropActs(int i, float scaleTargets) {
        Matrix target = acts();
        backend().filterActs().filterActs(input(i), weights().get(i).weights(), target, geometry(i), scaleTargets, 1);
        if (scaleTargets == 0) {
            Matrix perBias = perBias(target);
            backend().elementwise().applyVector(BinaryOperator.weightedAdd(1, 1), perBias, biases().weights(), perBias);
        }
    }

    @Override
    final void bpropActs(Matrix v, int i, float scaleTargets) {
        ConvGeometry geometry = geometry(i);
        Matrix target = inputGrad(i);
        Matrix filters = weights().get(i).weights();
        if (geometry.overSample() == 1) {
            backend().imgActs().imgActs(v, filters, target, geometry, scaleTargets, 1);
            return;
        }
        Matrix samples = sampleGrads.resize(geometry.imgActsRows(), cases());
        backend().imgActs().imgActs(v, filters, samples, geometry, 0, 1);
        float scaleSum = reproduces(Quirk.SPARSE_GRADIENT_OVERWRITES) ? 0 : scaleTargets;
        int elements = Math.toIntExact(target.size());
        backend().reductions().addSum(samples.reshaped(geometry.overSample(), elements), 0, target.reshaped(1, elements), scaleSum, 1);
    }

    @Override
    final void bpropBiases(Matrix v, float scaleTargets, float scale) {
        backend().reductions().addSum(perBias(v), 1, biases().grad(), scaleTargets, scale);
    }

    /** One row per bias: shared biases belong to all modules of a filter. */
    private Matrix perBias(Matrix outputs) {
        return sharedBiases ? outputs.reshaped(geometry(0).numFilters(), geometry(0).numModules() * outputs.cols()) : outputs;
    }

    @Override
    final float weightStep() {
        return 0.001f;
    }

    @Override
    final float biasStep() {
        return 0.002f;
    }

    @Override
    public void close() {
        super.close();
        sampleGrads.close();
    }
}
