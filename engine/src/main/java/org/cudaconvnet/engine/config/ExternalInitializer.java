package org.cudaconvnet.engine.config;

import java.util.List;

/**
 * Supplies initial values that a definition requests with {@code initWFunc}, {@code initBFunc} or {@code initCFunc}
 * (spec: config-language.md section 7). {@code params} are the arguments in the definition, untrimmed.
 */
public interface ExternalInitializer {
    /** Initial weights of input {@code input}, of the given shape. */
    HostMatrix weights(String layer, int input, MatrixShape shape, List<String> params);

    /** Initial biases, of the given shape. */
    HostMatrix biases(String layer, MatrixShape shape, List<String> params);

    /** Connectivity of a sparse input: groups * filterChannels channel indices, each block of {@code channels} of them a permutation. */
    List<Integer> connectivity(String layer, int input, int groups, int channels, int filterChannels, List<String> params);
}
