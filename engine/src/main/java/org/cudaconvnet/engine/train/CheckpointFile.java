package org.cudaconvnet.engine.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.archive.Digest;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.train.original.OriginalCheckpoint;

/**
 * Reads and writes checkpoints: a NumPy zip with one float32 array per matrix ({@code conv1/weights0}, {@code conv1/weightsInc0},
 * {@code conv1/biases}, ...; rows x cols), a uint8 array {@code state.json}, and SHA-256 of all of these in a uint8 array {@code sha256}.
 * A file is written under another name first, then renamed.
 */
public final class CheckpointFile {
    private static final String FORMAT = "convnet-checkpoint-1";
    private static final String STATE = "state.json";
    private static final String DIGEST = "sha256";

    private record State(String format, Checkpoint.Progress progress, List<Map<String, Object>> layers) {
    }

    private CheckpointFile() {
    }

    public static void write(Path file, Checkpoint checkpoint, boolean compress) {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        LayerArrays layerArrays = new LayerArrays(arrays);
        List<Map<String, Object>> layers = checkpoint.layers().stream().map(layerArrays::takeApart).toList();
        byte[] state = StateJson.write(new State(FORMAT, checkpoint.progress(), layers));
        arrays.put(STATE, NumpyArray.ofBytes(state, state.length));
        byte[] digest = digest(arrays);
        arrays.put(DIGEST, NumpyArray.ofBytes(digest, digest.length));
        if (compress) {
            Npz.writeCompressed(file, arrays);
        } else {
            Npz.write(file, arrays);
        }
    }

    /**
     * Reads a checkpoint of ours or one of the original; the file's content tells which.
     *
     * @throws InputException if the file is not a whole checkpoint, as written
     */
    public static Checkpoint read(Path file) {
        return OriginalCheckpoint.isAt(file) ? OriginalCheckpoint.read(file).checkpoint() : readOwn(file);
    }

    /** Weights, increments and biases of a checkpoint of either format, rows x cols, under the names that the arrays have in ours. */
    public static Map<String, NumpyArray> matrices(Path file) {
        Map<String, NumpyArray> matrices = new LinkedHashMap<>();
        read(file).layers().forEach(new LayerArrays(matrices)::takeApart);
        matrices.keySet().removeIf(name -> !name.matches("(?s).*/(weights|biases)(Inc)?\\d*"));
        return matrices;
    }

    private static Checkpoint readOwn(Path file) {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>(Npz.read(file));
        NumpyArray digest = arrays.remove(DIGEST);
        NumpyArray stateArray = arrays.get(STATE);
        if (stateArray == null) {
            throw new InputException(file + ": not a checkpoint: found no " + STATE);
        }
        if (digest == null || !Arrays.equals(digest(arrays), digest.bytes())) {
            throw new InputException(file + ": damaged: its arrays do not have the digest that was saved with them");
        }
        try {
            State state = StateJson.read(stateArray.bytes(), State.class);
            if (!FORMAT.equals(state.format())) {
                throw new InputException(file + ": found format " + state.format() + ", expected " + FORMAT);
            }
            arrays.remove(STATE);
            LayerArrays layerArrays = new LayerArrays(arrays);
            List<LayerDict> layers = new ArrayList<>();
            state.layers().forEach(tree -> layers.add(layerArrays.putTogether(tree)));
            return new Checkpoint(layers, state.progress());
        } catch (IOException | IllegalArgumentException damaged) {
            throw new InputException(file + ": damaged: " + damaged.getMessage().lines().findFirst().orElse("unreadable state"), damaged);
        }
    }

    private static byte[] digest(Map<String, NumpyArray> arrays) {
        MessageDigest digest = Digest.sha256();
        arrays.forEach((name, array) -> {
            digest.update((name + " " + array.dtype() + " " + Arrays.toString(array.shape())).getBytes(StandardCharsets.UTF_8));
            float[] values = array.floats();
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            digest.update(bytes);
        });
        return digest.digest();
    }
}
