package org.cudaconvnet.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.ExternalInitializer;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LabelTree;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.MatrixShape;
import org.cudaconvnet.engine.config.ParseContext;

/**
 * Nets that together use every layer type, key, neuron and schedule of the 2012 language. Their data are 3x32x32 images, labels of 16 classes,
 * the same as vectors, and gates.
 */
public final class Census {
    public static final List<String> NETS = List.of("four-columns", "images", "rare");
    public static final int CLASSES = 16;
    public static final List<Integer> DATA_DIMS = List.of(3 * 32 * 32, 1, CLASSES, 1);

    /** The same small number everywhere, and for connections the channels in order. */
    private static final ExternalInitializer CONSTANT = new ExternalInitializer() {
        @Override
        public HostMatrix weights(String layer, int input, MatrixShape shape, List<String> params) {
            HostMatrix weights = HostMatrix.zeros(shape.rows(), shape.cols(), shape.columnMajor());
            Arrays.fill(weights.values(), 0.01f);
            return weights;
        }

        @Override
        public HostMatrix biases(String layer, MatrixShape shape, List<String> params) {
            return weights(layer, 0, shape, params);
        }

        @Override
        public List<Integer> connectivity(String layer, int input, int groups, int channels, int filterChannels, List<String> params) {
            return IntStream.range(0, groups * filterChannels).mapToObj(i -> i % channels).toList();
        }
    };

    private Census() {
    }

    public static ConfigFile definition(String net) {
        return read(net + ".cfg");
    }

    public static ConfigFile params(String net) {
        return read(net + "-params.cfg");
    }

    private static ConfigFile read(String file) {
        try (InputStream text = Census.class.getResourceAsStream("census/" + file)) {
            return ConfigFile.parse(file, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static List<LayerDict> parse(String net) {
        ParseContext context = ParseContext.of(DATA_DIMS, CLASSES, new RandomState(3)).withNumGpus(net.equals("four-columns") ? 4 : 1)
                .withLabelTree(tree()).withInitializers(Map.of("initw.makew", CONSTANT, "initw.makeb", CONSTANT, "initw.makec", CONSTANT));
        return LayerParser.parse(definition(net), params(net), context);
    }

    /** Classes in four groups below one root. */
    private static LabelTree tree() {
        List<List<Integer>> children = new ArrayList<>(Collections.nCopies(CLASSES, List.of()));
        for (int group = 0; group < 4; group++) {
            children.add(List.of(4 * group, 4 * group + 1, 4 * group + 2, 4 * group + 3));
        }
        children.add(List.of(CLASSES, CLASSES + 1, CLASSES + 2, CLASSES + 3));
        return new LabelTree(children, CLASSES + 4);
    }
}
