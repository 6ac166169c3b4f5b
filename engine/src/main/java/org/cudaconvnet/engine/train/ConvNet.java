package org.cudaconvnet.engine.train;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.datasets.archive.Digest;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.DivergenceException;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.data.DataProvider;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.layers.GradientCheck;
import org.cudaconvnet.engine.layers.Net;
import org.cudaconvnet.engine.layers.PassType;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run: a new net or one from a checkpoint, its data, training, testing and saving in the order of the original's convnet.py
 * (spec: command-line.md sections 3 to 8, random.md section 5). A run that is resumed from a checkpoint has the bits of one that was
 * never interrupted.
 */
public final class ConvNet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConvNet.class);

    private final ModelOptions options;
    private final Compatibility compatibility;
    private final DeviceGroup devices;
    private final RandomState testRandom;
    private final DataProvider trainProvider;
    private final DataProvider testProvider;
    private final Prefetch prefetch;
    private final List<LayerDict> layers;
    private final Net net;
    private final Tester tester;
    private final CheckpointDirectory directory;
    private final String layerDefDigest;
    private final String layerParamsDigest;
    private final List<Cost> trainOutputs = new ArrayList<>();
    private final List<Cost> testOutputs = new ArrayList<>();
    private RandomState.State randomAfterBatch;
    private int epoch = 1;
    private int batchNumber;
    private boolean unsaved;

    /** A new run, or with {@link ModelOptions#loadFile} one that goes on. */
    public ConvNet(ModelOptions given, ProviderSource source) {
        Path loadFile = given.loadFile == null ? null : CheckpointDirectory.resolve(given.loadFile);
        Checkpoint checkpoint = loadFile == null ? null : CheckpointFile.read(loadFile);
        Checkpoint.Progress progress = checkpoint == null ? null : checkpoint.progress();
        options = progress == null ? given.over(ModelOptions.defaults())
                : given.resuming(progress.options().over(ModelOptions.defaults()));
        options.validate();
        compatibility = options.compatibility();
        directory = loadFile == null ? CheckpointDirectory.startedAt(options.savePath, LocalDateTime.now())
                : CheckpointDirectory.of(given.loadFile);

        RandomState random = new RandomState(options.seed);
        testRandom = new RandomState(options.seed);
        testProvider = source.open(options, true, testRandom);
        trainProvider = source.open(options, false, random);
        ParseContext context = ParseContext.of(List.of(trainProvider.dataDims(0), trainProvider.dataDims(1)), trainProvider.numClasses(),
                random).withConserveMem(options.conserveMem).withLenientKeys(options.lenientKeys)
                .withInitializers(CheckpointInitializer.all(options.initw));
        if (checkpoint == null) {
            ConfigFile layerDef = ConfigFile.read(options.layerDef);
            layers = LayerParser.parse(layerDef, ConfigFile.read(options.layerParams),
                    context.withNumGpus(options.numGpus == null ? LayerParser.numGpus(layerDef) : options.numGpus));
            layerDefDigest = Digest.of(options.layerDef, Digest.SHA_256);
            batchNumber = trainProvider.batchNumber();
        } else {
            // The definition file is read once, when the net is new (spec: config-language.md section 1): it may be gone by now.
            layers = checkpoint.layers();
            layerDefDigest = progress.layerDefDigest();
            LayerParser.applyParams(layers, options.layerParams, context);
            seekAfter(trainProvider, progress.epoch(), progress.batchNumber());
            restoreRandom(loadFile, random, progress);
            restore(progress);
        }
        layerParamsDigest = Digest.of(options.layerParams, Digest.SHA_256);
        convertLayers();
        randomAfterBatch = random.state();
        devices = RunDevices.open(options, layers, compatibility.kernelDefects());
        try {
            net = openNet(progress);
        } catch (RuntimeException | Error e) {
            devices.close();
            throw e;
        }
        BatchCheck batchCheck = new BatchCheck(net.labelClasses());
        tester = new Tester(net, testProvider, batchCheck, options);
        prefetch = new Prefetch(trainProvider, random, batchCheck);
    }

    private Net openNet(Checkpoint.Progress progress) {
        Net opened = new Net(layers, devices, compatibility);
        opened.updateEvery(options.wupdateFreq, options.minibatchSize);
        opened.seed(options.seed);
        opened.resumeRandomStreams();
        opened.setPendingPasses(progress == null ? 0 : progress.pendingPasses());
        return opened;
    }

    /** The original positions the provider at the stored batch, or at the first one if the range has changed, and advances once. */
    private static void seekAfter(DataProvider provider, int epoch, int batchNumber) {
        List<Integer> range = provider.batchRange();
        int next = Math.max(0, range.indexOf(batchNumber)) + 1;
        provider.seek(next < range.size() ? epoch : epoch + 1, range.get(next % range.size()));
    }

    /** A resumed run goes on where its generators and its test provider stood; the original stores neither. */
    private void restoreRandom(Path loadFile, RandomState random, Checkpoint.Progress progress) {
        if (progress.random() != null) {
            random.restore(progress.random());
        }
        if (options.testOnly) {
            return;
        }
        if (progress.random() == null) {
            LOG.info("{}: the original stores no state of its random numbers; they start anew from --seed={}", loadFile, options.seed);
        } else {
            seekTest(progress.test());
        }
    }

    /** Only if the range still has that batch. */
    private void seekTest(Checkpoint.TestPosition position) {
        testRandom.restore(position.random());
        if (testProvider.batchRange().contains(position.batchNumber())) {
            testProvider.seek(position.epoch(), position.batchNumber());
        }
    }

    private void restore(Checkpoint.Progress progress) {
        epoch = progress.epoch();
        batchNumber = progress.batchNumber();
        trainOutputs.addAll(progress.trainOutputs());
        testOutputs.addAll(progress.testOutputs());
    }

    /** Once done, the options are emptied so that the next resume does not repeat them. */
    private void convertLayers() {
        LayerConversions conversions = new LayerConversions(layers);
        options.convToLocal.forEach(conversions::convToLocal);
        options.unshareWeights.forEach(conversions::unshareWeights);
        options.convToLocal = List.of();
        options.unshareWeights = List.of();
    }

    /**
     * Trains until the end of epoch {@link ModelOptions#numEpochs}; tests and saves every {@code --test-freq} batches and at the end.
     *
     * @throws DivergenceException if a cost is not finite
     */
    public void train(TrainingListener listener) {
        int lastEpoch = options.numEpochs;
        directory.create();
        boolean oneMore = compatibility.reproduces(Quirk.LAST_BATCH_IS_LOST);
        while (epoch <= lastEpoch && (oneMore || prefetch.peek().batch().epoch() <= lastEpoch)) {
            trainOneBatch(lastEpoch, listener);
        }
        if (!oneMore && unsaved) {
            testAndSave(listener);
        }
    }

    private void trainOneBatch(int lastEpoch, TrainingListener listener) {
        long start = System.nanoTime();
        Prefetch.Fetched fetched = prefetch.take();
        DataProvider.Batch batch = fetched.batch();
        epoch = batch.epoch();
        batchNumber = batch.batchNumber();
        randomAfterBatch = fetched.randomAfter();
        unsaved = true;
        listener.batchStarted(epoch, batchNumber, batch.cases(), lastEpoch * trainProvider.batchRange().size() - batchesDone() + 1);
        net.setProgress(progress());
        Cost sums = Cost.NONE;
        for (int from = 0; from < batch.cases(); from += options.minibatchSize) {
            int to = Math.min(from + options.minibatchSize, batch.cases());
            net.fprop(batch.matrices(), from, to, PassType.TRAIN);
            sums = sums.plus(net.costs());
            net.bprop(PassType.TRAIN);
            net.updateWeights();
            listener.casesDone(to);
        }
        trainOutputs.add(sums.perCase());
        listener.batchDone(epoch, batchNumber, sums.perCase(), (System.nanoTime() - start) / 1e9);
        requireFinite(sums);
        if (batchesDone() % options.testingFreq == 0) {
            testAndSave(listener);
        }
    }

    private static void requireFinite(Cost cost) {
        if (!cost.isFinite()) {
            throw new DivergenceException("a cost is infinite or not a number: the learning rate may be too high");
        }
    }

    private int batchesDone() {
        List<Integer> range = trainProvider.batchRange();
        return range.size() * (epoch - 1) + batchNumber - range.get(0) + 1;
    }

    /** 0 for the first batch; constant inside a batch (spec: weight-update.md section 7). */
    private double progress() {
        double allBatches = (double) options.numEpochs * trainProvider.batchRange().size();
        return Math.min(1, Math.max(0, (batchesDone() - 1) / allBatches));
    }

    private void testAndSave(TrainingListener listener) {
        Cost perCase = test(TrainingListener.NONE).perCase();
        // After the test, in which nrelu draws too.
        net.syncWithHost();
        testOutputs.add(perCase);
        Path file = directory.save(checkpoint());
        listener.tested(epoch, batchNumber, perCase, magnitudes(), file);
        unsaved = false;
        requireFinite(perCase);
    }

    /** Costs summed over the next test batch, or with {@code --test-one=0} over the rest of the test range. */
    public Cost test(TrainingListener listener) {
        return tester.test(listener);
    }

    /**
     * Compares all gradients on the first mini-batch with finite differences.
     *
     * @param step for all matrices; null for the original's, which depend on the type of layer
     */
    public List<GradientCheck.Result> checkGradients(Float step) {
        DataProvider.Batch batch = prefetch.peek().batch();
        return new GradientCheck(net, batch.matrices(), Math.min(options.minibatchSize, batch.cases()), step).run();
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(layers, new Checkpoint.Progress(options, epoch, batchNumber, List.copyOf(trainOutputs),
                List.copyOf(testOutputs), randomAfterBatch,
                new Checkpoint.TestPosition(testProvider.epoch(), testProvider.batchNumber(), testRandom.state()),
                layerDefDigest, layerParamsDigest, net.pendingPasses()));
    }

    /** Mean magnitudes of all weights and increments as of the last test or checkpoint. */
    public List<Magnitude> magnitudes() {
        return Magnitude.of(layers);
    }

    public ModelOptions options() {
        return options;
    }

    public Net net() {
        return net;
    }

    public DeviceGroup devices() {
        return devices;
    }

    /** Epoch of the last trained batch. */
    public int epoch() {
        return epoch;
    }

    /** Averages per case of every test so far. */
    public List<Cost> testOutputs() {
        return List.copyOf(testOutputs);
    }

    /** Averages per case of every training batch so far. */
    public List<Cost> trainOutputs() {
        return List.copyOf(trainOutputs);
    }

    /** Where checkpoints are saved; null for a run that saves none. */
    public Path checkpointDirectory() {
        return directory == null ? null : directory.path();
    }

    @Override
    public void close() {
        prefetch.close();
        net.close();
        devices.close();
    }
}
