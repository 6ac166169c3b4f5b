package org.cudaconvnet.engine.config;

/** rgb2yuv and rgb2lab: colour spaces of three-channel images (spec: config-language.md section 4.11). */
final class ColorTransformLayerParser extends ImageLayerParser {
    @Override
    int parseChannels(LayerScope scope) {
        int units = scope.numInputs(0);
        scope.require(units % 3 == 0, "inputs", scope.input(0).name(), "an input of 3 channels, not " + units + " units");
        return 3;
    }

    @Override
    void parseImageKeys(LayerScope scope, int channels, int imgSize) {
        if (scope.layer().type().equals("rgb2lab")) {
            scope.layer().put("center", scope.section().bool("center", false));
        }
        putMemoryFlags(scope.layer(), false, false, false);
        requireNoWeightsBelow(scope);
    }
}
