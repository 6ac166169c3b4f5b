package org.cudaconvnet.engine.config;

/** rscale: random scale and crop; tgtSize is a key of 2012, v1 derives it (spec: config-language.md section 4.11). */
final class RandomScaleLayerParser extends ImageLayerParser {
    @Override
    void parseImageKeys(LayerScope scope, int channels, int imgSize) {
        double maxScale = scope.section().number("maxScale");
        scope.require(maxScale >= 1 && maxScale <= 2, "maxScale", maxScale, "1 to 2");
        int smallest = (int) Math.floor(imgSize / maxScale);
        int tgtSize = scope.section().has("tgtSize") ? scope.section().integerWithin("tgtSize", smallest, imgSize) : smallest;
        scope.layer().put("maxScale", (float) maxScale);
        putTargetSize(scope, channels, tgtSize);
        putMemoryFlags(scope.layer(), false, false, false);
        requireNoWeightsBelow(scope);
    }
}
