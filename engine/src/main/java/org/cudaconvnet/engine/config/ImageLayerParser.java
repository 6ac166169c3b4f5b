package org.cudaconvnet.engine.config;

/** Layers with one input of square images: channels, imgPixels and imgSize (spec: config-language.md section 4). */
abstract class ImageLayerParser extends LayerWithInputParser {
    ImageLayerParser() {
        super(1);
    }

    @Override
    final void parseKeys(LayerScope scope) {
        int channels = parseChannels(scope);
        scope.requireSquareImages(scope.numInputs(0), channels);
        int imgPixels = scope.numInputs(0) / channels;
        int imgSize = LayerScope.imgSize(imgPixels);
        scope.layer().put("channels", channels).put("imgPixels", imgPixels).put("imgSize", imgSize).put("outputs", scope.numInputs(0));
        parseImageKeys(scope, channels, imgSize);
    }

    int parseChannels(LayerScope scope) {
        return scope.section().integerWithin("channels", 1, Integer.MAX_VALUE);
    }

    /** Reads the remaining keys; outputs is set to the size of the input. */
    abstract void parseImageKeys(LayerScope scope, int channels, int imgSize);

    /** For layers without backward pass. */
    static void requireNoWeightsBelow(LayerScope scope) {
        if (scope.isAboveWeights()) {
            throw scope.message("inputs", "found an input that depends on weights, expected none: type " + scope.layer().type()
                    + " cannot propagate gradients");
        }
    }

    /** Sets the square output of a layer that changes the image size. */
    static void putTargetSize(LayerScope scope, int channels, int tgtSize) {
        scope.layer().put("tgtSize", tgtSize).put("tgtPixels", tgtSize * tgtSize).put("outputs", tgtSize * tgtSize * channels);
    }
}
