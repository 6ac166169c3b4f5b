package org.cudaconvnet.golden.kernelcases;

import java.util.Map;
import java.util.function.Consumer;

/** Fixed operations on images: blur, bed of nails, resize, colour spaces, crop, mirror. */
final class ImageCases {
    private ImageCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        return Map.of(
                "convGaussianBlur", call -> call.backend().imageTransforms().gaussianBlur(call.matrix("images"), call.matrix("filter"),
                        call.matrix("target"), call.booleanArgument("horiz"), call.intArgument("numChannels"),
                        call.floatArgument("scaleTargets"), call.floatArgument("scaleOutputs")),
                "convBedOfNails", call -> call.backend().imageTransforms().bedOfNails(call.matrix("images"), call.matrix("target"),
                        call.intArgument("numChannels"), call.intArgument("imgSize"), call.intArgument("startX"),
                        call.intArgument("strideX"), call.floatArgument("scaleTargets"), call.floatArgument("scaleOutput")),
                "convBedOfNailsUndo", call -> call.backend().imageTransforms().bedOfNailsUndo(call.matrix("actsGrad"),
                        call.matrix("target"), call.intArgument("numChannels"), call.intArgument("imgSize"), call.intArgument("startX"),
                        call.intArgument("strideX"), call.floatArgument("scaleTargets"), call.floatArgument("scaleOutput")),
                "convResizeBilinear", call -> call.backend().imageTransforms().resizeBilinear(call.matrix("images"),
                        call.matrix("target"), call.intArgument("imgSize"), call.intArgument("tgtSize"), call.floatArgument("scale")),
                "convRGBToYUV", call -> call.backend().imageTransforms().rgbToYuv(call.matrix("images"), call.matrix("target")),
                "convRGBToLAB", call -> call.backend().imageTransforms().rgbToLab(call.matrix("images"), call.matrix("target"),
                        call.booleanArgument("center")),
                "reflectHorizontal", call -> call.backend().imageTransforms().reflectHorizontal(call.matrix("images"), call.matrix("target"),
                        call.intArgument("imgSize"), call.floatArgument("scaleTargets")),
                "convCrop", call -> call.backend().imageTransforms().crop(call.matrix("imgs"), call.matrix("target"),
                        call.intArgument("imgSize"), call.intArgument("tgtSize"), call.intArgument("startY"), call.intArgument("startX")));
    }
}
