package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.List;

/** local, and what conv has in common with it: filters on square images (spec: config-language.md section 4.5). */
class LocalLayerParser extends WeightLayerParser {
    private static final int FILTER_MULTIPLE = 16;

    LocalLayerParser() {
        super(1, ANY_NUMBER);
    }

    @Override
    void parseGeometry(LayerScope scope) {
        ConfigSection section = scope.section();
        LayerDict layer = scope.layer();
        int inputs = scope.inputCount();
        List<Integer> channels = positive(section, "channels", section.integers("channels", inputs));
        List<Integer> filters = positive(section, "filters", section.integers("filters", inputs));
        List<Integer> filterSize = positive(section, "filterSize", section.integers("filterSize", inputs));
        List<Integer> padding = section.integers("padding", inputs, 0);
        List<Integer> stride = positive(section, "stride", section.integers("stride", inputs, 1));
        List<Integer> groups = positive(section, "groups", section.integers("groups", inputs, 1));
        List<Boolean> randSparse = section.booleans("randSparse", inputs, false);
        section.known("filterChannels");
        List<Integer> imgPixels = new ArrayList<>();
        List<Integer> imgSize = new ArrayList<>();
        List<Integer> modulesX = new ArrayList<>();
        List<Integer> totalFilters = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            scope.require(padding.get(i) >= 0, "padding", padding.get(i), "at least 0");
            scope.requireSquareImages(scope.numInputs(i), channels.get(i));
            int pixels = scope.numInputs(i) / channels.get(i);
            int size = LayerScope.imgSize(pixels);
            int paddedSize = Math.addExact(size, Math.multiplyExact(2, padding.get(i)));
            scope.require(filterSize.get(i) <= paddedSize, "filterSize", filterSize.get(i), "at most the padded image size " + paddedSize);
            imgPixels.add(pixels);
            imgSize.add(size);
            modulesX.add(1 + ceilDiv(paddedSize - filterSize.get(i), stride.get(i)));
            totalFilters.add(Math.multiplyExact(filters.get(i), groups.get(i)));
        }
        requireEqual(scope, "filters", totalFilters, "the same number of filters (filters * groups) for all inputs");
        requireEqual(scope, "filterSize", modulesX, "the same number of modules for all inputs");
        List<Integer> filterChannels = Connectivity.filterChannels(scope, channels, groups, randSparse);
        for (int i = 0; i < inputs; i++) {
            requireChannels(scope, channels.get(i), groups.get(i), randSparse.get(i));
            scope.require(filters.get(i) % FILTER_MULTIPLE == 0, "filters", filters.get(i), "filters per group divisible by 16");
        }
        int modules = Math.multiplyExact(modulesX.get(0), modulesX.get(0));
        layer.put("channels", channels).put("padding", padding.stream().map(p -> -p).toList()).put("stride", stride);
        layer.put("filterSize", filterSize).put("filters", totalFilters.get(0)).put("groups", groups).put("randSparse", randSparse);
        layer.put("initCFunc", section.string("initCFunc", ""));
        layer.put("imgPixels", imgPixels).put("imgSize", imgSize).put("filterPixels", filterSize.stream().map(s -> Math.multiplyExact(s, s)).toList());
        layer.put("modulesX", modulesX.get(0)).put("modules", modules).put("filterChannels", filterChannels);
        layer.put("outputs", Math.multiplyExact(modules, totalFilters.get(0)));
    }

    @Override
    void addParams(LayerDict layer, ConfigSection params) {
        super.addParams(layer, params);
        // A conv layer that was converted to local keeps its section of the parameter file.
        params.known("wcNormMax", "wcNormMin");
    }

    @Override
    final void parseConnectivity(LayerScope scope) {
        Connectivity.parse(scope);
    }

    @Override
    final int weightsPerFilter(LayerDict layer, int input) {
        return layer.intList("filterChannels").get(input) * layer.intList("filterPixels").get(input);
    }

    private static void requireChannels(LayerScope scope, int channels, int groups, boolean randSparse) {
        scope.require(channels <= 3 || channels % 4 == 0, "channels", channels, "at most 3 or divisible by 4");
        if (!randSparse && groups > 1) {
            scope.require(channels % (4 * groups) == 0, "channels", channels, "divisible by 4 * groups = " + 4 * groups);
        }
    }

    private static void requireEqual(LayerScope scope, String key, List<Integer> values, String expected) {
        scope.require(values.stream().distinct().count() == 1, key, values, expected);
    }

    private static List<Integer> positive(ConfigSection section, String key, List<Integer> values) {
        values.forEach(value -> section.require(value >= 1, key, value, "at least 1"));
        return values;
    }

    static int ceilDiv(int dividend, int divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }
}
