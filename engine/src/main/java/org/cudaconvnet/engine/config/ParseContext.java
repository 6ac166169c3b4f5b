package org.cudaconvnet.engine.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cudaconvnet.datasets.numpy.RandomState;

/**
 * What a layer definition needs to know besides its text.
 *
 * @param dataDims     units of the data provider's matrices, by dataIdx
 * @param numClasses   classes of the training data
 * @param numGpus      devices that {@code gpu=} may name; with one device {@code gpu} may be left out everywhere
 * @param random       source of initial weights; without it layers get no weights (enough for an inspection)
 * @param labelTree    the label tree of the training data, which treefc layers need
 * @param initializers external initialisers by {@code module.function}
 * @param lenientKeys  ignore unknown keys silently, as the original does; otherwise they are errors
 * @param conserveMem  value of the option {@code --conserve-mem}
 */
public record ParseContext(List<Integer> dataDims, int numClasses, int numGpus, Optional<RandomState> random, Optional<LabelTree> labelTree,
        Map<String, ExternalInitializer> initializers, boolean lenientKeys, boolean conserveMem) {

    /** One device, strict keys, no label tree, no external initialisers. */
    public static ParseContext of(List<Integer> dataDims, int numClasses, RandomState random) {
        return new ParseContext(dataDims, numClasses, 1, Optional.of(random), Optional.empty(), Map.of(), false, false);
    }

    /** As {@link #of}, for geometry only: the layers get no weights. */
    public static ParseContext withoutWeights(List<Integer> dataDims, int numClasses) {
        return new ParseContext(dataDims, numClasses, 1, Optional.empty(), Optional.empty(), Map.of(), false, false);
    }

    public ParseContext withNumGpus(int devices) {
        return new ParseContext(dataDims, numClasses, devices, random, labelTree, initializers, lenientKeys, conserveMem);
    }

    public ParseContext withLabelTree(LabelTree tree) {
        return new ParseContext(dataDims, numClasses, numGpus, random, Optional.of(tree), initializers, lenientKeys, conserveMem);
    }

    public ParseContext withInitializers(Map<String, ExternalInitializer> functions) {
        return new ParseContext(dataDims, numClasses, numGpus, random, labelTree, Map.copyOf(functions), lenientKeys, conserveMem);
    }

    public ParseContext withLenientKeys(boolean lenient) {
        return new ParseContext(dataDims, numClasses, numGpus, random, labelTree, initializers, lenient, conserveMem);
    }

    public ParseContext withConserveMem(boolean conserve) {
        return new ParseContext(dataDims, numClasses, numGpus, random, labelTree, initializers, lenientKeys, conserve);
    }
}
