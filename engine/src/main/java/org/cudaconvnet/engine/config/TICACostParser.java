package org.cudaconvnet.engine.config;

/** cost.tica: topographic independent components over image windows (spec: config-language.md section 4.13). */
final class TICACostParser extends CostLayerParser {
    TICACostParser() {
        super(1);
    }

    @Override
    void parseCostKeys(LayerScope scope) {
        int channels = scope.section().integerWithin("channels", 1, Integer.MAX_VALUE);
        scope.requireSquareImages(scope.numInputs(0), channels);
        int imgPixels = scope.numInputs(0) / channels;
        int imgSize = LayerScope.imgSize(imgPixels);
        scope.layer().put("channels", channels).put("imgPixels", imgPixels).put("imgSize", imgSize);
        scope.layer().put("sizeX", scope.section().integerWithin("sizeX", 1, imgSize));
    }
}
