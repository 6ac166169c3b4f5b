package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** Mirrors left and right, both ways (spec: layers.md section 6). */
final class HorizontalReflectionLayer extends Layer {
    private final int imgSize;
    private final boolean overwrites;

    HorizontalReflectionLayer(LayerDict dict, Backend backend, Compatibility compatibility) {
        super(dict, backend);
        imgSize = dict.intValue("imgSize");
        overwrites = compatibility.reproduces(Quirk.REFLECTED_GRADIENT_OVERWRITES);
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        backend().imageTransforms().reflectHorizontal(input(i), acts(), imgSize, 0);
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        backend().imageTransforms().reflectHorizontal(v, inputGrad(i), imgSize, overwrites ? 0 : scaleTargets);
    }
}
