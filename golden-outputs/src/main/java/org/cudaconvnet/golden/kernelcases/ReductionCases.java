package org.cudaconvnet.golden.kernelcases;

import java.util.Map;
import java.util.function.Consumer;
import org.cudaconvnet.kernels.Reductions.Aggregation;

/** Sums, maxima and minima along an axis and over whole matrices. */
final class ReductionCases {
    private ReductionCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        return Map.of(
                "sum(axis, target)", call -> aggregate(call, Aggregation.SUM),
                "max(axis, target)", call -> aggregate(call, Aggregation.MAX),
                "min(axis, target)", call -> aggregate(call, Aggregation.MIN),
                "addSum(a, axis, scaleThis, scaleSum)", call -> call.backend().reductions().addSum(call.matrix("a"),
                        call.intArgument("axis"), call.matrix("this"), call.floatArgument("scaleThis"), call.floatArgument("scaleSum")),
                "sum()", call -> call.returned(call.backend().reductions().total(Aggregation.SUM, call.matrix("a"))),
                "max()", call -> call.returned(call.backend().reductions().total(Aggregation.MAX, call.matrix("a"))),
                "min()", call -> call.returned(call.backend().reductions().total(Aggregation.MIN, call.matrix("a"))),
                "norm2()", call -> call.returned(call.backend().reductions().norm2(call.matrix("a"))));
    }

    private static void aggregate(KernelCall call, Aggregation aggregation) {
        call.backend().reductions().aggregate(aggregation, call.matrix("a"), call.intArgument("axis"), call.matrix("target"));
    }
}
