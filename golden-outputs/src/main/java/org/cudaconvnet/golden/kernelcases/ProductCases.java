package org.cudaconvnet.golden.kernelcases;

import java.util.Map;
import java.util.function.Consumer;

/** The matrix product of fully connected layers. */
final class ProductCases {
    private ProductCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        return Map.of("addProduct(a, b, scaleThis, scaleAB)", call -> call.backend().matrixProduct().addProduct(call.matrix("a"),
                call.matrix("b"), call.matrix("this"), call.floatArgument("scaleThis"), call.floatArgument("scaleAB")));
    }
}
