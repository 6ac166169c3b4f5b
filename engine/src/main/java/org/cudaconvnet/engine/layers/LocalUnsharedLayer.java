package org.cudaconvnet.engine.layers;

import java.util.function.Function;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** Locally connected: every module has filters and biases of its own; gradients go straight into the increments, unless there is superEps. */
final class LocalUnsharedLayer extends LocalLayer {
    LocalUnsharedLayer(LayerDict dict, Backend backend, Compatibility compatibility, Function<String, WeightLayer> layerAbove) {
        super(dict, backend, compatibility, false, false, layerAbove);
    }

    @Override
    void bpropWeightsOf(Weights target, Matrix v, int i, PassType pass) {
        backend().weightActs().weightActs(input(i), v, target.gradOrInc(), geometry(i), 1, scaleTargets(target, pass),
                gradScale(target, pass));
    }
}
