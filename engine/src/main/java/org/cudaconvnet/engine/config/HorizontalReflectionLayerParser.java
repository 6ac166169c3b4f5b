package org.cudaconvnet.engine.config;

/** href: mirrors left and right (spec: config-language.md section 4.11). */
final class HorizontalReflectionLayerParser extends ImageLayerParser {
    @Override
    int parseChannels(LayerScope scope) {
        return scope.section().integerWithin("channels", 1, 3);
    }

    @Override
    void parseImageKeys(LayerScope scope, int channels, int imgSize) {
        // Keeps the size of its input and has no keys of its own.
    }
}
