package org.cudaconvnet.golden.kernelcases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.kernels.ConvGeometry;

/**
 * One small convolution to be recorded.
 *
 * @param tile       the part of a CUDA kernel's name that says which tile the sizes are made for
 * @param variant    what the case is for, empty or with a hyphen in front
 * @param partialSum modules per chunk of a weight gradient, else 0
 * @param reads      true if the target's previous contents count
 */
record ConvolutionPlan(Operation operation, String tile, String variant, ConvGeometry geometry, int numImages, int partialSum,
                       boolean reads, Inputs inputs) {
    /** Neither 0 nor 1, so that the scaling takes part in every result. */
    private static final float SCALE_TARGETS = 0.7f;
    private static final float SCALE_OUTPUT = 0.3f;

    enum Operation { FilterActs, ImgActs, WeightActs }

    /** How inputs are drawn: multiples of {@code unit} from {@code -range} (inclusive) to {@code range} (exclusive). */
    enum Inputs {
        /** Sums of products round, so that their order shows. */
        FINE(1 << 15, 0x1p-14f),
        /** Sums of products are exact; files are small although every element decides about some result. */
        COARSE(3, 0x1p-1f),
        /** Products underflow to zeros with a sign, which tell a step that is left out from one that adds +0; many factors are zero. */
        TINY(2, 0x1p-80f);

        final int range;
        final float unit;

        Inputs(int range, float unit) {
            this.range = range;
            this.unit = unit;
        }
    }

    /** Begins with conv and the kernel's name, whatever the call. */
    String name() {
        return "conv" + operation + "_" + tile + variant;
    }

    String call() {
        return (geometry.local() ? "local" : "conv") + operation + (geometry.isSparse() ? "Sparse" : "");
    }

    /** Every argument that is not a matrix, by the original's names. */
    Map<String, Object> arguments() {
        Map<String, Object> arguments = new TreeMap<>(Map.of("imgSizeY", geometry.imgSizeY(), "numModulesY", geometry.numModulesY(),
                "paddingStart", geometry.paddingStart(), "moduleStride", geometry.moduleStride(),
                "numImgColors", geometry.numImgColors(), "numGroups", geometry.numGroups(),
                "scaleTargets", reads ? SCALE_TARGETS : 0, "scaleOutput", SCALE_OUTPUT));
        switch (operation) {
            case FilterActs -> arguments.put("numModulesX", geometry.numModulesX());
            case ImgActs -> arguments.put("imgSizeX", geometry.imgSizeX());
            default -> arguments.putAll(Map.of("numModulesX", geometry.numModulesX(), "filterSize", geometry.filterSize(),
                    "partialSum", partialSum));
        }
        if (geometry.isSparse()) {
            arguments.put("numFilterColors", geometry.numFilterColors());
        }
        return arguments;
    }

    /** What the call reads, by the original's names. */
    List<GoldenArray> arrays() {
        List<GoldenArray> arrays = new ArrayList<>();
        arrays.add(operation == Operation.ImgActs ? hidActs() : matrix("in_images", geometry.imageRows(), numImages, false));
        arrays.add(operation == Operation.WeightActs ? hidActs() : matrix("in_filters", geometry.filterRows(), geometry.numFilters(), false));
        if (geometry.isSparse()) {
            int[] shape = {geometry.numGroups(), geometry.numFilterColors()};
            arrays.add(new GoldenArray("in_colorIndices", 0, 0, false, false, shape));
        }
        if (reads) {
            GoldenArray target = output();
            arrays.add(matrix("in_targets", target.rows(), target.cols(), true));
        }
        return arrays;
    }

    GoldenArray output() {
        return switch (operation) {
            case FilterActs -> matrix("out_targets", geometry.hidActsRows(), numImages, false);
            case ImgActs -> matrix("out_targets", geometry.imgActsRows(), numImages, false);
            default -> matrix("out_targets", geometry.numModules() / partialSum * geometry.numFilterColors() * geometry.filterPixels(),
                    geometry.numFilters(), false);
        };
    }

    private GoldenArray hidActs() {
        return matrix("in_hidActs", geometry.hidActsRows(), numImages, false);
    }

    private static GoldenArray matrix(String name, int rows, int cols, boolean inPlace) {
        return new GoldenArray(name, rows, cols, false, inPlace, null);
    }
}
