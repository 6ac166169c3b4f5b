package org.cudaconvnet.engine.train.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.NumpyPickle;
import org.cudaconvnet.datasets.numpy.PickledClass;
import org.cudaconvnet.datasets.numpy.PickledInstance;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.train.CheckpointFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every error is one line that names the file and what is wrong in it. */
@DisplayName("A checkpoint of the original that was altered")
class DamagedCheckpointTest {
    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void writeACheckpoint() throws IOException {
        file = folder.resolve("4.2");
        OriginalCheckpoint.write(file, GoldenCheckpoint.checkpoint("engine/quick"), Generation.V1, false);
    }

    @Test
    void isRefusedWhereverItIsCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 1; length < whole.length; length += whole.length / 50) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> CheckpointFile.read(file)).as("%d bytes", length).isInstanceOf(DatasetException.class)
                    .hasMessageStartingWith(file + ": not a whole Python pickle");
        }
    }

    @Test
    void isRefusedOrReadWhicheverByteIsGarbled() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        byte[] weights = new byte[1000];
        int text = 0;
        for (int position = 0; position < whole.length; position++) {
            // Most bytes are those of weights, whose values mean nothing; near text and numbers every byte is tried.
            text = Character.isLetterOrDigit(whole[position]) ? 8 : text - 1;
            if (text > 0 && position % 97 == 0 || position % weights.length == 0) {
                byte[] garbled = whole.clone();
                garbled[position] ^= 0x15;
                Files.write(file, garbled);
                assertRefusedInOneLineOrRead(position);
            }
        }
    }

    private void assertRefusedInOneLineOrRead(int position) {
        try {
            CheckpointFile.read(file);
        } catch (InputException | DatasetException refused) {
            assertThat(refused.getMessage()).as("byte %d", position).contains(file.toString()).hasLineCount(1);
        }
    }

    @Test
    void runsNothing() throws IOException {
        Path victim = folder.resolve("victim");
        String pickle = "\u0080\u0002}U\u000bmodel_statecposix\nsystem\nU" + (char) ("touch " + victim).length() + "touch " + victim + "\u0085Rs.";
        Files.write(file, pickle.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CheckpointFile.read(file)).isInstanceOf(DatasetException.class)
                .hasMessage(file + ": not a whole Python pickle: refers to posix.system, expected only NumPy arrays and classes of options");
        assertThat(victim).doesNotExist();
    }

    @Test
    void isRefusedWithTheNameOfWhatIsWrong() throws IOException {
        assertRefused(top -> top.remove("op"), ": op: found nothing, expected a value");
        assertRefused(top -> top.put("op", 3), ": op: found 3, expected an object of options.OptionsParser");
        assertRefused(top -> top.put("op", new PickledInstance(new PickledClass("options", "Option"), new LinkedHashMap<>())),
                ": op: found object of options.Option, expected an object of options.OptionsParser");
        assertRefused(top -> state(top).put("layers", "x"), ": layers: found \"x\", expected a list or a dictionary");
        assertRefused(top -> state(top).put("epoch", -1), ": model_state: epoch: found -1, batch 2, expected at least 1 and 0");
        assertRefused(top -> state(top).put("test_outputs", new ArrayList<>(List.of(1))),
                ": model_state: test_outputs: found 1, expected tuples of costs and number of cases");
        assertRefused(top -> option(top, "train_batch_range").put("value", List.of(1, 3)),
                ": op: train_batch_range: value: found 2 numbers, expected successive batch numbers");
        assertRefused(top -> option(top, "num_epochs").put("value", "many"),
                ": op: num_epochs: value: found \"many\", expected an integer");
    }

    @Test
    void isRefusedWithTheNameOfTheLayerAndKey() throws IOException {
        NumpyArray weights = NumpyArray.ofFloats(new float[6], 2, 3);
        assertRefused(top -> layer(top, 2).put("weights", List.of(weights)),
                ": layer conv1: weights[0]: found array of <f4 [2, 3], expected array of <f4 [75, 16]");
        assertRefused(top -> layer(top, 2).put("weights", List.of()), ": layer conv1: weights[0]: found nothing, expected an array");
        assertRefused(top -> layer(top, 2).put("biases", NumpyArray.ofDoubles(new double[16], 16, 1)),
                ": layer conv1: biases: found array of <f8 [16, 1], expected array of <f4 [16, 1]");
        assertRefused(top -> layer(top, 2).put("modulesX", 1000), ": layer conv1: modulesX: found 1000, expected ");
        assertRefused(top -> layer(top, 2).put("filterSize", List.of("huge")), ": [conv1] filterSize: found \"huge\", expected comma-separated integers");
        assertRefused(top -> layer(top, 2).put("filters", Integer.MAX_VALUE), ": [conv1] filters: found \"2147483647\", expected ");
        assertRefused(top -> layer(top, 2).put("groups", List.of(0)), ": layer conv1: groups: found 0, expected a divisor of the 16 filters");
        assertRefused(top -> layer(top, 2).put("inputs", List.of(77)), ": layer conv1: inputs: found 77, expected positions of the ");
        assertRefused(top -> layer(top, 2).put("inputs", List.of(2)), ": [conv1] inputs: found \"conv1\", expected the name of a layer");
        assertRefused(top -> layer(top, 2).put("inputs", List.of(3)), ": layer conv1: inputs: found a circle, expected layers above it");
        assertRefused(top -> layer(top, 2).put("name", "a\n[b]"), ": found a name that no definition can give");
        assertRefused(top -> layer(top, 2).put("name", "data"), ": layer data: found two layers of this name");
        assertRefused(top -> layer(top, 2).put("type", "%(x)s"), ": [conv1] type: found \"%(x)s\", expected one of ");
        assertRefused(top -> layer(top, 0).put("dataIdx", Integer.MAX_VALUE), ": layer data: dataIdx: found 2147483647 with ");
        assertRefused(top -> layer(top, 0).put("outputs", Integer.MAX_VALUE), ": [conv1] ");
    }

    private void assertRefused(Consumer<Map<String, Object>> damage, String message) throws IOException {
        Path damaged = folder.resolve("damaged");
        Map<String, Object> top = mutable(NumpyPickle.read(file, Set.of("options")));
        damage.accept(top);
        try (OutputStream out = Files.newOutputStream(damaged)) {
            NumpyPickle.writeAsPython2(top, out);
        }
        assertThatThrownBy(() -> CheckpointFile.read(damaged)).isInstanceOf(InputException.class).hasMessageStartingWith(damaged.toString())
                .hasMessageContaining(message).message().hasLineCount(1);
    }

    private static Map<String, Object> state(Map<String, Object> top) {
        return mutable(top.get("model_state"));
    }

    private static Map<String, Object> layer(Map<String, Object> top, int index) {
        return mutable(((List<?>) state(top).get("layers")).get(index));
    }

    private static Map<String, Object> option(Map<String, Object> top, String name) {
        Map<String, Object> options = mutable(((PickledInstance) top.get("op")).attributes().get("options"));
        return ((PickledInstance) options.get(name)).attributes();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> mutable(Object map) {
        return (Map<String, Object>) map;
    }
}
