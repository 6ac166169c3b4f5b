package org.cudaconvnet.engine.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.train.BatchRange;
import org.cudaconvnet.engine.train.CheckpointDirectory;
import org.cudaconvnet.engine.train.ConvNet;
import org.cudaconvnet.engine.train.ModelOptions;
import org.cudaconvnet.engine.train.ProviderSource;
import org.cudaconvnet.engine.train.TrainingListener;

/**
 * Runs a recipe in a folder of its own: every phase goes on from the checkpoint that the one before it left. A run that was killed
 * goes on from its last checkpoint and reaches the same bits.
 */
public final class RecipeRun {
    private static final String COST = "logprob";
    /** An epoch on ImageNet takes hours; 50 batches is the original's default. */
    private static final int MOST_BATCHES_WITHOUT_TEST = 50;

    /** What a finished run reached: costs per case, [nats, share of wrong cases], of every training batch, of every test, and at last. */
    public record Outcome(List<Cost> train, List<Cost> tests, Cost last) {
        /** Share of wrong test cases. */
        public double error() {
            return error(last);
        }

        /** Share of test cases whose class is not among the five most probable; null where the net does not count them. */
        public Double topFiveError() {
            double[] sums = last.sums().get(COST);
            return sums.length > 2 ? sums[2] : null;
        }

        /** Negative log-likelihood per test case in nats. */
        public double cost() {
            return last.sums().get(COST)[0];
        }

        public static double error(Cost cost) {
            return cost.sums().get(COST)[1];
        }
    }

    /**
     * Where and how to run.
     *
     * @param batches folder of batch files
     * @param folder  holds the net's files and the checkpoints
     */
    public record Setting(Path batches, Path folder, long seed, String device, int threads) {
    }

    private final Recipe recipe;
    private final Setting setting;
    private final NetFiles files;
    private final int classes;

    /** @throws org.cudaconvnet.engine.InputException if the batches are not what the recipe expects */
    public RecipeRun(Recipe recipe, Setting setting) {
        this(recipe, setting, NetFiles.of(recipe, setting.folder()));
    }

    /** @param files of the recipe's net, or of a smaller one */
    RecipeRun(Recipe recipe, Setting setting, NetFiles files) {
        this.setting = setting;
        BatchDirectory directory = BatchDirectory.open(setting.batches());
        classes = directory.meta().labelNames().size();
        if (recipe.photos() == null) {
            this.recipe = recipe;
            this.files = files;
        } else {
            this.recipe = recipe.on(PhotoBatches.of(directory, recipe.photos()));
            this.files = files.withClasses(recipe.photos().classes(), classes);
        }
    }

    /** The recipe with the ranges of the batches that it runs on. */
    public Recipe recipe() {
        return recipe;
    }

    /** Number of classes of the data. */
    public int classes() {
        return classes;
    }

    /** Epoch of the newest checkpoint, 0 if there is none. */
    public int epochsDone() {
        Path checkpoints = checkpointDirectory();
        return checkpoints == null ? 0 : new CheckpointDirectory(checkpoints).newestEpoch();
    }

    /** Whether the newest checkpoint is that of the last batch of a phase, or a later one. */
    private boolean isDone(Recipe.Phase phase) {
        Path checkpoints = checkpointDirectory();
        if (checkpoints == null) {
            return false;
        }
        CheckpointDirectory directory = new CheckpointDirectory(checkpoints);
        return directory.newestEpoch() > phase.until()
                || directory.newestEpoch() == phase.until() && directory.newestBatch() >= BatchRange.parse(phase.train()).last();
    }

    /** Trains what is left to train, then tests. */
    public Outcome run(TrainingListener listener) {
        createFolder();
        for (int phase = 0; phase < recipe.phases().size(); phase++) {
            if (!isDone(recipe.phases().get(phase))) {
                try (ConvNet convNet = new ConvNet(options(phase), ProviderSource.NAMED)) {
                    convNet.train(listener);
                }
            }
        }
        try (ConvNet convNet = open()) {
            List<Cost> tests = convNet.testOutputs();
            Cost last = recipe.multiview() ? convNet.test(listener).perCase() : tests.get(tests.size() - 1);
            return new Outcome(convNet.trainOutputs(), tests, last);
        }
    }

    /** Opens the net of the newest checkpoint for testing. */
    public ConvNet open() {
        ModelOptions options = options(recipe.phases().size() - 1);
        options.testOnly = true;
        options.testOne = false;
        options.multiviewTest = recipe.multiview();
        options.logregName = COST;
        return new ConvNet(options, ProviderSource.NAMED);
    }

    private ModelOptions options(int index) {
        Recipe.Phase phase = recipe.phases().get(index);
        ModelOptions options = new ModelOptions();
        options.loadFile = checkpointDirectory();
        if (options.loadFile == null) {
            options.layerDef = files.layerDef();
            options.cropBorder = recipe.cropBorder();
        }
        options.layerParams = files.layerParams(index, phase);
        options.savePath = setting.folder();
        options.dpType = recipe.provider();
        options.dataPath = setting.batches();
        options.trainBatchRange = BatchRange.parse(phase.train());
        options.testBatchRange = BatchRange.parse(phase.test());
        options.testingFreq = Math.min(MOST_BATCHES_WITHOUT_TEST, options.trainBatchRange.numbers().size());
        options.numEpochs = phase.until();
        options.colorNoise = phase.colorNoise();
        options.seed = setting.seed();
        options.device = setting.device();
        options.threads = setting.threads();
        return options;
    }

    private void createFolder() {
        try {
            Files.createDirectories(setting.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory that the first phase made; null before its first checkpoint. */
    private Path checkpointDirectory() {
        if (!Files.isDirectory(setting.folder())) {
            return null;
        }
        try (Stream<Path> entries = Files.list(setting.folder())) {
            return entries.filter(Files::isDirectory).filter(entry -> new CheckpointDirectory(entry).newestEpoch() > 0)
                    .max(Path::compareTo).orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
