package org.cudaconvnet.engine.config;

/** nailbed: every stride-th pixel (spec: config-language.md section 4.11). */
final class NailbedLayerParser extends ImageLayerParser {
    @Override
    void parseImageKeys(LayerScope scope, int channels, int imgSize) {
        int stride = scope.section().integerWithin("stride", 1, Integer.MAX_VALUE);
        int outputsX = LocalLayerParser.ceilDiv(imgSize, stride);
        scope.layer().put("stride", stride).put("outputsX", outputsX).put("start", (imgSize - stride * (outputsX - 1)) / 2);
        scope.layer().put("outputs", outputsX * outputsX * channels);
        putMemoryFlags(scope.layer(), false, false, false);
    }
}
