package org.cudaconvnet.engine.config;

/** resize: scales images by a fixed factor (spec: config-language.md section 4.11). */
final class ResizeLayerParser extends ImageLayerParser {
    @Override
    void parseImageKeys(LayerScope scope, int channels, int imgSize) {
        double scale = scope.section().number("scale");
        scope.require(scale >= 0.5 && scale <= 2, "scale", scale, "0.5 to 2");
        scope.layer().put("scale", (float) scale);
        putTargetSize(scope, channels, (int) Math.floor(imgSize / scale));
        putMemoryFlags(scope.layer(), false, false, false);
        requireNoWeightsBelow(scope);
    }
}
