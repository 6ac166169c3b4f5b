package org.cudaconvnet.golden.kernelcases;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.cudaconvnet.kernels.RandomStreams;

/** Random numbers from streams in given states, drawn several times: the last draws show the states that the others left. */
final class RandomCases {
    private static final long REPLACED_SEED = 1;

    private RandomCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        return Map.of(
                "randomizeUniform", drawing((streams, call) -> streams.randomizeUniform(call.matrix("target"))),
                "randomizeBinary", drawing((streams, call) -> streams.randomizeBinary(call.floatArgument("probability"),
                        call.matrix("target"))),
                "binarizeProbs", drawing((streams, call) -> streams.binarizeProbs(call.matrix("probabilities"), call.matrix("target"))),
                "randomizeGaussian", drawing((streams, call) -> streams.randomizeGaussian(call.floatArgument("mean"),
                        call.floatArgument("stdev"), call.matrix("target"))),
                "addGaussianNoise", drawing(RandomCases::addGaussianNoise),
                "noisyRelu", drawing((streams, call) -> streams.noisyRelu(call.matrix("inputs"), call.matrix("outputs"))));
    }

    private static void addGaussianNoise(RandomStreams streams, KernelCall call) {
        if (call.has("stdev")) {
            streams.addGaussianNoise(call.matrix("data"), call.floatArgument("stdev"), call.matrix("target"));
        } else {
            streams.addGaussianNoise(call.matrix("data"), call.matrix("stdevs"), call.booleanArgument("squared"), call.matrix("target"));
        }
    }

    private static Consumer<KernelCall> drawing(BiConsumer<RandomStreams, KernelCall> draw) {
        return call -> {
            try (RandomStreams streams = call.backend().randomStreams(REPLACED_SEED)) {
                streams.restore(call.indexList("states"));
                for (int i = 0; i < call.intArgument("draws"); i++) {
                    draw.accept(streams, call);
                }
                call.backend().synchronize();
            }
        };
    }
}
