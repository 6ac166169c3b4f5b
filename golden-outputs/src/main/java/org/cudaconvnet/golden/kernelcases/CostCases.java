package org.cudaconvnet.golden.kernelcases;

import java.util.Map;
import java.util.function.Consumer;

/** Softmax, gradients of it and of the element-wise maximum, the logistic regression cost and its gradients. */
final class CostCases {
    private CostCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        return Map.of(
                "computeLogregCost", call -> call.backend().costs().logregCost(call.matrix("labels"), call.matrix("probs"),
                        call.matrix("labelLogProbs"), call.matrix("correctProbs")),
                "logregTopkCost", call -> call.backend().costs().logregTopkCost(call.matrix("labels"), call.matrix("probs"),
                        call.matrix("ranked"), call.matrix("labelLogProbs"), call.matrix("correctProbs"), call.matrix("topProbs"),
                        call.intArgument("k")),
                "computeLogregGrad", call -> call.backend().costs().logregGrad(call.matrix("labels"), call.matrix("probs"),
                        call.matrix("target"), call.booleanArgument("add"), call.floatArgument("coeff")),
                "softmax", call -> call.backend().costs().softmax(call.matrix("inputs"), call.matrix("target")),
                "computeSoftmaxGrad", call -> call.backend().costs().softmaxGrad(call.matrix("acts"), call.matrix("actsGrad"),
                        call.matrix("target"), call.booleanArgument("add")),
                "computeLogregSoftmaxGrad", call -> call.backend().costs().logregSoftmaxGrad(call.matrix("labels"),
                        call.matrix("probs"), call.matrix("target"), call.booleanArgument("add"), call.floatArgument("coeff")),
                "computeEltwiseMaxGrad", call -> call.backend().costs().eltwiseMaxGrad(call.matrix("actGrad"), call.matrix("input"),
                        call.matrix("output"), call.matrix("target"), call.booleanArgument("add")));
    }
}
