package org.cudaconvnet.golden.kernelcases;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every original function that golden cases call, and the {@link org.cudaconvnet.kernels.Backend} operation it stands for. What has no
 * original, or one whose kernel is not released, goes by the name of the operation.
 */
final class KernelCalls {
    private static final Map<String, Consumer<KernelCall>> CALLS = new HashMap<>();

    static {
        CALLS.putAll(ConvolutionCases.calls());
        CALLS.putAll(PoolingCases.calls());
        CALLS.putAll(NormalizationCases.calls());
        CALLS.putAll(ImageCases.calls());
        CALLS.putAll(ElementwiseCases.calls());
        CALLS.putAll(ReductionCases.calls());
        CALLS.putAll(NeuronCases.calls());
        CALLS.putAll(CostCases.calls());
        CALLS.putAll(DistributionCostCases.calls());
        CALLS.putAll(RandomCases.calls());
        CALLS.putAll(ProductCases.calls());
        CALLS.putAll(WeightCases.calls());
    }

    private KernelCalls() {
    }

    /** Null if the call is unknown. */
    static Consumer<KernelCall> find(String call) {
        return CALLS.get(call);
    }
}
