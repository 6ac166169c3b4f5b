package org.cudaconvnet.golden.kernelcases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cudaconvnet.golden.GoldenArray;

/**
 * One small convolution to be recorded: operands by the original's names and every argument that is not a matrix.
 *
 * @param name      the call and the part of a CUDA kernel's name that says which tile the sizes are made for
 * @param seed      of the inputs
 * @param arguments by the original's names
 * @param inputs    what the call reads, previous contents of its targets included
 */
record ConvolutionPlan(String name, String call, long seed, Map<String, Object> arguments, List<GoldenArray> inputs, GoldenArray output) {
    /** Neither 0 nor 1, so that the scaling takes part in every result. */
    private static final float SCALE_TARGETS = 0.7f;
    private static final float SCALE_OUTPUT = 0.3f;

    /** Two modules side by side, one inside the image and one that hangs over its right edge. */
    static ConvolutionPlan filterActs(String tile, long seed, int numGroups, int numFilterColors, int filtersPerGroup, int numImages) {
        int numFilters = numGroups * filtersPerGroup;
        Map<String, Object> arguments = geometry(3, 1, 0, 2, numGroups * numFilterColors, numGroups);
        arguments.put("numModulesX", 2);
        return of("convFilterActs", tile, seed, arguments,
                matrix("in_images", numGroups * numFilterColors * 3 * 4, numImages),
                matrix("in_filters", numFilterColors * 3 * 3, numFilters), numFilters * 2, numImages);
    }

    /** Two overlapping modules side by side: the first pixel is covered by both, the second by one. */
    static ConvolutionPlan imgActs(String tile, long seed, int numGroups, int numFilterColors, int filtersPerGroup, int numImages) {
        int numFilters = numGroups * filtersPerGroup;
        Map<String, Object> arguments = geometry(1, 1, -1, 1, numGroups * numFilterColors, numGroups);
        arguments.put("imgSizeX", 2);
        return of("convImgActs", tile, seed, arguments,
                matrix("in_hidActs", numFilters * 2, numImages),
                matrix("in_filters", numFilterColors * 2 * 2, numFilters), numGroups * numFilterColors * 2, numImages);
    }

    /** Four modules side by side in two chunks, with a padding of 1 above and to the left. */
    static ConvolutionPlan weightActs(String tile, long seed, int numGroups, int numFilterColors, int filtersPerGroup, int numImages) {
        int numFilters = numGroups * filtersPerGroup;
        Map<String, Object> arguments = geometry(2, 1, -1, 2, numGroups * numFilterColors, numGroups);
        arguments.putAll(Map.of("numModulesX", 4, "filterSize", 3, "partialSum", 2));
        return of("convWeightActs", tile, seed, arguments,
                matrix("in_images", numGroups * numFilterColors * 2 * 8, numImages),
                matrix("in_hidActs", numFilters * 4, numImages), 2 * numFilterColors * 3 * 3, numFilters);
    }

    private static Map<String, Object> geometry(int imgSizeY, int numModulesY, int paddingStart, int moduleStride, int numImgColors,
                                                int numGroups) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("imgSizeY", imgSizeY);
        arguments.put("numModulesY", numModulesY);
        arguments.put("paddingStart", paddingStart);
        arguments.put("moduleStride", moduleStride);
        arguments.put("numImgColors", numImgColors);
        arguments.put("numGroups", numGroups);
        return arguments;
    }

    private static ConvolutionPlan of(String call, String tile, long seed, Map<String, Object> arguments, GoldenArray first,
                                      GoldenArray second, int targetRows, int targetCols) {
        Map<String, Object> all = new TreeMap<>(arguments);
        all.put("scaleTargets", SCALE_TARGETS);
        all.put("scaleOutput", SCALE_OUTPUT);
        GoldenArray previous = new GoldenArray("in_targets", targetRows, targetCols, false, true, null);
        return new ConvolutionPlan(call + "_" + tile, call, seed, all, List.of(first, second, previous), matrix("out_targets", targetRows, targetCols));
    }

    private static GoldenArray matrix(String name, int rows, int cols) {
        return new GoldenArray(name, rows, cols, false, false, null);
    }
}
