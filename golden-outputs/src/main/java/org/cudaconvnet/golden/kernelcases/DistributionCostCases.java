package org.cudaconvnet.golden.kernelcases;

import java.util.Map;
import java.util.function.Consumer;
import org.cudaconvnet.kernels.DistributionCosts;
import org.cudaconvnet.kernels.Matrix;

/** Costs against a matrix of labels, and their gradients. */
final class DistributionCostCases {
    private DistributionCostCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        return Map.of(
                "crossEntCost", call -> costs(call).crossEntCost(call.matrix("labels"), call.matrix("probs"),
                        call.matrix("labelLogProbs"), call.matrix("correctProbs")),
                "crossEntGrad", call -> gradient(call, costs(call)::crossEntGrad),
                "crossEntSoftmaxGrad", call -> gradient(call, costs(call)::crossEntSoftmaxGrad),
                "crossEnt2Cost", call -> costs(call).crossEnt2Cost(call.matrix("labels"), call.matrix("probs"), call.matrix("target")),
                "crossEnt2Grad", call -> gradient(call, costs(call)::crossEnt2Grad),
                "crossEnt2LogisticGrad", call -> gradient(call, costs(call)::crossEnt2LogisticGrad),
                "rflickrCost", call -> costs(call).rflickrCost(call.matrix("labels"), call.matrix("probs"), call.matrix("target")),
                "rflickrGrad", call -> gradient(call, costs(call)::rflickrGrad));
    }

    private static DistributionCosts costs(KernelCall call) {
        return call.backend().distributionCosts();
    }

    private interface Gradient {
        void of(Matrix labels, Matrix probs, Matrix target, boolean add, float coeff);
    }

    private static void gradient(KernelCall call, Gradient gradient) {
        gradient.of(call.matrix("labels"), call.matrix("probs"), call.matrix("target"), call.booleanArgument("add"),
                call.floatArgument("coeff"));
    }
}
