package org.cudaconvnet.engine.train;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.parallel.Transfers;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options of the original's convnet.py under their names, and a few of our own (spec: command-line.md section 2).
 *
 * <p>A field that is null was not given. In a checkpoint the fields have the original's internal names.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public final class ModelOptions {
    @JsonIgnore
    @Option(names = "-f", paramLabel = "PATH", description = {"Load file", "(a checkpoint, or a directory whose newest one is taken)"})
    public Path loadFile;

    @Option(names = "--train-range", paramLabel = "A-B", converter = RangeConverter.class, description = "Data batch range: training")
    public BatchRange trainBatchRange;

    @Option(names = "--test-range", paramLabel = "A-B", converter = RangeConverter.class, description = "Data batch range: testing")
    public BatchRange testBatchRange;

    @Option(names = "--data-provider", paramLabel = "NAME", description = "Data provider")
    public String dpType;

    @Option(names = "--data-path", paramLabel = "DIR", description = "Data path")
    public Path dataPath;

    @Option(names = "--save-path", paramLabel = "DIR", description = {"Save path", "(parent of the checkpoint directory)"})
    public Path savePath;

    @Option(names = "--layer-def", paramLabel = "FILE", description = "Layer definition file")
    public Path layerDef;

    @Option(names = "--layer-params", paramLabel = "FILE", description = {"Layer parameter file", "(read again on resume)"})
    public Path layerParams;

    @Option(names = "--test-freq", paramLabel = "N", description = {"Testing frequency", "(test and save every N batches; default 50)"})
    public Integer testingFreq;

    @Option(names = "--epochs", paramLabel = "N", description = {"Number of epochs", "(default 50000)"})
    public Integer numEpochs;

    @Option(names = "--max-filesize", paramLabel = "MIB",
            description = {"Maximum checkpoint file size in MiB", "(older checkpoints beyond it are deleted; default 0)"})
    public Integer maxFilesizeMb;

    @Option(names = "--zip-save", arity = "1", paramLabel = "0|1", converter = ZeroOneConverter.class,
            description = {"Compress checkpoints", "(default 0)"})
    public Boolean zipSave;

    @Option(names = "--test-only", arity = "1", paramLabel = "0|1", converter = ZeroOneConverter.class,
            description = {"Test and quit", "(default 0)"})
    public Boolean testOnly;

    @Option(names = "--test-one", arity = "1", paramLabel = "0|1", converter = ZeroOneConverter.class,
            description = {"Test on one batch at a time", "(default 1)"})
    public Boolean testOne;

    @Option(names = "--num-gpus", paramLabel = "N", description = {"Number of GPUs", "(that the layers may name; default as many as they do)"})
    public Integer numGpus;

    @Option(names = "--mini", paramLabel = "N", description = {"Minibatch size", "(default 128)"})
    public Integer minibatchSize;

    @Option(names = "--check-grads", arity = "1", paramLabel = "0|1", converter = ZeroOneConverter.class,
            description = {"Check gradients and quit", "(default 0)"})
    public Boolean checkGrads;

    @Option(names = "--multiview-test", arity = "1", paramLabel = "0|1", converter = ZeroOneConverter.class,
            description = {"Cropped data provider: test on multiple views", "(needs --logreg-name; default 0)"})
    public Boolean multiviewTest;

    @Option(names = "--crop-border", paramLabel = "N", description = {"Cropped data provider: crop border size", "(default 4)"})
    public Integer cropBorder;

    @Option(names = "--color-noise", paramLabel = "C", description = {"JPEG data provider: colour noise coefficient", "(default 0)"})
    public Float colorNoise;

    @Option(names = "--scalar-mean", paramLabel = "X",
            description = {"JPEG data provider: subtract one scalar", "(instead of the mean image, if not 0; default 0)"})
    public Float scalarMean;

    @Option(names = "--pca-noise", paramLabel = "X", description = {"PCA noise", "(read and never applied, as in the original)"})
    public Float pcaNoise;

    @Option(names = "--logreg-name", paramLabel = "LAYER", description = {"Logreg layer name", "(for --multiview-test)"})
    public String logregName;

    @Option(names = "--conv-to-local", paramLabel = "LAYER", split = ",",
            description = "Convert conv layers to unshared local")
    public List<String> convToLocal;

    @Option(names = "--initw", paramLabel = "PATH",
            description = {"Checkpoint for initw.makew, makeb and makec", "(in the layer definition: initWFunc=initw.makew(LAYER))"})
    public Path initw;

    @Option(names = "--unshare-weights", paramLabel = "LAYER", split = ",",
            description = {"Unshare weight matrices", "(LAYER or LAYER[INDEX])"})
    public List<String> unshareWeights;

    @Option(names = "--conserve-mem", arity = "1", paramLabel = "0|1", converter = ZeroOneConverter.class,
            description = {"Conserve GPU memory", "(no effect: memory is always reused; default 0)"})
    public Boolean conserveMem;

    @Option(names = "--wupdate-freq", paramLabel = "N",
            description = {"Weight update frequency", "(update after every N mini-batches, gradients accumulate; default 1)"})
    public Integer wupdateFreq;

    @Option(names = "--lenient-keys", arity = "1", paramLabel = "0|1", converter = ZeroOneConverter.class,
            description = {"Ignore unknown keys of the layer files", "(as the original does; default 0)"})
    public Boolean lenientKeys;

    @Option(names = "--seed", paramLabel = "N", description = {"Random seed", "(default 1)"})
    public Long seed;

    @Option(names = "--device", paramLabel = "NAME", description = {"Device", "(or several, as cpu:0,cpu:1: GPU g of the layers is device g, "
            + "counted round; default cpu:0)"})
    public String device;

    @Option(names = "--transfers", paramLabel = "WAY", description = {"Copies between devices",
        "(peer: directly where possible, or staged: by way of the host; default peer)"})
    public String transfers;

    @Option(names = "--verify-transfers", arity = "1", paramLabel = "0|1", converter = ZeroOneConverter.class,
            description = {"Compare every copy between devices", "(bit for bit with what was sent; default 0)"})
    public Boolean verifyTransfers;

    @Option(names = "--threads", paramLabel = "N", description = {"Threads of the CPU devices together", "(never changes results; default all cores)"})
    public Integer threads;

    @Option(names = "--era", paramLabel = "NAME",
            description = {"Era", "(whose rules and defects to reproduce: v1, 2012, or fixed for the rules of 2012 without defects; default fixed)"})
    public String era;

    @Option(names = "--reproduce", paramLabel = "NAME", split = ",",
            description = {"Single peculiarities to reproduce", "(besides those of the era; names as in engine/COMPATIBILITY.md)"})
    public List<String> reproduce;

    public Compatibility compatibility() {
        return Compatibility.era(era).reproducing(reproduce);
    }

    /** The values of options that are not given. */
    public static ModelOptions defaults() {
        ModelOptions options = new ModelOptions();
        options.testingFreq = 50;
        options.numEpochs = 50000;
        options.maxFilesizeMb = 0;
        options.zipSave = false;
        options.testOnly = false;
        options.testOne = true;
        options.minibatchSize = 128;
        options.checkGrads = false;
        options.multiviewTest = false;
        options.cropBorder = 4;
        options.colorNoise = 0f;
        options.scalarMean = 0f;
        options.pcaNoise = 0f;
        options.logregName = "";
        options.convToLocal = List.of();
        options.unshareWeights = List.of();
        options.conserveMem = false;
        options.wupdateFreq = 1;
        options.lenientKeys = false;
        options.seed = 1L;
        options.device = "cpu:0";
        options.transfers = "peer";
        options.verifyTransfers = false;
        options.threads = Runtime.getRuntime().availableProcessors();
        options.era = "fixed";
        options.reproduce = List.of();
        return options;
    }

    /** These options, where null those of {@code base}. */
    public ModelOptions over(ModelOptions base) {
        ModelOptions merged = StateJson.convert(base, ModelOptions.class);
        ModelOptions result = StateJson.update(merged, this);
        result.loadFile = loadFile;
        return result;
    }

    /** These options given on top of a checkpoint's. */
    public ModelOptions resuming(ModelOptions stored) {
        requireUnset(layerDef, "--layer-def");
        requireUnset(cropBorder, "--crop-border");
        return over(stored);
    }

    private static void requireUnset(Object value, String option) {
        if (value != null) {
            throw new InputException(option + " cannot be changed when a checkpoint is loaded");
        }
    }

    /** Complains about missing and contradictory options; the defaults must have been filled in. */
    public void validate() {
        List<String> missing = new ArrayList<>();
        addIfNull(missing, layerDef, "--layer-def");
        addIfNull(missing, layerParams, "--layer-params");
        addIfNull(missing, dpType, "--data-provider");
        if (!checkGrads) {
            addIfNull(missing, dataPath, "--data-path");
            addIfNull(missing, trainBatchRange, "--train-range");
            addIfNull(missing, testBatchRange, "--test-range");
            if (!testOnly) {
                addIfNull(missing, savePath, "--save-path");
            }
        }
        if (!missing.isEmpty()) {
            throw new InputException("missing option" + (missing.size() > 1 ? "s " : " ") + String.join(", ", missing));
        }
        InputException.requireAtLeast(1, testingFreq, "--test-freq");
        InputException.requireAtLeast(0, numEpochs, "--epochs");
        InputException.requireAtLeast(0, maxFilesizeMb, "--max-filesize");
        InputException.requireAtLeast(1, minibatchSize, "--mini");
        InputException.requireAtLeast(1, wupdateFreq, "--wupdate-freq");
        if (wupdateFreq > 1 && compatibility().reproduces(Quirk.SHARED_WEIGHTS_OVERWRITE)) {
            throw new InputException("--wupdate-freq=" + wupdateFreq + ": in era v1 gradients of mini-batches do not accumulate, expected 1");
        }
        InputException.requireAtLeast(0, cropBorder, "--crop-border");
        InputException.requireAtLeast(1, threads, "--threads");
        if (!(colorNoise >= 0 && colorNoise < Float.POSITIVE_INFINITY)) {
            throw new InputException("--color-noise=" + colorNoise + ", expected a number from 0");
        }
        if (!Float.isFinite(scalarMean)) {
            throw new InputException("--scalar-mean=" + scalarMean + ", expected a finite number");
        }
        if (numGpus != null) {
            InputException.requireAtLeast(1, numGpus, "--num-gpus");
        }
        Transfers.of(transfers, verifyTransfers);
        if (seed < 0 || seed > 0xffffffffL) {
            throw new InputException("--seed=" + seed + ", expected 0 to " + 0xffffffffL);
        }
        if (multiviewTest && logregName.isEmpty()) {
            throw new InputException("--multiview-test=1 needs --logreg-name");
        }
    }

    private static void addIfNull(List<String> missing, Object value, String option) {
        if (value == null) {
            missing.add(option);
        }
    }

    static final class RangeConverter implements ITypeConverter<BatchRange> {
        @Override
        public BatchRange convert(String text) {
            try {
                return BatchRange.parse(text);
            } catch (IllegalArgumentException malformed) {
                throw new TypeConversionException(malformed.getMessage());
            }
        }
    }

    /** picocli hands the text of a converted boolean to the converter a second time, so true and false are taken as well. */
    static final class ZeroOneConverter implements ITypeConverter<Boolean> {
        @Override
        public Boolean convert(String text) {
            return switch (text) {
                case "0", "false" -> false;
                case "1", "true" -> true;
                default -> throw new TypeConversionException("\"" + text + "\" is not 0 or 1");
            };
        }
    }
}
