package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;

/** Image operations without a backward step, which stand below all weights: resize, rgb2yuv, rgb2lab (spec: layers.md sections 6, 7). */
final class ImageLayer extends Layer {
    ImageLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        switch (dict().type()) {
            case "resize" -> backend().imageTransforms().resizeBilinear(input(i), acts(), dict().intValue("imgSize"),
                    dict().intValue("tgtSize"), dict().floatValue("scale"));
            case "rgb2yuv" -> backend().imageTransforms().rgbToYuv(input(i), acts());
            case "rgb2lab" -> backend().imageTransforms().rgbToLab(input(i), acts(), dict().booleanValue("center"));
            default -> throw new IllegalStateException(dict().toString());
        }
    }
}
