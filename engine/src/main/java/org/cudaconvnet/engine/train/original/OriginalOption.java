package org.cudaconvnet.engine.train.original;

import java.util.List;
import java.util.Locale;

/**
 * An option of the original's convnet.py (spec: command-line.md section 2).
 *
 * @param letter       as on the command line, without dashes
 * @param name         under which a checkpoint holds it
 * @param fallback     value of an option that is not given; null for a mandatory one
 * @param setOnce      whether a resumed run may not change it
 * @param excuses      names of mandatory options that it makes needless; "all" for every one
 * @param requires     names of options that it must be given with
 * @param only2012     whether v1 has none such
 */
record OriginalOption(String letter, String name, String description, Kind kind, Object fallback, boolean setOnce, List<String> excuses,
        List<String> requires, boolean only2012) {
    /** What a value is, and the class of the original that parses it. */
    enum Kind {
        INTEGER, BOOLEAN, FLOAT, RANGE, STRING, PATH, STRINGS, INTEGERS;

        /** The class of the parser, or for lists that of the parser of one element. */
        String parser() {
            String element = switch (this) {
                case PATH, STRINGS -> "STRING";
                case INTEGERS -> "INTEGER";
                default -> name();
            };
            return element.charAt(0) + element.substring(1).toLowerCase(Locale.ROOT) + "OptionParser";
        }

        boolean isList() {
            return this == STRINGS || this == INTEGERS;
        }
    }

    /** The expression that the original evaluates for the devices of a run that names none. */
    static final String DEVICES_EXPRESSION = "[-1] * num_gpus";

    static final List<OriginalOption> ALL = List.of(
            option("f", "load_file", "Checkpoint to go on from", Kind.PATH, "").excusing("all"),
            option("train-range", "train_batch_range", "Training batches", Kind.RANGE, null),
            option("test-range", "test_batch_range", "Test batches", Kind.RANGE, null),
            option("data-provider", "dp_type", "Data provider", Kind.STRING, null),
            option("data-path", "data_path", "Directory of batches", Kind.PATH, null),
            option("save-path", "save_path", "Parent of the checkpoint directory", Kind.PATH, null),
            option("layer-def", "layer_def", "Definition file", Kind.PATH, null).once(),
            option("layer-params", "layer_params", "Parameter file", Kind.PATH, null),
            option("test-freq", "testing_freq", "Batches between tests", Kind.INTEGER, 50),
            option("epochs", "num_epochs", "Last epoch", Kind.INTEGER, 50000),
            option("max-filesize", "max_filesize_mb", "MiB of older checkpoints to keep", Kind.INTEGER, 0),
            option("zip-save", "zip_save", "Compress checkpoints", Kind.BOOLEAN, 0),
            option("test-only", "test_only", "Test, then quit", Kind.BOOLEAN, 0),
            option("test-one", "test_one", "One batch per test", Kind.BOOLEAN, 1),
            option("num-gpus", "num_gpus", "Devices", Kind.INTEGER, 1),
            option("gpu", "gpu", "Numbers of the devices", Kind.INTEGERS, DEVICES_EXPRESSION),
            option("mini", "minibatch_size", "Cases per mini-batch", Kind.INTEGER, 128),
            option("check-grads", "check_grads", "Check gradients, then quit", Kind.BOOLEAN, 0)
                    .excusing("data_path", "save_path", "train_batch_range", "test_batch_range"),
            option("multiview-test", "multiview_test", "Average test predictions over views", Kind.BOOLEAN, 0).requiring("logreg_name"),
            option("crop-border", "crop_border", "Pixels cut off at each border", Kind.INTEGER, 4).once(),
            option("logreg-name", "logreg_name", "Logistic cost layer of multi-view tests", Kind.STRING, ""),
            option("conv-to-local", "conv_to_local", "Layers to turn from conv into local", Kind.STRINGS, List.of()),
            option("unshare-weights", "unshare_weights", "Matrices to stop sharing", Kind.STRINGS, List.of()),
            option("conserve-mem", "conserve_mem", "Free memory early", Kind.BOOLEAN, 0),
            option("color-noise", "color_noise", "Scale of the colour noise", Kind.FLOAT, 0.0).since2012(),
            option("pca-noise", "pca_noise", "Scale of the PCA noise", Kind.FLOAT, 0.0).since2012(),
            option("scalar-mean", "scalar_mean", "Scalar to subtract instead of the mean image", Kind.FLOAT, false).since2012(),
            option("wupdate-freq", "wupdate_freq", "Mini-batches per weight update", Kind.INTEGER, 1).since2012(),
            option("test-out", "test_out", "Directory for predictions", Kind.PATH, "").requiring("logreg_name", "multiview_test").since2012());

    private static OriginalOption option(String letter, String name, String description, Kind kind, Object fallback) {
        return new OriginalOption(letter, name, description, kind, fallback, false, List.of(), List.of(), false);
    }

    private OriginalOption once() {
        return new OriginalOption(letter, name, description, kind, fallback, true, excuses, requires, only2012);
    }

    private OriginalOption excusing(String... names) {
        return new OriginalOption(letter, name, description, kind, fallback, setOnce, List.of(names), requires, only2012);
    }

    private OriginalOption requiring(String... names) {
        return new OriginalOption(letter, name, description, kind, fallback, setOnce, excuses, List.of(names), only2012);
    }

    private OriginalOption since2012() {
        return new OriginalOption(letter, name, description, kind, fallback, setOnce, excuses, requires, true);
    }

    /** Whether a value is the one of an option that is not given; False and True are also 0 and 1. */
    boolean isFallback(Object value) {
        Double number = Entries.toNumber(value);
        return value.equals(fallback) || number != null && number.equals(Entries.toNumber(fallback));
    }

    /** The letter with its dashes: {@code -f}, {@code --mini}. */
    String prefixedLetter() {
        return (letter.length() == 1 ? "-" : "--") + letter;
    }
}
