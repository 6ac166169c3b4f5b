package org.cudaconvnet.engine.devicecheck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;

/**
 * A net with random data: normally distributed values in every data matrix but that of the labels, which has one row.
 *
 * @param name     for messages
 * @param dataDims units of the data matrices by dataIdx
 * @param classes  of the labels
 * @param mini     size of a mini-batch
 */
public record CheckedNet(String name, ConfigFile layerDef, ConfigFile params, List<Integer> dataDims, int classes, int mini) {
    /** The name of {@link #smallAlexNet()}. */
    public static final String SMALL_ALEXNET = "alexnet-small";
    private static final long SEED = 1;

    /** The layers of alexnet-145 on images of 3x35x35, with 16 to 32 filters and 32 hidden units per column, on two devices. */
    public static CheckedNet smallAlexNet() {
        return new CheckedNet(SMALL_ALEXNET, read("layers.cfg"), read("params.cfg"), List.of(3 * 35 * 35, 1), 10, 8);
    }

    private static ConfigFile read(String file) {
        String resource = SMALL_ALEXNET + "/" + file;
        try (InputStream text = CheckedNet.class.getResourceAsStream(resource)) {
            return ConfigFile.parse(resource, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The number of devices that the definition names. */
    public int gpus() {
        return LayerParser.numGpus(layerDef);
    }

    /** Of the data: two mini-batches and a partial one. */
    int cases() {
        return 2 * mini + Math.max(1, mini / 3);
    }

    /** The layers with initial weights, each time the same. */
    public List<LayerDict> layers() {
        return LayerParser.parse(layerDef, params, ParseContext.of(dataDims, classes, new RandomState(SEED)).withNumGpus(gpus()));
    }

    /** Each time the same. */
    List<HostMatrix> data() {
        RandomState random = new RandomState(SEED);
        List<HostMatrix> data = new ArrayList<>();
        for (int rows : dataDims) {
            HostMatrix matrix = HostMatrix.zeros(rows, cases(), false);
            for (int i = 0; i < matrix.values().length; i++) {
                matrix.values()[i] = rows == 1 ? random.randint(classes) : (float) random.randn();
            }
            data.add(matrix);
        }
        return data;
    }
}
