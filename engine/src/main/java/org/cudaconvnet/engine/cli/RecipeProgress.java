package org.cudaconvnet.engine.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.recipe.Recipe;
import org.cudaconvnet.engine.train.Magnitude;
import org.cudaconvnet.engine.train.TrainingListener;

/**
 * Shows how far a recipe's run is, on standard error: a bar over all images on a terminal, else a line per test, and one a minute where
 * tests are hours apart.
 */
public final class RecipeProgress implements TrainingListener, AutoCloseable {
    private static final double LONGEST_SILENCE_SECONDS = 60;

    private final Recipe recipe;
    private final long start = System.nanoTime();
    private final ProgressBar bar;
    private long imagesDone;
    private int casesOfBatch;
    private double lastShown;

    /** @param epochsDone epochs of an earlier run that this one continues */
    public RecipeProgress(String name, Recipe recipe, int epochsDone) {
        this.recipe = recipe;
        bar = !Terminal.isInteractive() ? null
                : new ProgressBarBuilder().setTaskName(name).setInitialMax(-1).setStyle(ProgressBarStyle.ASCII).setUnit(" images", 1)
                        .showSpeed().setUpdateIntervalMillis(250).build();
        if (bar == null && epochsDone > 0) {
            System.err.printf("%s: going on after epoch %d%n", name, epochsDone);
        }
    }

    @Override
    public void batchStarted(int epoch, int batchNumber, int cases, int batchesLeft) {
        casesOfBatch = 0;
        if (bar != null) {
            bar.maxHint(imagesDone + (long) (batchesLeft + recipe.batchesAfterPhaseOf(epoch)) * cases);
        }
    }

    @Override
    public void casesDone(int cases) {
        imagesDone += cases - casesOfBatch;
        casesOfBatch = cases;
        if (bar != null) {
            bar.stepTo(imagesDone);
        }
    }

    @Override
    public void batchDone(int epoch, int batchNumber, Cost perCase, double seconds) {
        if (secondsSinceStart() - lastShown > LONGEST_SILENCE_SECONDS) {
            double error = perCase.sums().values().iterator().next()[1];
            show(String.format(Locale.ROOT, "epoch %d of %d, batch %d: training error %.2f %%", epoch, recipe.lastEpoch(), batchNumber,
                    100 * error));
        }
    }

    @Override
    public void tested(int epoch, int batchNumber, Cost perCase, List<Magnitude> magnitudes, Path checkpoint) {
        double error = perCase.sums().values().iterator().next()[1];
        show(String.format(Locale.ROOT, "epoch %d of %d: test error %.2f %%", epoch, recipe.lastEpoch(), 100 * error));
    }

    /** Only the test at the very end: with several views of every image it may take hours. */
    @Override
    public void testBatchDone(int batchNumber, Cost sums) {
        show("last test: batch " + batchNumber + " done");
    }

    private void show(String text) {
        if (bar != null) {
            bar.setExtraMessage(" " + text);
        } else {
            System.err.printf(Locale.ROOT, "%s, %.0f s%n", text, secondsSinceStart());
        }
        lastShown = secondsSinceStart();
    }

    private double secondsSinceStart() {
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
