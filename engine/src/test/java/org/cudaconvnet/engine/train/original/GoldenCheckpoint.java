package org.cudaconvnet.engine.train.original;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.train.BatchRange;
import org.cudaconvnet.engine.train.Checkpoint;
import org.cudaconvnet.engine.train.ModelOptions;

/** Checkpoints with the layers of nets that the original parsed (golden-2012/README.md). */
final class GoldenCheckpoint {
    private GoldenCheckpoint() {
    }

    /** Such as {@code engine/quick} or {@code twogpu/twotower}. */
    static Path folder(String net) {
        return Path.of("..", "golden-outputs", "golden-2012").resolve(net);
    }

    /** The layers that the definition gives, with the weights that NumPy drew for the original. */
    static List<LayerDict> layers(String net) throws IOException {
        JsonNode index = new ObjectMapper().readTree(folder(net).resolve("index.json").toFile());
        int size = index.get("image_size").asInt();
        List<Integer> dims = List.of(index.get("image_channels").asInt() * size * size, 1);
        ParseContext context = ParseContext.of(dims, index.get("classes").asInt(), new RandomState(index.get("weight_seed").asLong()));
        return LayerParser.parse(folder(net).resolve("layers.cfg"), folder(net).resolve("params.cfg"),
                context.withNumGpus(net.startsWith("twogpu") ? 2 : 1));
    }

    static Checkpoint checkpoint(String net) throws IOException {
        ModelOptions options = new ModelOptions();
        options.trainBatchRange = new BatchRange(1, 3);
        options.testBatchRange = new BatchRange(7, 7);
        options.numEpochs = 9;
        options.dpType = "cifar";
        options.layerParams = Path.of("nets", "\u00e9.cfg");
        options.zipSave = true;
        Cost averages = new Cost(Map.of("logprob", new double[] {2.25, 0.875}), 96);
        return new Checkpoint(layers(net),
                new Checkpoint.Progress(options, 4, 2, List.of(averages, averages), List.of(averages), null, null, null, null, 0));
    }

    static Generation generation(String net) {
        return net.startsWith("twogpu") ? Generation.IMAGENET_2012 : Generation.V1;
    }

    /** Layers by name in a form that can be compared: matrices by their bits. */
    static Map<String, Object> comparable(List<LayerDict> layers) {
        Map<String, Object> comparable = new LinkedHashMap<>();
        layers.forEach(layer -> comparable.put(layer.name(), comparable((Object) layer.asMap())));
        return comparable;
    }

    private static Object comparable(Object value) {
        if (value instanceof HostMatrix matrix) {
            return List.of(matrix.rows(), matrix.cols(), matrix.columnMajor(), Arrays.hashCode(matrix.values()));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(GoldenCheckpoint::comparable).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, comparable(element)));
            return copy;
        }
        return value;
    }
}
