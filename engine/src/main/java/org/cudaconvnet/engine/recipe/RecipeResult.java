package org.cudaconvnet.engine.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a run of a recipe gives to the reader, beside the published figures.
 *
 * @param publishedClasses number of classes of the published ImageNet figures; null for CIFAR-10, like other figures that are not published
 * @param error            share of wrong test cases
 * @param topFiveError     share of test cases whose class is not among the five most probable; null where it is not counted
 * @param cost             negative log-likelihood per test case in nats
 * @param errorByTest      the share after every test of the run
 * @param classes          number of classes of the data
 * @param firstEpoch       epoch of the checkpoint that this process went on from, 0 if from none
 * @param seconds          time of this process for training and tests
 * @param dataDigest       SHA-256 of the archive, or of batches.meta
 */
public record RecipeResult(String recipe, double publishedError, Double publishedTopFiveError, Double publishedCost, Integer publishedClasses,
                           String publishedTime, String publishedSource, double error, Double topFiveError, double cost, int testCases,
                           List<Double> errorByTest, int classes, long seed, String device, int firstEpoch, int lastEpoch, double seconds,
                           String data, String dataDigest) {
    /** @param classes number of classes of the data */
    public static RecipeResult of(String name, Recipe recipe, int classes, RecipeRun.Outcome outcome, long seed, String device, int firstEpoch,
                                  double seconds, Path data, String dataDigest) {
        Recipe.Published published = recipe.published();
        Integer publishedClasses = recipe.photos() == null ? null : recipe.photos().classes();
        return new RecipeResult(name, published.error(), published.topFiveError(), published.cost(), publishedClasses, published.time(),
                published.source(), outcome.error(), outcome.topFiveError(), outcome.cost(), outcome.last().cases(),
                outcome.tests().stream().map(RecipeRun.Outcome::error).toList(), classes, seed, device, firstEpoch, recipe.lastEpoch(),
                seconds, data.toString(), dataDigest);
    }

    /** A table for people. The published figures are ones on CIFAR-10 or ImageNet, so the data of this run are named. */
    public String table() {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%n%-18s published    this run%n", recipe));
        row(table, "test error", percent(publishedError), percent(error));
        if (topFiveError != null) {
            row(table, "top-5 test error", percent(publishedTopFiveError), percent(topFiveError));
        }
        row(table, "test cost, nats", publishedCost == null ? "-" : nats(publishedCost), nats(cost));
        row(table, "test cases", "-", testCases);
        if (publishedClasses != null) {
            row(table, "classes", publishedClasses, classes);
        }
        row(table, "epochs", "-", lastEpoch);
        row(table, "seed", "-", seed);
        line(table, "time", "%s; here %.0f s%s on %s", publishedTime, seconds, firstEpoch == 0 ? "" : " since epoch " + firstEpoch, device);
        line(table, "published in", "%s", publishedSource);
        line(table, "data", "%s, SHA-256 %s", data, dataDigest);
        if (publishedClasses != null && publishedClasses != classes) {
            line(table, "not comparable", "the published figures are of %d classes, these data have %d", publishedClasses, classes);
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String name, Object published, Object here) {
        line(table, name, "%9s   %9s", published, here);
    }

    private static void line(StringBuilder table, String name, String format, Object... values) {
        table.append(String.format("  %-16s ", name)).append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }

    private static String percent(Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String nats(double cost) {
        return String.format(Locale.ROOT, "%.4f", cost);
    }
}
