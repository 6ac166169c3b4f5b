package org.cudaconvnet.golden.kernelcases;

import java.util.Map;
import java.util.function.Consumer;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.Pooling;

/** Local pooling and its gradients. */
final class PoolingCases {
    private PoolingCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        return Map.of(
                "convLocalPool", call -> call.backend().pooling().localPool(call.matrix("images"), call.matrix("target"),
                        call.intArgument("numFilters"), call.intArgument("subsX"), call.intArgument("startX"),
                        call.intArgument("strideX"), call.intArgument("outputsX"), pooler(call.textArgument("pooler"))),
                "localRandomPool", call -> call.backend().pooling().localRandomPool(call.matrix("images"), call.matrix("uniforms"),
                        call.matrix("target"), call.intArgument("numFilters"), call.intArgument("subsX"), call.intArgument("startX"),
                        call.intArgument("strideX"), call.intArgument("outputsX")),
                "convLocalMaxUndo", call -> call.backend().pooling().localMaxUndo(call.matrix("images"), call.matrix("maxGrads"),
                        call.matrix("maxActs"), call.matrix("target"), call.intArgument("subsX"), call.intArgument("startX"),
                        call.intArgument("strideX"), call.intArgument("outputsX"),
                        call.floatArgument("scaleTargets"), call.floatArgument("scaleOutput")),
                "convLocalAvgUndo", call -> call.backend().pooling().localAvgUndo(call.matrix("avgGrads"), call.matrix("target"),
                        call.intArgument("subsX"), call.intArgument("startX"), call.intArgument("strideX"),
                        call.intArgument("outputsX"), call.intArgument("imgSize"),
                        call.floatArgument("scaleTargets"), call.floatArgument("scaleOutput")));
    }

    private static Pooling.Pooler pooler(String name) {
        return switch (name) {
            case "MaxPooler" -> Pooling.Pooler.MAX;
            case "AvgPooler" -> Pooling.Pooler.AVG;
            case "MaxAbsPooler" -> Pooling.Pooler.MAX_ABS;
            default -> throw new InputException("pooler \"" + name + "\": expected MaxPooler, AvgPooler or MaxAbsPooler");
        };
    }
}
