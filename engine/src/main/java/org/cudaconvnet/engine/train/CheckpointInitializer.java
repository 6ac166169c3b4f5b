package org.cudaconvnet.engine.train;

import java.nio.file.Path;
import java.util.List;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.ExternalInitializer;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.MatrixShape;

/**
 * The initialiser {@code checkpoint.copy(FILE,LAYER)}: copies weights, biases or connections of the same input of a layer in a
 * checkpoint, as the functions of the 2012 release did with a fixed file (spec: config-language.md section 7).
 */
final class CheckpointInitializer implements ExternalInitializer {
    /** The name under which definitions call it. */
    static final String NAME = "checkpoint.copy";

    @Override
    public HostMatrix weights(String layer, int input, MatrixShape shape, List<String> params) {
        return copy(element(input, "weights", HostMatrix.class, params));
    }

    @Override
    public HostMatrix biases(String layer, MatrixShape shape, List<String> params) {
        return copy(source("biases", params).matrix("biases"));
    }

    @Override
    public List<Integer> connectivity(String layer, int input, int groups, int channels, int filterChannels, List<String> params) {
        List<?> connections = element(input, "filterConns", List.class, params);
        return connections.stream().map(Integer.class::cast).toList();
    }

    private static <T> T element(int input, String key, Class<T> type, List<String> params) {
        List<T> elements = source(key, params).list(key, type);
        if (input >= elements.size()) {
            throw new InputException(call(params) + " has " + elements.size() + " inputs, expected more than " + input);
        }
        return elements.get(input);
    }

    private static LayerDict source(String key, List<String> params) {
        if (params.size() != 2) {
            throw new InputException("found " + call(params) + ", expected " + NAME + "(FILE,LAYER)");
        }
        Path file = CheckpointDirectory.resolve(Path.of(params.get(0).strip()));
        String name = params.get(1).strip();
        return CheckpointFile.read(file).layers().stream().filter(dict -> dict.name().equals(name) && dict.has(key)).findFirst().orElseThrow(
                () -> new InputException(file + " has no layer \"" + name + "\" with " + key));
    }

    private static String call(List<String> params) {
        return NAME + "(" + String.join(",", params) + ")";
    }

    private static HostMatrix copy(HostMatrix matrix) {
        return new HostMatrix(matrix.rows(), matrix.cols(), matrix.columnMajor(), matrix.values().clone());
    }
}
