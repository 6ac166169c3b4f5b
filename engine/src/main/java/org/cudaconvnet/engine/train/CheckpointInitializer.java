package org.cudaconvnet.engine.train;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.ExternalInitializer;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.MatrixShape;

/**
 * Copies weights, biases or connections of the same input of a layer in a checkpoint (spec: config-language.md section 7): by
 * {@code checkpoint.copy(FILE,LAYER)}, or by the 2012 release's {@code initw.makew(LAYER)}, {@code makeb} and {@code makec}, which have one file for
 * all of a definition.
 */
final class CheckpointInitializer implements ExternalInitializer {
    private static final String COPY = "checkpoint.copy";
    private static final List<String> OF_2012 = List.of("initw.makew", "initw.makeb", "initw.makec");

    private final String name;
    private final Path commonFile;
    private final Map<Path, List<LayerDict>> opened;

    /**
     * @param commonFile the file of those calls that name none; null where the call has to
     * @param opened     checkpoints read so far: there is a call for every matrix of a definition
     */
    private CheckpointInitializer(String name, Path commonFile, Map<Path, List<LayerDict>> opened) {
        this.name = name;
        this.commonFile = commonFile;
        this.opened = opened;
    }

    /** All initialisers by the names under which definitions call them. */
    static Map<String, ExternalInitializer> all(Path commonFile) {
        Map<String, ExternalInitializer> initializers = new LinkedHashMap<>();
        Map<Path, List<LayerDict>> opened = new HashMap<>();
        initializers.put(COPY, new CheckpointInitializer(COPY, null, opened));
        OF_2012.forEach(name -> initializers.put(name, new CheckpointInitializer(name, commonFile, opened)));
        return initializers;
    }

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

    private <T> T element(int input, String key, Class<T> type, List<String> params) {
        List<T> elements = source(key, params).list(key, type);
        if (input >= elements.size()) {
            throw new InputException(call(params) + " has " + elements.size() + " inputs, expected more than " + input);
        }
        return elements.get(input);
    }

    private LayerDict source(String key, List<String> params) {
        boolean namesFile = name.equals(COPY);
        if (params.size() != (namesFile ? 2 : 1)) {
            throw new InputException("found " + call(params) + ", expected " + name + (namesFile ? "(FILE,LAYER)" : "(LAYER)"));
        }
        if (!namesFile && commonFile == null) {
            throw new InputException(call(params) + " needs the checkpoint to copy from, expected --initw=PATH");
        }
        Path file = CheckpointDirectory.resolve(namesFile ? Path.of(params.get(0).strip()) : commonFile);
        String source = params.get(params.size() - 1).strip();
        List<LayerDict> layers = opened.computeIfAbsent(file, first -> CheckpointFile.read(first).layers());
        return layers.stream().filter(dict -> dict.name().equals(source) && dict.has(key)).findFirst().orElseThrow(
                () -> new InputException(file + " has no layer \"" + source + "\" with " + key));
    }

    private String call(List<String> params) {
        return name + "(" + String.join(",", params) + ")";
    }

    private static HostMatrix copy(HostMatrix matrix) {
        return new HostMatrix(matrix.rows(), matrix.cols(), matrix.columnMajor(), matrix.values().clone());
    }
}
