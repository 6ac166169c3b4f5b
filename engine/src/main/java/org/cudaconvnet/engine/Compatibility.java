package org.cudaconvnet.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.cudaconvnet.kernels.Defect;

/**
 * Which peculiarities of the original engines a run reproduces. The table in engine/COMPATIBILITY.md says what each switch does and
 * what is always reproduced or always corrected.
 */
public final class Compatibility {
    /** The engines: the single-GPU one of July 2012, the multi-GPU one of 2012, and this one with everything corrected. */
    public enum Era {
        V1("v1"), E2012("2012"), FIXED("fixed");

        private final String label;

        Era(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** One peculiarity; some live in the kernels and are passed on to the {@link org.cudaconvnet.kernels.Backend}. */
    public enum Quirk {
        /** Gradients with a matrix of their own are scaled by epsilon when they are formed, not when they are used. */
        RATE_SCALES_GRADIENT(Era.V1),
        /** A second fc or local layer that shares a weight matrix overwrites the first one's gradient and the momentum. */
        SHARED_WEIGHTS_OVERWRITE(Era.V1),
        /** A layer waits for the gradient of every consumer, even of one that leads only to costs with coeff 0: it stays untrained. */
        PRODUCERS_COUNTED_WITHOUT_PATH(Era.V1),
        /** Weights move even if no gradient was formed in this pass. */
        STALE_GRADIENT_UPDATES(Era.V1),
        /** A layer that lists one input twice shares its matrices with it and destroys its own operand. */
        REPEATED_INPUT_SHARES_MATRIX(Era.V1),
        /** The image gradient of an oversampled sparse layer overwrites what other consumers sent. */
        SPARSE_GRADIENT_OVERWRITES(Era.V1, Era.E2012),
        /** Training goes on for the first batch of the epoch after the last one and does not save at its end. */
        LAST_BATCH_IS_LOST(Era.V1, Era.E2012),
        /** The schedules exp, dexp and jdexp of a base rate of 1 are not a number. */
        RATE_OF_ONE_IS_NAN(Era.E2012),
        /** The noise of learning rates is made with 3.1415 for pi. */
        RATE_NOISE_SHORT_PI(Era.E2012),
        /** The variance of superEps is the mean square minus the mean, without the square: not a number where the mean is larger. */
        SUPER_EPS_SUBTRACTS_MEAN(Era.E2012),
        /** Bias gradients of a mini-batch of one case are not scaled. */
        SINGLE_COLUMN_SUM_COPIES(Defect.SINGLE_COLUMN_SUM_COPIES, Era.V1, Era.E2012),
        /** The costs of cost.logreg with topk 1 end with the number of errors once more, in the place of those beyond the topk. */
        ERRORS_REPORTED_TWICE(Era.E2012),
        /** Layers with random numbers share the streams of their device, and all devices have the same; otherwise each layer has its own. */
        STREAMS_PER_DEVICE(Era.E2012),
        /** The gradient of soft-ReLU is evaluated at its output. */
        SOFTRELU_GRADIENT_FROM_OUTPUT(Defect.SOFTRELU_GRADIENT_FROM_OUTPUT, Era.V1),
        /** The gradients of rnorm and cnorm of size 6 and more overwrite where they should add, and add where they should overwrite. */
        LARGE_NORM_UNDO_INVERTS_ADD(Defect.LARGE_NORM_UNDO_INVERTS_ADD, Era.V1, Era.E2012),
        /** The gradient of a horizontal reflection overwrites what other consumers sent. */
        REFLECTED_GRADIENT_OVERWRITES(Era.E2012),
        /** The gradient of cost.crossent2 without a logistic neuron of its own adds its two quotients instead of subtracting. */
        CROSS_ENTROPY_GRADIENT_ADDS(Defect.CROSS_ENTROPY_GRADIENT_ADDS, Era.E2012),
        /** The value of cost.tica is the sum of reciprocals from which its gradient is formed. */
        TICA_COST_SUMS_RECIPROCALS(Era.E2012),
        /** The gradient of cost.tica takes a square root where it is added to that of another consumer. */
        TICA_GRADIENT_ADDS_SQRT(Defect.TICA_GRADIENT_ADDS_SQRT, Era.E2012),
        /** The gradient of cost.tica with windows of even size sums over a window one pixel off. */
        TICA_GRADIENT_KEEPS_WINDOW(Defect.TICA_GRADIENT_KEEPS_WINDOW, Era.E2012);

        private final Defect kernelDefect;
        private final Set<Era> eras;

        Quirk(Era... eras) {
            this(null, eras);
        }

        Quirk(Defect kernelDefect, Era... eras) {
            this.kernelDefect = kernelDefect;
            this.eras = Set.of(eras);
        }

        /** Whether the engine of that era has it. */
        public boolean isOf(Era era) {
            return eras.contains(era);
        }

        /** The name on the command line, such as {@code last-batch-is-lost}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final String name;
    private final Set<Quirk> quirks;

    private Compatibility(String name, Set<Quirk> quirks) {
        this.name = name;
        this.quirks = Collections.unmodifiableSet(quirks);
    }

    /**
     * @param name {@code fixed} (nothing reproduced), {@code 2012} (the multi-GPU engine) or {@code v1} (the single-GPU engine of July 2012)
     * @throws InputException for any other name
     */
    public static Compatibility era(String name) {
        Era era = Arrays.stream(Era.values()).filter(known -> known.label.equals(name)).findFirst()
                .orElseThrow(() -> new InputException("era \"" + name + "\": expected fixed, 2012 or v1"));
        return new Compatibility(name, Arrays.stream(Quirk.values()).filter(quirk -> quirk.isOf(era)).collect(toSet(Quirk.class)));
    }

    /**
     * This one with further peculiarities.
     *
     * @param labels as {@link Quirk#label()}
     * @throws InputException for an unknown label
     */
    public Compatibility reproducing(List<String> labels) {
        if (labels.isEmpty()) {
            return this;
        }
        Set<Quirk> all = EnumSet.noneOf(Quirk.class);
        all.addAll(quirks);
        labels.forEach(label -> all.add(quirk(label)));
        return new Compatibility(name + " and " + String.join(", ", labels), all);
    }

    private static Quirk quirk(String label) {
        return Arrays.stream(Quirk.values()).filter(quirk -> quirk.label().equals(label)).findFirst().orElseThrow(
                () -> new InputException("--reproduce=" + label + ": expected some of "
                        + Arrays.stream(Quirk.values()).map(Quirk::label).collect(Collectors.joining(", "))));
    }

    /** Exactly the given peculiarities, for tests of a single one. */
    public static Compatibility of(Set<Quirk> quirks) {
        return new Compatibility(quirks.toString(), quirks.stream().collect(toSet(Quirk.class)));
    }

    private static <E extends Enum<E>> Collector<E, ?, Set<E>> toSet(Class<E> type) {
        return Collectors.toCollection(() -> EnumSet.noneOf(type));
    }

    public String name() {
        return name;
    }

    public boolean reproduces(Quirk quirk) {
        return quirks.contains(quirk);
    }

    /** The defects that a backend for this era must be opened with. */
    public Set<Defect> kernelDefects() {
        return quirks.stream().map(quirk -> quirk.kernelDefect).filter(Objects::nonNull).collect(toSet(Defect.class));
    }
}
