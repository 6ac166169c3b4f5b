package org.cudaconvnet.engine.train.original;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.cudaconvnet.datasets.WholeFile;
import org.cudaconvnet.datasets.numpy.NumpyPickle;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.train.Checkpoint;
import org.cudaconvnet.engine.train.ModelOptions;

/**
 * A checkpoint in the format of the original: a pickle of Python 2, plain, or as the member {@code data} of a zip (spec: checkpoints.md).
 *
 * <p>It holds no seed, no state of random numbers and no place of the test provider: these are null in what is read, and lost in what is
 * written.
 */
public record OriginalCheckpoint(Generation generation, Checkpoint checkpoint) {
    private static final String ZIP_MEMBER = "data";
    private static final int PROTO = 0x80;
    private static final int GZIP = 0x1f;
    private static final int ZIP = 'P';
    /** The earliest time a zip can hold, so that equal checkpoints give equal files. */
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Whether the file begins as a pickle, a compressed file, or a zip of a pickle. */
    public static boolean isAt(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(1);
            int first = in.read();
            in.reset();
            if (first == ZIP) {
                ZipEntry entry = new ZipInputStream(in).getNextEntry();
                return entry != null && entry.getName().equals(ZIP_MEMBER);
            }
            return first == PROTO || first == GZIP;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** @throws InputException or a DatasetException if the file is not a whole checkpoint that makes sense; nothing in it is run */
    public static OriginalCheckpoint read(Path file) {
        String name = file.toString();
        Entries top = Entries.of(name, NumpyPickle.read(file, Set.of(OptionWriter.MODULE)));
        Entries state = Entries.of(name + ": model_state", top.value("model_state"));
        Object layers = state.value("layers");
        ModelOptions options = OptionReader.read(name, top.value("op"));
        Checkpoint.Progress progress = new Checkpoint.Progress(options, state.integer("epoch"), state.integer("batchnum"),
                costs(state, "train_outputs"), costs(state, "test_outputs"), null, null, null, null, 0);
        if (progress.epoch() < 1 || progress.batchNumber() < 0) {
            throw state.unexpected("epoch", progress.epoch() + ", batch " + progress.batchNumber(), "at least 1 and 0");
        }
        return new OriginalCheckpoint(layers instanceof List ? Generation.V1 : Generation.IMAGENET_2012,
                new Checkpoint(LayerReader.read(name, layers), progress));
    }

    /** One tuple of averages by cost and number of cases for every batch or test. */
    private static List<Cost> costs(Entries state, String key) {
        List<Cost> costs = new ArrayList<>();
        for (Object entry : state.list(key)) {
            if (!(entry instanceof Object[] tuple) || tuple.length != 2 || Entries.toInteger(tuple[1]) == null) {
                throw state.wrong(key, entry, "tuples of costs and number of cases");
            }
            Map<String, double[]> averages = new LinkedHashMap<>();
            Entries vectors = Entries.of(state.where() + ": " + key, tuple[0]);
            vectors.values().keySet().forEach(cost -> averages.put(Entries.toText(cost), vectors.numbers(String.valueOf(cost))));
            costs.add(new Cost(averages, Entries.toInteger(tuple[1])));
        }
        return costs;
    }

    /**
     * Writes a checkpoint, whole or not at all.
     *
     * @param zip whether to compress it, as the original does with {@code --zip-save=1}
     * @throws InputException if the generation has no word for something in it
     */
    public static void write(Path file, Checkpoint checkpoint, Generation generation, boolean zip) throws IOException {
        Checkpoint.Progress progress = checkpoint.progress();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("train_outputs", tuples(progress.trainOutputs()));
        state.put("test_outputs", tuples(progress.testOutputs()));
        state.put("epoch", progress.epoch());
        state.put("batchnum", progress.batchNumber());
        state.put("layers", LayerWriter.write(generation, checkpoint.layers()));
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("model_state", state);
        top.put("op", OptionWriter.write(generation, progress.options().over(ModelOptions.defaults()), devices(checkpoint.layers())));
        WholeFile.write(file, out -> {
            if (zip) {
                writeZip(top, out);
            } else {
                NumpyPickle.writeAsPython2(top, out);
            }
        });
    }

    private static int devices(List<LayerDict> layers) {
        return layers.stream().mapToInt(layer -> layer.intValue("gpu") + 1).max().orElse(1);
    }

    private static void writeZip(Object top, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        ZipEntry entry = new ZipEntry(ZIP_MEMBER);
        entry.setTimeLocal(FIXED_TIME);
        zip.putNextEntry(entry);
        NumpyPickle.writeAsPython2(top, zip);
        zip.closeEntry();
        zip.finish();
    }

    private static List<Object[]> tuples(List<Cost> costs) {
        List<Object[]> tuples = new ArrayList<>();
        for (Cost cost : costs) {
            Map<String, Object> averages = new LinkedHashMap<>();
            cost.sums().forEach((name, vector) -> averages.put(name, Arrays.stream(vector).boxed().toList()));
            tuples.add(new Object[] {averages, cost.cases()});
        }
        return tuples;
    }
}
