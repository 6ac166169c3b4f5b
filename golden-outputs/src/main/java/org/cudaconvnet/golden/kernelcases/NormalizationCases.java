package org.cudaconvnet.golden.kernelcases;

import java.util.Map;
import java.util.function.Consumer;

/** Response and contrast normalisation, topographic ICA, normalisation of local weights. */
final class NormalizationCases {
    /** The 2012 kernels add 1 to the scaled sum of squares. */
    private static final float MIN_DIV = 1;

    private NormalizationCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        return Map.ofEntries(
                Map.entry("convResponseNorm", call -> norm(call, "images")),
                Map.entry("convContrastNorm", call -> norm(call, "meanDiffs")),
                Map.entry("convResponseNormUndo", call -> normUndo(call, "inputs")),
                Map.entry("convContrastNormUndo", call -> normUndo(call, "meanDiffs")),
                Map.entry("convResponseNormCrossMap", call -> crossMap(call, "images")),
                Map.entry("convContrastNormCrossMap", call -> crossMap(call, "meanDiffs")),
                Map.entry("convResponseNormCrossMapUndo", NormalizationCases::crossMapUndo),
                Map.entry("convTICA", call -> call.backend().normalization().tica(call.matrix("images"), call.matrix("target"),
                        call.intArgument("numFilters"), call.intArgument("sizeX"),
                        call.floatArgument("scaleTarget"), call.floatArgument("scaleOutput"))),
                Map.entry("convTICAGrad", call -> call.backend().normalization().ticaGrad(call.matrix("images"), call.matrix("ticas"),
                        call.matrix("target"), call.intArgument("numFilters"), call.intArgument("sizeX"),
                        call.floatArgument("scaleTarget"), call.floatArgument("scaleOutput"))),
                Map.entry("normalizeLocalWeights", call -> call.backend().normalization().normalizeLocalWeights(
                        call.matrix("weights"), call.intArgument("numModules"), call.floatArgument("norm"))));
    }

    private static void norm(KernelCall call, String meanDiffs) {
        call.backend().normalization().contrastNorm(call.matrix("images"), call.matrix(meanDiffs), call.matrix("denoms"),
                call.matrix("target"), call.intArgument("numFilters"), call.intArgument("sizeX"),
                call.floatArgument("addScale"), call.floatArgument("powScale"), MIN_DIV);
    }

    private static void normUndo(KernelCall call, String inputs) {
        call.backend().normalization().contrastNormUndo(call.matrix("outGrads"), call.matrix("denoms"), call.matrix(inputs),
                call.matrix("acts"), call.matrix("target"), call.intArgument("numFilters"), call.intArgument("sizeX"),
                call.floatArgument("addScale"), call.floatArgument("powScale"),
                call.floatArgument("scaleTargets"), call.floatArgument("scaleOutput"));
    }

    private static void crossMap(KernelCall call, String meanDiffs) {
        call.backend().normalization().contrastNormCrossMap(call.matrix("images"), call.matrix(meanDiffs), call.matrix("denoms"),
                call.matrix("target"), call.intArgument("numFilters"), call.intArgument("sizeF"),
                call.floatArgument("addScale"), call.floatArgument("powScale"), MIN_DIV, call.booleanArgument("blocked"));
    }

    private static void crossMapUndo(KernelCall call) {
        call.backend().normalization().contrastNormCrossMapUndo(call.matrix("outGrads"), call.matrix("denoms"),
                call.matrix("inputs"), call.matrix("acts"), call.matrix("target"), call.intArgument("numFilters"),
                call.intArgument("sizeF"), call.floatArgument("addScale"), call.floatArgument("powScale"),
                call.booleanArgument("blocked"), call.floatArgument("scaleTargets"), call.floatArgument("scaleOutput"));
    }
}
