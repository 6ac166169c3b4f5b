package org.cudaconvnet.engine.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a run of a recipe gives to the reader, beside the published figure.
 *
 * @param error        share of wrong test cases
 * @param cost         negative log-likelihood per test case in nats
 * @param errorByTest  the share after every test of the run
 * @param firstEpoch   epoch before the one this process began with; not 0 in a run that was continued
 * @param seconds      time of this process for training and tests
 * @param dataDigest   SHA-256 of the archive, or of batches.meta
 */
public record RecipeResult(String recipe, double publishedError, String publishedTime, String publishedSource, double error, double cost,
                           int testCases, List<Double> errorByTest, long seed, String device, int firstEpoch, int lastEpoch, double seconds,
                           String data, String dataDigest) {
    public static RecipeResult of(String name, Recipe recipe, RecipeRun.Outcome outcome, long seed, String device, int firstEpoch,
                                  double seconds, Path data, String dataDigest) {
        Recipe.Published published = recipe.published();
        return new RecipeResult(name, published.error(), published.time(), published.source(), outcome.error(), outcome.cost(),
                outcome.last().cases(), outcome.tests().stream().map(RecipeRun.Outcome::error).toList(), seed, device, firstEpoch,
                recipe.lastEpoch(), seconds, data.toString(), dataDigest);
    }

    /** A table for people. The published figure is one on CIFAR-10, so the data of this run are named. */
    public String table() {
        String time = String.format(Locale.ROOT, "%.0f s", seconds) + (firstEpoch == 0 ? "" : " since epoch " + firstEpoch);
        return String.format(Locale.ROOT, """

                %s        published    this run
                  test error       %9s   %9s
                  test cost, nats          -   %9.4f
                  test cases               -   %9d
                  epochs                   -   %9d
                  seed                     -   %9d
                  time             %s; here %s on %s
                  published in     %s
                  data             %s, SHA-256 %s
                """, recipe, percent(publishedError), percent(error), cost, testCases, lastEpoch, seed, publishedTime, time, device,
                publishedSource, data, dataDigest);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
