package org.cudaconvnet.engine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.cudaconvnet.kernels.Defect;

/**
 * Which known defects of the original engine a run reproduces.
 *
 * <table>
 * <caption>Eras</caption>
 * <tr><th>switch</th><th>v1</th><th>fixed</th></tr>
 * <tr><td>{@link Quirk#SHARED_WEIGHTS_OVERWRITE}</td>
 *     <td>a second fc or local layer that shares a weight matrix overwrites the first one's gradient and the momentum</td>
 *     <td>gradients are summed</td></tr>
 * <tr><td>{@link Quirk#PRODUCERS_COUNTED_WITHOUT_PATH}</td>
 *     <td>a layer waits for the gradient of every consumer, even of one that leads only to costs with coeff 0: it stays untrained</td>
 *     <td>only consumers with a path to a cost with coeff other than 0 are waited for</td></tr>
 * <tr><td>{@link Quirk#STALE_GRADIENT_UPDATES}</td>
 *     <td>weights move even if no gradient was formed in this pass</td><td>such weights rest</td></tr>
 * <tr><td>{@link Quirk#REPEATED_INPUT_SHARES_MATRIX}</td>
 *     <td>a layer that lists one input twice shares its matrices with it and destroys its own operand</td><td>nothing is shared</td></tr>
 * <tr><td>{@link Quirk#SPARSE_GRADIENT_OVERWRITES}</td>
 *     <td>the image gradient of an oversampled sparse layer overwrites what other consumers sent</td><td>it is added</td></tr>
 * <tr><td>{@link Quirk#LAST_BATCH_IS_LOST}</td>
 *     <td>training goes on for the first batch of the epoch after the last one and does not save at its end</td>
 *     <td>it ends with the last epoch, tested and saved</td></tr>
 * <tr><td>{@link Quirk#SINGLE_COLUMN_SUM_COPIES}</td>
 *     <td>bias gradients of a mini-batch of one case are not scaled</td><td>they are scaled</td></tr>
 * <tr><td>{@link Quirk#SOFTRELU_GRADIENT_FROM_OUTPUT}</td>
 *     <td>evaluated at the output</td><td>evaluated at the input</td></tr>
 * <tr><td>{@link Quirk#LARGE_NORM_UNDO_INVERTS_ADD}</td>
 *     <td>rnorm and cnorm of size 6 and more overwrite where they should add</td><td>they add</td></tr>
 * </table>
 *
 * <p>Sources: spec engine-overview.md sections 3 to 5, layers.md sections 1, 2.2, 8.3, weight-update.md sections 4 and 6, command-line.md
 * section 4, nvmatrix-ops.md section 4, neurons.md. Where the original aborts (nailbed that adds to a gradient, soft-ReLU in place),
 * every era simply works.
 */
public final class Compatibility {
    /** One defect; some live in the kernels and are passed on to the {@link org.cudaconvnet.kernels.Backend}. */
    public enum Quirk {
        SHARED_WEIGHTS_OVERWRITE(null),
        PRODUCERS_COUNTED_WITHOUT_PATH(null),
        STALE_GRADIENT_UPDATES(null),
        REPEATED_INPUT_SHARES_MATRIX(null),
        SPARSE_GRADIENT_OVERWRITES(null),
        LAST_BATCH_IS_LOST(null),
        SINGLE_COLUMN_SUM_COPIES(Defect.SINGLE_COLUMN_SUM_COPIES),
        SOFTRELU_GRADIENT_FROM_OUTPUT(Defect.SOFTRELU_GRADIENT_FROM_OUTPUT),
        LARGE_NORM_UNDO_INVERTS_ADD(Defect.LARGE_NORM_UNDO_INVERTS_ADD);

        private final Defect kernelDefect;

        Quirk(Defect kernelDefect) {
            this.kernelDefect = kernelDefect;
        }
    }

    private final String name;
    private final Set<Quirk> quirks;

    private Compatibility(String name, Set<Quirk> quirks) {
        this.name = name;
        this.quirks = Collections.unmodifiableSet(quirks);
    }

    /**
     * @param name {@code fixed} (nothing reproduced) or {@code v1} (the single-GPU engine of July 2012)
     * @throws InputException for any other name
     */
    public static Compatibility era(String name) {
        return switch (name) {
            case "fixed" -> new Compatibility(name, EnumSet.noneOf(Quirk.class));
            case "v1" -> new Compatibility(name, EnumSet.allOf(Quirk.class));
            default -> throw new InputException("era \"" + name + "\": expected fixed or v1");
        };
    }

    /** Exactly the given defects, for tests of a single one. */
    public static Compatibility of(Set<Quirk> quirks) {
        return new Compatibility(quirks.toString(), quirks.isEmpty() ? EnumSet.noneOf(Quirk.class) : EnumSet.copyOf(quirks));
    }

    public String name() {
        return name;
    }

    public boolean reproduces(Quirk quirk) {
        return quirks.contains(quirk);
    }

    /** The defects that a backend for this era must be opened with. */
    public Set<Defect> kernelDefects() {
        return quirks.stream().filter(quirk -> quirk.kernelDefect != null).map(quirk -> quirk.kernelDefect)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Defect.class)));
    }
}
