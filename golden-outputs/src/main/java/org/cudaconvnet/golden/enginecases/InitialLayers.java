package org.cudaconvnet.golden.enginecases;

import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;

/** The layers of a stored net, parsed from its configuration, with its stored initial weights. */
final class InitialLayers {
    private InitialLayers() {
    }

    /** @throws InputException if weights are missing or have another shape */
    static List<LayerDict> of(EngineGolden golden) {
        List<Integer> dataDims = golden.data().stream().map(HostMatrix::rows).toList();
        // Every weight is overwritten below, so the seed does not matter.
        List<LayerDict> layers = LayerParser.parse(golden.layerDefinition(), golden.layerParameters(),
                ParseContext.of(dataDims, golden.classes(), new RandomState(0)).withNumGpus(golden.gpus()));
        for (LayerDict layer : layers) {
            if (layer.has("weights")) {
                List<HostMatrix> weights = layer.matrixList("weights");
                for (int i = 0; i < weights.size(); i++) {
                    setInitial(golden, layer.name() + "/weights" + i, weights.get(i));
                }
                setInitial(golden, layer.name() + "/biases", layer.matrix("biases"));
            }
        }
        return layers;
    }

    private static void setInitial(EngineGolden golden, String name, HostMatrix weights) {
        HostMatrix initial = golden.initialWeights(name);
        if (initial == null || initial.rows() != weights.rows() || initial.cols() != weights.cols()) {
            throw new InputException(golden.layerDefinition() + ": initial weights " + name + " are "
                    + (initial == null ? "missing" : initial.rows() + " x " + initial.cols()) + ", expected "
                    + weights.rows() + " x " + weights.cols());
        }
        for (int row = 0; row < weights.rows(); row++) {
            for (int col = 0; col < weights.cols(); col++) {
                weights.set(row, col, initial.get(row, col));
            }
        }
    }
}
