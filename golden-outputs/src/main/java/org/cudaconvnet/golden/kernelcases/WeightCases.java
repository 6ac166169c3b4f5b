package org.cudaconvnet.golden.kernelcases;

import java.util.Map;
import java.util.function.Consumer;
import org.cudaconvnet.kernels.Matrix;

/** The weight update, and the factors that keep lengths of weights within limits. */
final class WeightCases {
    private WeightCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        return Map.of(
                "Weights::update", WeightCases::update,
                "update", call -> call.backend().weightUpdates().update(call.matrix("weights"), call.matrix("inc"),
                        call.booleanArgument("useGradient") ? call.matrix("gradient") : null, call.floatArgument("momentum"),
                        call.floatArgument("rate"), call.floatArgument("decay")),
                "lengthFactors", call -> call.backend().weightUpdates().lengthFactors(call.matrix("sumsOfSquares"),
                        call.floatArgument("divisor"), call.floatArgument("min"), call.floatArgument("max")));
    }

    /** The original does nothing at all without a learning rate (spec: weight-update.md section 2). */
    private static void update(KernelCall call) {
        float epsW = call.floatArgument("epsW");
        if (epsW > 0) {
            float decay = -call.floatArgument("wc") * epsW;
            Matrix gradient = call.booleanArgument("useGrad") ? call.matrix("weightsGrad") : null;
            for (int i = 0; i < call.intArgument("updates"); i++) {
                call.backend().weightUpdates().update(call.matrix("weights"), call.matrix("weightsInc"), gradient,
                        call.floatArgument("mom"), 1, decay);
            }
        }
    }
}
