package org.cudaconvnet.engine.recipe;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.train.BatchRange;

/**
 * How a published result was trained: a net, a data provider and phases (spec: configs/, published-results.md, training-history.md section 5).
 *
 * @param net        name of the authored net
 * @param provider   name of the data provider
 * @param cropBorder for cropping providers
 * @param multiview  whether the last test averages the predictions over views
 * @param photos     of a net for ImageNet: what its JPEG batches must be; null for the others
 * @param remark     what the original leaves open and how it is filled
 */
public record Recipe(String net, String provider, int cropBorder, boolean multiview, Photos photos, List<Phase> phases,
                     Published published, String remark) {
    /** The names that {@link #named} knows. */
    public static final List<String> NAMES = List.of("cifar-80sec", "cifar-19pct", "cifar-18pct", "cifar-13pct", "cifar-11pct",
            "alexnet-145", "alexnet-145-2010", "alexnet-120");

    /**
     * Images in JPEG batches.
     *
     * @param side    width and height of the stored images
     * @param classes of the published run; on data with another number of classes the net's last layer has as many outputs as those
     */
    public record Photos(int side, int classes) {
    }

    /**
     * Training with one set of parameters.
     *
     * @param until      last epoch
     * @param train      training batches, such as 1-5; null for those of the {@link PhotoBatches}
     * @param test       test batches; null likewise
     * @param divide     parameter to the number that its values in the net's parameter file are divided by
     * @param set        parameter, or SECTION.PARAMETER for one layer only, to the value that replaces those of the file
     * @param colorNoise coefficient of the colour noise of JPEG batches
     */
    public record Phase(int until, String train, String test, Map<String, Integer> divide, Map<String, BigDecimal> set, float colorNoise) {
        public Phase {
            divide = divide == null ? Map.of() : Map.copyOf(divide);
            set = set == null ? Map.of() : Map.copyOf(set);
        }

        private Phase on(PhotoBatches batches) {
            return new Phase(until, batches.train().toString(), batches.validation().toString(), divide, set, colorNoise);
        }
    }

    /**
     * The figures to reproduce.
     *
     * @param error        share of wrong test cases
     * @param topFiveError share of test cases whose class is not among the five most probable; null where none is published
     * @param cost         negative log-likelihood per test case in nats; null where none is published
     */
    public record Published(double error, Double topFiveError, Double cost, String time, String source) {
    }

    /** This recipe with the ranges of JPEG batches. */
    Recipe on(PhotoBatches batches) {
        return new Recipe(net, provider, cropBorder, multiview, photos, phases.stream().map(phase -> phase.on(batches)).toList(), published,
                remark);
    }

    /** How many batches the phases after that of {@code epoch} train on. */
    public int batchesAfterPhaseOf(int epoch) {
        int batches = 0;
        for (int i = 1; i < phases.size(); i++) {
            int from = phases.get(i - 1).until();
            if (from >= epoch) {
                batches += (phases.get(i).until() - from) * BatchRange.parse(phases.get(i).train()).numbers().size();
            }
        }
        return batches;
    }

    public int lastEpoch() {
        return phases.get(phases.size() - 1).until();
    }

    /** @throws InputException if there is no recipe of that name */
    public static Recipe named(String name) {
        if (!NAMES.contains(name)) {
            throw new InputException("no recipe \"" + name + "\": expected one of " + String.join(", ", NAMES));
        }
        try (InputStream json = Recipe.class.getResourceAsStream("/org/cudaconvnet/engine/recipes/" + name + ".json")) {
            return new ObjectMapper().readValue(json, Recipe.class);
        } catch (IOException e) {
            throw new UncheckedIOException("recipe " + name, e);
        }
    }
}
