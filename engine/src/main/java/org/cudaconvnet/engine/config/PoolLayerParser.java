package org.cudaconvnet.engine.config;

import java.util.List;

/** pool: max, avg, maxabs or rand over square windows (spec: config-language.md section 4.9). */
final class PoolLayerParser extends ImageLayerParser {
    private static final List<String> POOLS = List.of("max", "avg", "maxabs", "rand");
    private static final int CHANNEL_MULTIPLE = 16;

    @Override
    void parseImageKeys(LayerScope scope, int channels, int imgSize) {
        ConfigSection section = scope.section();
        int sizeX = section.integerWithin("sizeX", 1, imgSize);
        int stride = section.integerWithin("stride", 1, sizeX);
        int start = section.integer("start", 0);
        int outputsX = section.integer("outputsX", 0);
        scope.require(outputsX >= 0, "outputsX", outputsX, "at least 0");
        if (outputsX == 0) {
            outputsX = LocalLayerParser.ceilDiv(imgSize - start - sizeX, stride) + 1;
            scope.require(outputsX > 0, "start", start, "a start that leaves at least one window in an image of size " + imgSize);
        }
        String pool = section.string("pool");
        scope.require(POOLS.contains(pool), "pool", pool, "one of " + POOLS);
        scope.require(!scope.isAboveWeights() || channels % CHANNEL_MULTIPLE == 0, "channels", channels,
                "divisible by 16, as the input depends on weights");
        scope.layer().put("sizeX", sizeX).put("stride", stride).put("start", start).put("outputsX", outputsX).put("pool", pool);
        scope.layer().put("requiresParams", pool.equals("rand")).put("outputs", Math.multiplyExact(Math.multiplyExact(outputsX, outputsX), channels));
    }

    @Override
    void addParams(LayerDict layer, ConfigSection params) {
        if (layer.stringValue("pool").equals("rand")) {
            layer.put("doMax", params.bool("doMax", false));
        }
    }
}
