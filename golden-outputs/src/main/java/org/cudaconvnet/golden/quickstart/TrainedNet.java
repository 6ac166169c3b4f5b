package org.cudaconvnet.golden.quickstart;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.cli.RecipeProgress;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.data.DataProvider;
import org.cudaconvnet.engine.recipe.Recipe;
import org.cudaconvnet.engine.recipe.RecipeRun;
import org.cudaconvnet.engine.train.ConvNet;
import org.cudaconvnet.engine.train.ProviderSource;

/**
 * The net of a quick start and how it came about.
 *
 * @param filters weights of the first layer
 * @param images  training images seen, all epochs together
 * @param seconds time of training and tests
 */
record TrainedNet(RecipeRun.Outcome outcome, HostMatrix filters, Predictions predictions, long images, double seconds) {
    private static final int INPUT_CHANNELS = 3;

    static TrainedNet train(Recipe recipe, DrawnData data, Path checkpoints, long seed, String device, int threads) {
        RecipeRun run = new RecipeRun(recipe, new RecipeRun.Setting(data.batches(), checkpoints, seed, device, threads));
        long start = System.nanoTime();
        RecipeRun.Outcome outcome;
        try (RecipeProgress progress = new RecipeProgress("training", recipe, 0)) {
            outcome = run.run(progress);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long images = outcome.train().stream().mapToLong(cost -> cost.cases()).sum();
        try (ConvNet convNet = run.open()) {
            DataProvider.Batch batch = ProviderSource.NAMED.open(convNet.options(), true, new RandomState(seed)).nextBatch();
            Predictions predictions = Predictions.of(convNet.net(), batch, data.directory());
            return new TrainedNet(outcome, filters(convNet), predictions, images, seconds);
        }
    }

    private static HostMatrix filters(ConvNet convNet) {
        float[] weights = convNet.net().weights("conv1", 0);
        int filters = convNet.net().biases("conv1").length;
        if (weights.length % (INPUT_CHANNELS * filters) != 0) {
            throw new IllegalStateException("conv1 does not see " + INPUT_CHANNELS + " channels");
        }
        return new HostMatrix(weights.length / filters, filters, false, weights);
    }

    double imagesPerSecond() {
        return images / seconds;
    }

    /** What stands in the table of facts. */
    Map<String, String> facts(long seed, String device) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("test error", String.format(Locale.ROOT, "%.2f %% of %d images", 100 * outcome.error(), outcome.last().cases()));
        facts.put("data", DrawnData.description());
        facts.put("training", String.format(Locale.ROOT, "%d images in %.0f s, tests included: %.0f images/s", images, seconds, imagesPerSecond()));
        facts.put("seed", Long.toString(seed));
        facts.put("device", device);
        facts.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + System.getProperty("os.arch"));
        return facts;
    }
}
