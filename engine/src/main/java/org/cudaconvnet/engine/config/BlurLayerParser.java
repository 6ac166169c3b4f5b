package org.cudaconvnet.engine.config;

import java.util.List;

/** blur: separable Gaussian filter (spec: config-language.md section 4.11). */
final class BlurLayerParser extends ImageLayerParser {
    private static final List<Integer> FILTER_SIZES = List.of(3, 5, 7, 9);

    @Override
    void parseImageKeys(LayerScope scope, int channels, int imgSize) {
        int filterSize = scope.section().integer("filterSize");
        scope.require(FILTER_SIZES.contains(filterSize), "filterSize", filterSize, "one of " + FILTER_SIZES);
        scope.require(filterSize <= imgSize, "filterSize", filterSize, "at most the image size " + imgSize);
        double stdev = scope.section().number("stdev");
        scope.layer().put("filterSize", filterSize).put("stdev", (float) stdev).put("filter", filter(filterSize, stdev));
        putMemoryFlags(scope.layer(), false, false, false);
    }

    /** Weights exp(-(r - i)^2 / (2 stdev^2)) in double, rounded to float, then divided by their float sum in ascending order. */
    private static HostMatrix filter(int filterSize, double stdev) {
        HostMatrix filter = HostMatrix.zeros(1, filterSize, false);
        float sum = 0;
        for (int i = 0; i < filterSize; i++) {
            int distance = filterSize / 2 - i;
            float weight = (float) StrictMath.exp(-(distance * distance) / (2 * stdev * stdev));
            filter.set(0, i, weight);
            sum += weight;
        }
        for (int i = 0; i < filterSize; i++) {
            filter.set(0, i, filter.get(0, i) / sum);
        }
        return filter;
    }
}
