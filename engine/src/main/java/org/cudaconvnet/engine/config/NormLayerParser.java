package org.cudaconvnet.engine.config;

/** rnorm, cnorm and cmrnorm: response and contrast normalisation (spec: config-language.md section 4.10). */
final class NormLayerParser extends ImageLayerParser {
    private static final String CHANGE_OF_JUNE_2012 =
            "is no longer read here: since June 2012 the definition of a norm layer gives size, the parameter file scale and pow";

    @Override
    void parseImageKeys(LayerScope scope, int channels, int imgSize) {
        LayerDict layer = scope.layer();
        boolean acrossMaps = layer.type().equals("cmrnorm");
        refuseOldKeys(scope);
        if (acrossMaps) {
            scope.require(channels % 16 == 0, "channels", channels, "divisible by 16");
        } else {
            scope.require(channels <= 3 || channels % 4 == 0, "channels", channels, "at most 3 or divisible by 4");
        }
        int size = acrossMaps ? scope.section().integerWithin("size", 2, channels) : scope.section().integerWithin("size", 1, imgSize);
        layer.put("size", size).put("blocked", scope.section().bool("blocked", false)).put("requiresParams", true);
        putMemoryFlags(layer, true, !layer.type().equals("cnorm"), true);
    }

    private static void refuseOldKeys(LayerScope scope) {
        if (scope.context().lenientKeys()) {
            return;
        }
        for (String key : new String[] {"sizeX", "scale", "pow"}) {
            if (scope.section().has(key)) {
                throw scope.message(key, CHANGE_OF_JUNE_2012);
            }
        }
    }

    @Override
    void addParams(LayerDict layer, ConfigSection params) {
        boolean acrossMaps = layer.type().equals("cmrnorm");
        int size = layer.intValue("size");
        layer.put("scale", (float) (params.number("scale") / (acrossMaps ? size : size * size)));
        layer.put("pow", (float) params.number("pow"));
        if (acrossMaps) {
            layer.put("minDiv", (float) params.number("minDiv", 1));
        }
    }
}
