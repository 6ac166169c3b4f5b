package org.cudaconvnet.engine.recipe;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
 * @param remark     what the original leaves open and how it is filled
 */
public record Recipe(String net, String provider, int cropBorder, boolean multiview, List<Phase> phases, Published published,
                     String remark) {
    /** The names that {@link #named} knows. */
    public static final List<String> NAMES = List.of("cifar-80sec", "cifar-19pct", "cifar-18pct", "cifar-13pct", "cifar-11pct");

    /**
     * Training with one set of parameters.
     *
     * @param until  last epoch
     * @param train  training batches, such as 1-5
     * @param test   test batches
     * @param divide parameter to the number that its value in the net's parameter file is divided by
     */
    public record Phase(int until, String train, String test, Map<String, Integer> divide) {
        public Phase {
            divide = divide == null ? Map.of() : Map.copyOf(divide);
        }
    }

    /**
     * The figure to reproduce.
     *
     * @param error share of wrong test cases
     */
    public record Published(double error, String time, String source) {
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
