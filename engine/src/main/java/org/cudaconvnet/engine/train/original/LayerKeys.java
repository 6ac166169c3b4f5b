package org.cudaconvnet.engine.train.original;

import java.util.Set;

/** The keys of the original's layer dictionaries (spec: checkpoints.md section 4); what else ours hold is the state of our own runs. */
final class LayerKeys {
    private static final Set<String> OF_2012_ONLY = Set.of("gpu", "src_layer", "weightSourceLayers", "weightsPerFilter", "wball", "wballNormed",
            "superEps", "superMom", "schedW", "schedB", "wcNormMax", "wcNormMin", "quantF", "quantB", "topk", "minDiv", "doMax");

    private static final Set<String> OF_BOTH = Set.of("name", "type", "outputs", "requiresParams", "usesActs", "usesInputs", "forceOwnActs",
            "gradConsumer", "actsTarget", "actsGradTarget", "conserveMem", "inputs", "numInputs", "neuron", "dataIdx",
            "initW", "initB", "initWFunc", "initBFunc", "weightSource", "weightSourceMatrixIndices", "weights", "weightsInc", "biases",
            "biasesInc", "epsW", "epsB", "momW", "momB", "wc",
            "channels", "padding", "stride", "filterSize", "filters", "groups", "randSparse", "initCFunc", "imgPixels", "imgSize",
            "filterPixels", "modulesX", "modules", "filterChannels", "filterConns", "overSample", "partialSum", "sharedBiases",
            "tree", "rootLabel", "coeffs", "copyOffsets", "sizeX", "start", "outputsX", "pool", "size", "blocked", "scale", "pow",
            "stdev", "filter", "tgtSize", "tgtPixels", "maxScale", "center", "keep", "enable", "coeff", "setSize", "threads", "numOut");

    private LayerKeys() {
    }

    static boolean isOf(Generation generation, String key) {
        return OF_BOTH.contains(key) || generation == Generation.IMAGENET_2012 && OF_2012_ONLY.contains(key);
    }
}
