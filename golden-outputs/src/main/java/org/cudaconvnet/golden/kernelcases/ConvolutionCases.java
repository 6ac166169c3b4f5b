package org.cudaconvnet.golden.kernelcases;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/** Convolutional and locally connected layers, dense, grouped and sparse. */
final class ConvolutionCases {
    private ConvolutionCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        Map<String, Consumer<KernelCall>> calls = new LinkedHashMap<>();
        for (String kind : new String[] {"conv", "local"}) {
            for (String connectivity : new String[] {"", "Sparse"}) {
                calls.put(kind + "FilterActs" + connectivity, ConvolutionCases::filterActs);
                calls.put(kind + "ImgActs" + connectivity, ConvolutionCases::imgActs);
                calls.put(kind + "WeightActs" + connectivity, ConvolutionCases::weightActs);
            }
        }
        return calls;
    }

    private static void filterActs(KernelCall call) {
        Matrix filters = call.matrix("filters");
        int numModulesX = call.intArgument("numModulesX");
        int imgSizeX = call.matrix("images").rows() / call.intArgument("numImgColors") / call.intArgument("imgSizeY");
        ConvGeometry geometry = geometry(call, filters.cols(), imgSizeX, numModulesX, filterSize(call, numModulesX));
        call.backend().filterActs().filterActs(call.matrix("images"), filters, call.matrix("targets"), geometry,
                call.floatArgument("scaleTargets"), call.floatArgument("scaleOutput"));
    }

    private static void imgActs(KernelCall call) {
        Matrix filters = call.matrix("filters");
        int numModulesX = call.matrix("hidActs").rows() / filters.cols() / call.intArgument("numModulesY");
        ConvGeometry geometry = geometry(call, filters.cols(), call.intArgument("imgSizeX"), numModulesX, filterSize(call, numModulesX));
        call.backend().imgActs().imgActs(call.matrix("hidActs"), filters, call.matrix("targets"), geometry,
                call.floatArgument("scaleTargets"), call.floatArgument("scaleOutput"));
    }

    private static void weightActs(KernelCall call) {
        int numModulesX = call.intArgument("numModulesX");
        int numFilters = call.matrix("hidActs").rows() / (call.intArgument("numModulesY") * numModulesX);
        int imgSizeX = call.matrix("images").rows() / call.intArgument("numImgColors") / call.intArgument("imgSizeY");
        ConvGeometry geometry = geometry(call, numFilters, imgSizeX, numModulesX, call.intArgument("filterSize"));
        // A local layer has one chunk per module and therefore no such argument.
        int partialSum = geometry.local() ? 1 : call.intArgument("partialSum");
        call.backend().weightActs().weightActs(call.matrix("images"), call.matrix("hidActs"), call.matrix("targets"), geometry,
                partialSum, call.floatArgument("scaleTargets"), call.floatArgument("scaleOutput"));
    }

    private static ConvGeometry geometry(KernelCall call, int numFilters, int imgSizeX, int numModulesX, int filterSize) {
        return new ConvGeometry(call.intArgument("imgSizeY"), imgSizeX, call.intArgument("numImgColors"), numFilters, filterSize,
                call.intArgument("numModulesY"), numModulesX, call.intArgument("paddingStart"), call.intArgument("moduleStride"),
                numFilterColors(call), call.intArgument("numGroups"), isLocal(call), call.indexList("colorIndices"));
    }

    private static int filterSize(KernelCall call, int numModulesX) {
        int modules = isLocal(call) ? call.intArgument("numModulesY") * numModulesX : 1;
        return (int) Math.round(Math.sqrt(call.matrix("filters").rows() / (double) (modules * numFilterColors(call))));
    }

    private static int numFilterColors(KernelCall call) {
        return call.has("numFilterColors") ? call.intArgument("numFilterColors")
                : call.intArgument("numImgColors") / call.intArgument("numGroups");
    }

    private static boolean isLocal(KernelCall call) {
        return call.function().startsWith("local");
    }
}
