package org.cudaconvnet.engine.train;

import static org.cudaconvnet.engine.NetText.DATA;
import static org.cudaconvnet.engine.NetText.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Options and files of a small net that trains in a moment. */
final class TinyRun {
    static final String DEFINITION = DATA + """
            [conv]
            type=conv
            inputs=data
            channels=3
            filters=16
            filterSize=3
            padding=1
            stride=1
            initW=0.1
            partialSum=8
            neuron=relu
            [pool]
            type=pool
            pool=max
            inputs=conv
            channels=16
            sizeX=2
            stride=2
            """ + classifier("pool", DrawnData.CLASSES, "0.1");
    static final String PARAMS = """
            [conv]
            epsW=0.01
            epsB=0.02
            momW=0.9
            momB=0.9
            wc=0.004
            [out]
            epsW=0.01
            epsB=0.02
            momW=0.9
            momB=0.9
            wc=0.01
            [logprob]
            coeff=1
            """;

    private final Path folder;

    TinyRun(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("net.cfg"), DEFINITION);
        Files.writeString(folder.resolve("params.cfg"), PARAMS);
    }

    Path params() {
        return folder.resolve("params.cfg");
    }

    /** Three training batches, two test batches, mini-batches of 16 (the last one of 8), two threads. */
    ModelOptions options() {
        ModelOptions options = new ModelOptions();
        options.layerDef = folder.resolve("net.cfg");
        options.layerParams = params();
        options.dpType = "drawn";
        options.dataPath = folder;
        options.savePath = folder.resolve("runs");
        options.trainBatchRange = new BatchRange(1, 3);
        options.testBatchRange = new BatchRange(4, 5);
        options.minibatchSize = 16;
        options.testingFreq = 2;
        options.numEpochs = 2;
        options.maxFilesizeMb = 100;
        options.threads = 2;
        return options;
    }

    static ModelOptions resume(Path loadFile) {
        ModelOptions options = new ModelOptions();
        options.loadFile = loadFile;
        return options;
    }

    static ConvNet open(ModelOptions options) {
        return new ConvNet(options, DrawnData::open);
    }

    /** All bits of weights, increments and biases, in order. */
    static int bitsOf(ConvNet convNet) {
        int hash = 0;
        for (String layer : convNet.net().weightLayerNames()) {
            hash = 31 * hash + Arrays.hashCode(convNet.net().weights(layer, 0));
            hash = 31 * hash + Arrays.hashCode(convNet.net().weightsInc(layer, 0));
            hash = 31 * hash + Arrays.hashCode(convNet.net().biases(layer));
            hash = 31 * hash + Arrays.hashCode(convNet.net().biasesInc(layer));
        }
        return hash;
    }
}
